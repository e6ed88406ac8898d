# Rollouts: the plan, the run, its way back; what a second session says to it; being stopped.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    . $PSScriptRoot/Waiting.ps1
    Import-Module $Manifest -Force
    $script:stood = Get-Location
    $book = "$Runbooks/rollout.yaml"

    function Approve-Full { $null = Approve-Release $book -Subject deploy:full -Role lead }

    # Starts the rollout in a pwsh of its own; its working folder is the test's.
    function Start-Rollout([string] $With = '') {
        $start = [Diagnostics.ProcessStartInfo]::new('env')
        $start.WorkingDirectory = $PWD.Path
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        '--default-signal=INT,TERM,HUP', 'pwsh', '-NoProfile', '-Command', "Import-Module '$Manifest'; (Invoke-CanaryRollout '$book' $With).Summary" |
            ForEach-Object { $start.ArgumentList.Add($_) }
        [Diagnostics.Process]::Start($start)
    }

    function Test-Ledger([string] $Type) {
        [bool] (Get-ChildItem evidence -Recurse -Filter ledger.jsonl -ErrorAction Ignore | Select-String -SimpleMatch """type"":""$Type""")
    }
}

AfterAll {
    Set-Location $stood
    Remove-Module ReleaseOps
}

Describe 'Invoke-CanaryRollout' -Skip:(-not $IsLinux) {
    BeforeEach {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
    }

    It 'shows stages, approvals, triggers and the way back with -WhatIf or -DryRun, and writes nothing' {
        foreach ($switch in @{ WhatIf = $true }, @{ DryRun = $true }) {
            $shown = Invoke-CanaryRollout $book @switch 6>&1 | Out-String
            $shown | Should -Match '(?s)deploy:canary \.\.\. DRY-RUN 10 % of the traffic.*approved first by lead.*broken: step whole.*-> rollback.*rollback \(within 1m\)'
            $shown.Trim() | Should -Match 'Canary rollout result: DRY-RUN$'
        }
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'goes through its stages and says Proceed' {
        Approve-Full
        $looks = @()
        $result = Invoke-CanaryRollout $book -Verbose 4>&1 | ForEach-Object {
            if ($_ -is [System.Management.Automation.VerboseRecord]) { $looks += "$_" } else { $_ }
        }
        # A look that saw nothing new is no line.
        $looks -match 'watching$' | Should -Be ($looks -match 'watching$' | Select-Object -Unique)
        $result.Decision | Should -Be 'Proceed'
        $result.Stages.Stage | Should -Be 'canary', 'full'
        $result.Stages.Count | Should -Be 2
        $result.Weight | Should -Be 100
        $result.Attestations[0].Role | Should -Be 'lead'
        Get-Content moved | Should -Be '10', '100'
        "$($result.Folder)/result.json" | Should -Exist
        ($result | Export-ReleaseEvidence ./out).Name | Should -Be 'result.json', 'report.md', 'junit.xml'
    }

    It 'shows no text from outside as a command to a CI system, however it is folded' {
        @'
runbook: hostile
title: 'Title ::error::t ##vso[task.setvariable]t'
product: thing
phases:
  - phase: deploy
    rollout:
      hold: { limit: 50ms, then: stop }
      stages:
        - name: s
          weight: 10
          watch: 50ms
          steps: [{ id: says, command: [printf, '::error::a ##vso[task.complete result=Succeeded]'], changes: nothing, expect: output == "x" }]
  - phase: own
    steps: [{ id: too, command: [printf, '::error::a ##vso[task.complete result=Succeeded]'], expect: output == "x" }]
'@ | Set-Content hostile.yaml
        $rollout = Invoke-CanaryRollout ./hostile.yaml
        $checklist = Invoke-GoLiveChecklist ./hostile.yaml -Phase own
        $rollout.Findings.Text -match '##vso' | Should -Not -BeNullOrEmpty
        $checklist.Findings.Text -match '##vso' | Should -Not -BeNullOrEmpty
        $shown = foreach ($width in 40, 80, 140) {
            $rollout, $rollout.Stages, $rollout.Findings, $checklist, $checklist.Steps, (Get-ReleaseRunbook ./hostile.yaml) |
                ForEach-Object { $_ | Out-String -Width $width }
        }
        ($shown -join "`n") -match '##(vso|\[)' | Should -BeFalse
        ($shown -join "`n") -split '\r?\n' -match '^\s*::' | Should -BeNullOrEmpty
    }

    It 'goes back when a trigger fires, and that is no error' {
        New-Item broken
        Approve-Full
        $Error.Clear()
        $result = Invoke-CanaryRollout $book
        $Error | Should -BeNullOrEmpty
        $result.Decision | Should -Be 'Rollback'
        $result.Rollback.Trigger | Should -Be 'broken'
        $result.Rollback.Verdict | Should -Be 'Passed'
        (Get-Content moved)[-1] | Should -Be '0'
        $text = $result | Out-String
        $text | Should -Match 'Rollback  canary, 10 %: trigger broken'
        $text | Should -Match 'the way back took (\d+ ms|\d+\.\d s) of 1m, and is Passed'
        ($result.Stages | Out-String).Trim() | Should -Match '^Stage +Weight +Decision +Elapsed +Reason'
    }

    It 'asks once with -Confirm, and does nothing after a no' {
        . $PSScriptRoot/AnsweringHost.ps1
        $no = Invoke-WithAnswers -Answers 2 -Script "Import-Module '$Manifest'; Set-Location '$PWD'; Invoke-CanaryRollout '$book' -Confirm"
        @($no.Questions -split "`n" | Where-Object { $_ -match 'canary.*full' }).Count | Should -Be 1
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'refuses a phase that is no rollout' {
        { Invoke-CanaryRollout $book -Phase look -ErrorAction Stop } |
            Should -Throw -ErrorId 'UnknownPhase,ReleaseOps.PowerShell.InvokeCanaryRolloutCommand'
    }

    It 'shows its stage and what is left as progress' {
        Approve-Full
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; Set-Location '$PWD'; Invoke-CanaryRollout '$book'").Invoke()
        $shell.Streams.Progress.StatusDescription -join "`n" | Should -Match 'stage 1 of 2: canary, 10 %'
    }

    It 'ends within seconds of Stop and leaves a ledger that can be resumed' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; Set-Location '$PWD'; Invoke-CanaryRollout '$book'")
        $pending = $shell.BeginInvoke()
        Wait-Until { Test-Ledger 'stage.decided' }

        $clock = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 3
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'

        Approve-Full
        { Invoke-CanaryRollout $book -ErrorAction Stop } | Should -Throw -ErrorId 'RunUnfinished,ReleaseOps.PowerShell.InvokeCanaryRolloutCommand'
        (Invoke-CanaryRollout $book -Resume).Decision | Should -Be 'Proceed'
        Get-Content moved | Should -Be '10', '100'
    }

    It 'ends on SIGINT and can be given up' {
        $process = Start-Rollout
        Wait-Until { Test-Ledger 'stage.decided' }
        kill -INT $process.Id
        $process.WaitForExit(10000) | Should -BeTrue
        Wait-Until { Test-Ledger 'run.interrupted' }
        Invoke-CanaryRollout $book -Abandon | Should -BeNullOrEmpty
        { Invoke-CanaryRollout $book -Resume -ErrorAction Stop } | Should -Throw -ErrorId 'RunNotFound,ReleaseOps.PowerShell.InvokeCanaryRolloutCommand'
    }
}

Describe 'What a second session says' -Skip:(-not $IsLinux) {
    BeforeEach {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
    }

    It 'aborts a rollout in another pwsh' {
        $process = Start-Rollout
        Wait-Until { Test-Ledger 'stage.decided' }
        Set-CanaryRollout $book -Signal Abort -Reason 'orders fail' | Should -BeNullOrEmpty
        $process.WaitForExit(20000) | Should -BeTrue
        $process.StandardOutput.ReadToEnd() | Should -Match 'ROLLBACK \(.* aborted it: orders fail\)'
        Get-Content moved | Should -Be '10', '0'
    }

    It 'approves a stage that a rollout in another runspace waits for' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; Set-Location '$PWD'; Invoke-CanaryRollout '$book'")
        $pending = $shell.BeginInvoke()
        Wait-Until { Test-Ledger 'stage.decided' }
        $given = Approve-Release $book -Subject deploy:full -Role lead
        $given.Given | Should -BeTrue
        $shell.EndInvoke($pending).Decision | Should -Be 'Proceed'
    }

    It 'promotes a rollout that holds' {
        New-Item wait
        $process = Start-Rollout
        Wait-Until { Test-Ledger 'rollout.held' }
        Set-CanaryRollout $book Promote -Reason 'seen by eye'
        Wait-Until { Test-Ledger 'stage.decided' }
        Approve-Full
        $process.WaitForExit(20000) | Should -BeTrue
        $process.StandardOutput.ReadToEnd() | Should -Match 'PROCEED'
    }

    It 'is an error where no rollout runs, and nothing with -WhatIf' {
        { Set-CanaryRollout $book -Signal Pause -ErrorAction Stop } |
            Should -Throw -ErrorId 'NoRolloutRunning,ReleaseOps.PowerShell.SetCanaryRolloutCommand'
        Set-CanaryRollout $book -Signal Pause -WhatIf
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }
}

