# Hotfix readiness at the prompt, over a real git repository: a plan, a judgement, people's words, and what completes.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    . $PSScriptRoot/Waiting.ps1
    Import-Module $Manifest -Force
    $script:stood = Get-Location
    $script:book = "$Runbooks/hotfix.yaml"
    $script:values = @{ previous = '1.3.0' }
    $script:answers = @{ unavailable = $false }

    function Invoke-Git { git -c user.name=t -c user.email=t@localhost @args; if ($LASTEXITCODE) { throw "git $args" } }

    # A product that is live on main, and a hotfix of it that is checked out.
    function New-Hotfix([string] $Branch = 'hotfix/SHOP-7-stock-total', [string] $App = "frozen`nfree again`n", [string] $Stock = '{}') {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
        Invoke-Git init -q -b main
        Set-Content app.txt "frozen`nfree`n" -NoNewline
        $api = "openapi: 3.1.0`ninfo: { title: Shop, version: '1' }`npaths:`n  /stock:`n    get: { responses: { '200': { description: ok } } }`n"
        Set-Content openapi.yaml $api -NoNewline
        Invoke-Git add .
        Invoke-Git commit -qm live
        Invoke-Git checkout -q -b $Branch
        Set-Content app.txt $App -NoNewline
        if ($Stock -ne '{}') { Set-Content openapi.yaml ($api -replace '/stock', $Stock) -NoNewline }
        Invoke-Git commit -qam mend
    }
}

AfterAll {
    Set-Location $stood
    Remove-Module ReleaseOps
}