Describe 'Approve-Release and Get-ReleaseDecision' -Skip:(-not $IsLinux) {
    BeforeEach {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
    }

    It 'counts votes, and those of another plan are void' {
        (Get-ReleaseDecision $book).Decision | Should -Be 'Hold'
        $vote = Approve-Release $book -Poll release -Role ops -Vote Go -Comment 'three on call'
        $vote.Choice | Should -Be 'Go'
        Invoke-Shell "Import-Module '$Manifest'; `$null = Approve-Release '$book' -Role lead -Vote Go"
        (Get-ReleaseDecision $book).Decision | Should -Be 'Go'
        (Get-ReleaseDecision $book -Parameter @{ version = '2.0.0' }).Decision | Should -Be 'Hold'
        $null = Approve-Release $book -Role lead -Vote NoGo
        $report = Get-ReleaseDecision $book
        $report.Decision | Should -Be 'NoGo'
        $report | Out-String | Should -Match 'rollout, Demo 1\.0\.0: NoGo'
    }

    It 'advises by the decision tree, with the answers of people' {
        $report = Get-ReleaseDecision $book
        $report.Advice.Asks | Should -Be 'Is data being lost?'
        (Get-ReleaseDecision $book -Answer @{ 'Is data being lost?' = $true }).Advice.Advice | Should -Be 'Rollback'
        (Get-ReleaseDecision $book -Answer @{ 'Is data being lost?' = $false }).Advice.Advice | Should -Be 'Monitor'
    }

    It 'refuses a role that may not, and writes nothing with -WhatIf' {
        { Approve-Release $book -Role nobody -Vote Go -ErrorAction Stop } | Should -Throw -ErrorId 'RoleMayNot,ReleaseOps.PowerShell.ApproveReleaseCommand'
        { Approve-Release $book -Subject nix -Role lead -ErrorAction Stop } | Should -Throw -ErrorId 'UnknownStep,ReleaseOps.PowerShell.ApproveReleaseCommand'
        Approve-Release $book -Role ops -Vote Go -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'completes polls, subjects and roles' {
        function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
        Complete "Approve-Release '$book' -Poll " | Should -Be 'release'
        Complete "Approve-Release '$book' -Subject " | Should -Be 'deploy:full'
        Complete "Approve-Release '$book' -Subject deploy:full -Role " | Should -Be 'lead'
        Complete "Approve-Release '$book' -Poll release -Vote Go -Role " | Should -Be 'ops', 'lead'
        Complete "Invoke-CanaryRollout '$book' -Phase de" | Should -Be 'deploy'
    }
}

Describe 'Invoke-ReleaseRollback' -Skip:(-not $IsLinux) {
    BeforeEach {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
    }

    It 'shows its plan with -WhatIf, rehearses, and goes back' {
        $plan = Invoke-ReleaseRollback $book -WhatIf 6> $null
        $plan.DryRun | Should -BeTrue
        $plan | Out-String | Should -Match "$($plan.Plan.Rollback.Count) steps planned for the way back"
        Get-ChildItem -Force | Should -BeNullOrEmpty
        (Invoke-ReleaseRollback $book -Rehearse).Verdict | Should -Be 'Passed', 'Passed'
        'moved' | Should -Not -Exist
        $back = Invoke-ReleaseRollback $book -Reason 'orders fail'
        $back.Rollback.Verdict | Should -Be 'Passed'
        $back.Summary | Should -Be 'Rollback result: ROLLBACK (orders fail)'
        Get-Content moved | Should -Be '0'
    }

    It 'wants a reason' {
        { Invoke-ReleaseRollback $book -ErrorAction Stop } | Should -Throw -ErrorId 'Usage,ReleaseOps.PowerShell.InvokeReleaseRollbackCommand'
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }
}