Describe 'Test-HotfixReadiness' -Skip:(-not $IsLinux) {
    It 'shows the whole plan with -WhatIf, and starts nothing' {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
        $shown = Test-HotfixReadiness $book -WhatIf 6>&1
        $plan = $shown[-1]
        $plan.DryRun | Should -BeTrue
        $plan.Decision | Should -BeNullOrEmpty
        $plan.Plan.Steps.Id | Should -Be 'smoke', 'scope:impact', 'scope:values'
        $shown -join "`n" | Should -Match 'frozen: Frozen lines stay'
        $plan | Out-String | Should -Match '3 checks that a hotfix may need, nothing was started'
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'takes runbooks from the pipeline, as they were read and as files' {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
        (Get-ReleaseRunbook aris3-hotfix | Test-HotfixReadiness -WhatIf 6> $null).Runbook | Should -Be 'aris3-hotfix'
        (Get-Item $book | Test-HotfixReadiness -WhatIf 6> $null).Runbook | Should -Be 'shop-hotfix'
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'is HOLD while people have not spoken, and says what they type' {
        New-Hotfix
        $Error.Clear()
        $result = Test-HotfixReadiness $book -Parameter $values -Class defect -Severity P1 -Eta 30m -Answer $answers
        $Error | Should -BeNullOrEmpty
        $result.GetType().Name | Should -Be 'HotfixResult'
        $result.Ready | Should -BeFalse
        $result.Decision | Should -Be 'Hold'
        $result.Way | Should -Be 'PatchForward'
        $result.Change.Ticket | Should -Be 'SHOP-7'
        $result.Contract.Decision | Should -Be 'Go'
        $result.Steps.Verdict | Should -Be 'Passed', 'Inconclusive', 'Skipped'
        "$($result.Folder)/result.json" | Should -Exist
        $text = $result | Out-String -Width 140
        $text | Should -Match 'Answer: Approve-Release shop-hotfix -Hotfix -Role ops -Step scope:impact'
        $text | Should -Match 'on hotfix/SHOP-7-stock-total: 1 file, \+1 -1 against'
        $text | Should -Match 'Way: patch-forward'
        $text | Should -Match 'Hotfix readiness: HOLD \(3 open\)'
    }

    It 'counts what people said of this commit, and of no other' {
        New-Hotfix
        $said = Approve-Release $book -Hotfix -Role ops -Step scope:impact
        $said.Commit | Should -Be (git rev-parse HEAD)
        $said.Given | Should -BeTrue
        $said | Out-String -Width 80 | Should -Match 'scope:impact +ops +True'
        (Approve-Release $book -Hotfix -Role ops).Step | Should -BeNullOrEmpty
        $given = @{ Parameter = $values; Class = 'defect'; Severity = 'P1'; Eta = '30m'; Answer = $answers }
        $result = Test-HotfixReadiness $book @given
        $result.Steps[1].Verdict | Should -Be 'Passed'
        @($result.Approvals.Findings | Where-Object Verdict -EQ Passed).Count | Should -Be 1

        Invoke-Git commit -q --allow-empty -m 'one more'
        $again = Test-HotfixReadiness $book @given
        $again.Steps[1].Verdict | Should -Be 'Inconclusive'
        @($again.Approvals.Findings | Where-Object Verdict -EQ Passed).Count | Should -Be 0
    }

    It 'says what is wrong with file and line, and that is no error' {
        New-Hotfix -App "free`n" -Branch 'fix/SHOP-7-stock'
        $Error.Clear()
        $result = Test-HotfixReadiness $book -Parameter $values -Class configuration -Severity P1 -Eta 2h -Answer @{ unavailable = $true }
        $Error | Should -BeNullOrEmpty
        $result.Decision | Should -Be 'NoGo'
        $result.Way | Should -Be 'RollbackFirst'
        ($result.Eligibility | Where-Object Subject -EQ frozen).Source | Should -Be 'app.txt:1'
        ($result.Naming | Where-Object Verdict -EQ Failed).Text | Should -Match "name it 'hotfix/SHOP-7-"
        ($result.Findings | Where-Object Verdict -EQ Failed).Subject | Should -Contain 'class'
        $result.Summary | Should -Match 'NOT READY \(5 blocker\(s\)\)'
    }

    It 'refuses what breaks the API' {
        New-Hotfix -Stock '/goods'
        $result = Test-HotfixReadiness $book -Parameter $values -Class defect -Severity P1 -Eta 30m -Answer $answers
        $result.Decision | Should -Be 'NoGo'
        $result.Contract.Decision | Should -Be 'NoGo'
        $result.Contract.Changes.Id | Should -Contain 'api-path-removed-without-deprecation'
    }

    It 'shows no text from outside as a command to a CI system, however it is folded' {
        New-Hotfix
        $result = Test-HotfixReadiness $book -Parameter $values -Class defect
        $result.Status | Should -Match '::error::'
        $shown = foreach ($width in 20, 40, 80, 140) { $result | Out-String -Width $width }
        ($shown -join "`n") -split '\r?\n' -match '^\s*::' | Should -BeNullOrEmpty
    }

    It 'asks whoever is here what nobody has said' {
        . $PSScriptRoot/AnsweringHost.ps1
        New-Hotfix
        $asked = Invoke-WithAnswers -Answers 0 -Script "
            Import-Module '$Manifest'; Set-Location '$PWD'
            Test-HotfixReadiness '$book' -Parameter @{ previous = '1.3.0' } -Class defect -Severity P1 -Eta 30m"
        $asked.Questions | Should -Match 'The customer impact is clear'
        $asked.Questions | Should -Match 'Is a critical path still unavailable'
        $asked.Output.Steps[1].Verdict | Should -Be 'Passed'
        $asked.Output.Way | Should -Be 'RollbackFirst'
    }

    It 'asks once with -Confirm, and does nothing after a no' {
        . $PSScriptRoot/AnsweringHost.ps1
        New-Hotfix
        $no = Invoke-WithAnswers -Answers 2 -Script "
            Import-Module '$Manifest'; Set-Location '$PWD'; Test-HotfixReadiness '$book' -Parameter @{ previous = '1.3.0' } -Class defect -Confirm"
        $no.Questions | Should -Match 'run the checks of the hotfix'
        $no.Output | Should -BeNullOrEmpty
        'evidence' | Should -Not -Exist
    }

    It 'has an error id for what can not go on' {
        New-Hotfix
        $cmdlet = 'ReleaseOps.PowerShell.TestHotfixReadinessCommand'
        { Test-HotfixReadiness $book -ErrorAction Stop } | Should -Throw -ErrorId "MissingParameter,$cmdlet"
        { Test-HotfixReadiness "$Runbooks/quick.yaml" -ErrorAction Stop } | Should -Throw -ErrorId "NothingToRun,$cmdlet"
        { Test-HotfixReadiness $book -Parameter $values -Base nix -ErrorAction Stop } | Should -Throw -ErrorId "GitFailed,$cmdlet"
        { Test-HotfixReadiness $book -Parameter $values -Class nix } | Should -Throw -ErrorId "Usage,$cmdlet"
        { Test-HotfixReadiness $book -Parameter $values -Answer @{ unavailable = $null } } | Should -Throw -ErrorId "Usage,$cmdlet"
        { Approve-Release $book -Hotfix -Role nobody -ErrorAction Stop } | Should -Throw -ErrorId 'RoleMayNot,ReleaseOps.PowerShell.ApproveReleaseCommand'
        { Approve-Release $book -Hotfix -Role ops -Step smoke -ErrorAction Stop } | Should -Throw -ErrorId 'UnknownStep,ReleaseOps.PowerShell.ApproveReleaseCommand'
        'evidence' | Should -Not -Exist
        Approve-Release $book -Hotfix -Role ops -WhatIf | Should -BeNullOrEmpty
        'evidence' | Should -Not -Exist
    }

    It 'ends within seconds of Stop, with its processes, and leaves a ledger that can be written' {
        New-Hotfix
        (Get-Content -Raw $book) -replace 'command: \[test, -f, app.txt\]', 'command: [sleep, "3600.75"]' | Set-Content "$TestDrive/slow.yaml"
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; Set-Location '$PWD'; Test-HotfixReadiness '$TestDrive/slow.yaml' -Parameter @{ previous = '1' } -Class defect")
        $pending = $shell.BeginInvoke()
        function Get-Sleeper {
            Get-ChildItem /proc -Directory | Where-Object Name -Match '^\d+$' | Where-Object {
                ((Get-Content -Raw "$_/cmdline" -ErrorAction Ignore) -split "`0" -join ' ').Trim() -eq 'sleep 3600.75' -and
                (Get-Item "$_/cwd" -ErrorAction Ignore).Target -eq $PWD.Path
            }
        }
        Wait-Until { Get-Sleeper }
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 3
        Get-Sleeper | Should -BeNullOrEmpty
        (Test-HotfixReadiness $book -Parameter $values -Class defect).Decision | Should -Be 'Hold'
    }

    It 'completes classes, severities, answers, and who confirms what' {
        function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
        Complete "Test-HotfixReadiness '$book' -Class " | Should -Be 'defect', 'configuration'
        Complete "Test-HotfixReadiness '$book' -Severity " | Should -Be 'P1', 'P2'
        Complete "Test-HotfixReadiness '$book' -Answer " | Should -Be '@{ ''unavailable'' = $null }'
        Complete "Approve-Release '$book' -Hotfix -Step " | Should -Be 'scope:impact', 'scope:values'
        Complete "Approve-Release '$book' -Hotfix -Role qa -Step " | Should -Be 'scope:values'
        Complete "Approve-Release '$book' -Hotfix -Role " | Should -Be 'ops', 'qa'
        Complete "Approve-Release '$book' -Hotfix -Step scope:values -Role " | Should -Be 'qa'
    }
}
