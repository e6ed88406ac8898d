# Checklists: the plan, the run, the result, its way through the pipeline.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    Import-Module $Manifest -Force
    $script:stood = Get-Location
    $quick = "$Runbooks/quick.yaml"
    $hello = @{ greeting = 'hello' }
}

AfterAll {
    Set-Location $stood
    Remove-Module ReleaseOps
}

Describe 'Invoke-GoLiveChecklist' {
    BeforeEach {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
    }

    Context 'with -WhatIf' {
        It 'shows every step in order with its command, and starts nothing' {
            $shown = Invoke-GoLiveChecklist $quick -WhatIf 6>&1 | Out-String
            $shown | Should -Match '(?s)hello \.\.\. DRY-RUN echo .?<greeting>.*always \.\.\. DRY-RUN true.*write \.\.\. DRY-RUN touch written'
            $shown | Should -Match 'changes a file'
            $shown.Trim() | Should -Match 'Go-live checklist result: DRY-RUN$'
            Get-ChildItem -Force | Should -BeNullOrEmpty
        }

        It 'names the parameters that a real run still needs' {
            $planned = Invoke-GoLiveChecklist $quick -WhatIf 6> $null
            $planned.Plan.Missing | Should -Be 'greeting'
            $planned.Verdict | Should -Be 'Planned'
            $planned.Plan.Steps.Id | Should -Be 'hello', 'always', 'write'
        }

        It 'heeds the preference variable, and -WhatIf:$false over it' {
            $WhatIfPreference = $true
            (Invoke-GoLiveChecklist $quick 6> $null).DryRun | Should -BeTrue
            (Invoke-GoLiveChecklist $quick -Parameter $hello -WhatIf:$false).DryRun | Should -BeFalse
        }

        It 'never cuts a command, however narrow the window' {
            $long = 'x' * 500
            $narrow = Invoke-Shell "
                Import-Module '$Manifest'; Invoke-GoLiveChecklist '$quick' -Parameter @{ greeting = '$long' } -WhatIf"
            $narrow -join "`n" | Should -Match "echo $long"
        }

        It 'shows the day on one page with clock times, and takes them for a plan only' {
            $page = Invoke-GoLiveChecklist tars-ga-day -WhatIf -Timeline -T0 2026-12-01T10:00Z -Zone Europe/Berlin 6>&1 | Out-String
            $page | Should -Match 'Tue 1 Dec  09:00 10:00   T-60m  30m   Final preparation'
            $plan = Invoke-GoLiveChecklist tars-ga-day -WhatIf -T0 2026-12-01T10:00Z 6>&1 | Out-String
            $plan | Should -Match 'preparation \(T-60m, 2026-12-01 09:00 UTC, '
            { Invoke-GoLiveChecklist $quick -Timeline -ErrorAction Stop } | Should -Throw -ErrorId 'Usage,*'
            { Invoke-GoLiveChecklist $quick -WhatIf -T0 2026-12-01T10:00Z -Zone Mars -ErrorAction Stop } | Should -Throw -ErrorId 'BadValue,*'
        }

        It 'plans the built-in runbooks without any parameter' {
            foreach ($runbook in Get-ReleaseRunbook | Where-Object { $_.Phases.Count }) {
                $planned = $runbook | Invoke-GoLiveChecklist -WhatIf 6> $null
                $planned.Plan.Steps.Count | Should -BeGreaterThan 0 -Because $runbook.Name
            }
        }
    }

    Context 'with a real run' {
        It 'runs the steps in the current location and says Go' {
            $result = Invoke-GoLiveChecklist $quick -Parameter $hello
            $result.Decision | Should -Be 'Go'
            $result.Verdict | Should -Be 'Passed'
            $result.Steps.Verdict | Should -Be 'Passed', 'Passed', 'Passed'
            "$PWD/written" | Should -Exist
        }

        It 'says NoGo, stops at the failure, and that is no error' {
            $Error.Clear()
            $result = Invoke-GoLiveChecklist $quick -Parameter @{ greeting = 'bye' }
            $Error | Should -BeNullOrEmpty
            $result.Decision | Should -Be 'NoGo'
            $result.Summary | Should -Be 'Go-live checklist result: FAIL (1 blocker(s))'
            $result.Findings[0].Text | Should -Match 'bye'
            "$PWD/written" | Should -Not -Exist
        }

        It 'has lists that can be counted and indexed' {
            $result = Invoke-GoLiveChecklist $quick -Parameter @{ greeting = 'bye' }
            $result.Findings.Count | Should -Be 4
            $result.Findings[-1].Verdict | Should -Be 'Passed'
            $result.Steps[0].Findings.Count | Should -Be 2
            $result.Plan.Steps[2].Id | Should -Be 'write'
            $result.Plan.Rollback.Count | Should -Be 0
            $result.Plan.Runbook.Phases[1].Steps[0].Id | Should -Be 'write'
        }

        It 'writes one object and nothing else to the pipeline, whatever it shows' {
            $all = Invoke-GoLiveChecklist $quick -Parameter $hello -Verbose -InformationAction Continue 4> $null 6> $null
            @($all).Count | Should -Be 1
        }

        It 'shows a line for each finished step where that is asked for' {
            $lines = Invoke-GoLiveChecklist $quick -Parameter $hello 6>&1 | Where-Object { $_ -is [Management.Automation.InformationRecord] }
            ($lines | Where-Object { $_.Tags -contains 'ReleaseOps' }).Count | Should -BeGreaterOrEqual 3
        }

        It 'runs only the phases and steps that are named' {
            (Invoke-GoLiveChecklist $quick -Parameter $hello -Phase look).Steps.Id | Should -Be 'hello', 'always'
            (Invoke-GoLiveChecklist $quick -Parameter $hello -Step always).Steps.Id | Should -Be 'always'
        }

        It 'looks on after a failure with -KeepGoing, and changes nothing more' {
            $result = Invoke-GoLiveChecklist $quick -Parameter @{ greeting = 'bye' } -KeepGoing
            $result.Steps.Verdict | Should -Be 'Failed', 'Passed', 'Skipped'
        }

        It 'puts its ledger and evidence where it is told' {
            $result = Invoke-GoLiveChecklist $quick -Parameter $hello -EvidencePath ./proof -Folder (New-Item -ItemType Directory elsewhere)
            $result.Folder | Should -BeLike "$PWD/proof/*"
            "$($result.Folder)/result.json" | Should -Exist
            "$PWD/elsewhere/written" | Should -Exist
        }

        It 'refuses to start without its parameters' {
            { Invoke-GoLiveChecklist $quick -ErrorAction Stop } |
                Should -Throw -ErrorId 'MissingParameter,ReleaseOps.PowerShell.InvokeGoLiveChecklistCommand'
            Get-ChildItem -Force | Should -BeNullOrEmpty
        }

        It 'names an unknown parameter, phase or step' {
            { Invoke-GoLiveChecklist $quick -Parameter @{ x = 1 } -ErrorAction Stop } |
                Should -Throw -ErrorId 'UnknownParameter,ReleaseOps.PowerShell.InvokeGoLiveChecklistCommand'
            { Invoke-GoLiveChecklist $quick -Phase x -ErrorAction Stop } |
                Should -Throw -ErrorId 'UnknownPhase,ReleaseOps.PowerShell.InvokeGoLiveChecklistCommand'
            { Invoke-GoLiveChecklist $quick -Step x -ErrorAction Stop } |
                Should -Throw -ErrorId 'UnknownStep,ReleaseOps.PowerShell.InvokeGoLiveChecklistCommand'
        }

        It 'takes numbers, truths and durations as parameters, the same in every culture' {
            $culture = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = 'de-DE'
                $planned = Invoke-GoLiveChecklist "$Runbooks/typed.yaml" -WhatIf 6> $null -Parameter @{
                    number = 1.5; whole = 3; truth = $true; wait = [timespan]::FromMinutes(90)
                }
                $planned.Plan.Steps[0].Does | Should -Match '1\.5.*3.*true.*1h30m'
            }
            finally {
                [cultureinfo]::CurrentCulture = $culture
            }
        }

        It 'refuses a parameter that is no plain value' {
            { Invoke-GoLiveChecklist $quick -Parameter @{ greeting = @{ a = 1 } } -ErrorAction Stop } |
                Should -Throw -ErrorId 'ParameterType,ReleaseOps.PowerShell.InvokeGoLiveChecklistCommand'
            { Invoke-GoLiveChecklist $quick -Parameter @{ greeting = $null } -ErrorAction Stop } |
                Should -Throw -ErrorId 'ParameterType,ReleaseOps.PowerShell.InvokeGoLiveChecklistCommand'
        }
    }

    Context 'in the pipeline' {
        It 'takes a runbook by value' {
            (Get-ReleaseRunbook $quick | Invoke-GoLiveChecklist -WhatIf 6> $null).Runbook | Should -Be 'quick'
        }

        It 'takes names and paths by property name' {
            $env:RELEASEOPS_RUNBOOKS = $Runbooks
            try {
                ([pscustomobject]@{ Name = 'quick' } | Invoke-GoLiveChecklist -WhatIf 6> $null).Runbook | Should -Be 'quick'
                ([pscustomobject]@{ Path = $quick } | Invoke-GoLiveChecklist -WhatIf 6> $null).Runbook | Should -Be 'quick'
                (Get-Item $quick | Invoke-GoLiveChecklist -WhatIf 6> $null).Runbook | Should -Be 'quick'
            }
            finally {
                $env:RELEASEOPS_RUNBOOKS = $null
            }
        }

        It 'goes on with the next runbook after an error' {
            $results = "$Runbooks/nix.yaml", $quick | ForEach-Object { [pscustomobject]@{ Path = $_ } } |
                Invoke-GoLiveChecklist -WhatIf 6> $null -ErrorAction SilentlyContinue -ErrorVariable missing
            $results.Runbook | Should -Be 'quick'
            $missing[0].FullyQualifiedErrorId | Should -Be 'RunbookNotFound,ReleaseOps.PowerShell.InvokeGoLiveChecklistCommand'
        }

        It 'can be filtered by verdict, exported as CSV and turned into JSON' {
            $result = Invoke-GoLiveChecklist $quick -Parameter @{ greeting = 'bye' } -KeepGoing
            $result | Where-Object Verdict -EQ Failed | Should -Not -BeNullOrEmpty
            $result | Where-Object Verdict -EQ Passed | Should -BeNullOrEmpty
            $result.Findings | Where-Object Verdict -EQ Failed | Export-Csv ./blockers.csv
            $row = Import-Csv ./blockers.csv
            $row.Subject | Should -Be 'hello'
            $row.Verdict | Should -Be 'Failed'
            $json = $result.Findings | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json
            $json[0].Verdict | Should -Be 'Failed'
            ($result | Select-Object Runbook, Verdict, Decision, Summary | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json).Decision | Should -Be 'NoGo'
        }
    }

    Context 'with a person at the host' {
        BeforeAll {
            . $PSScriptRoot/AnsweringHost.ps1
            $confirm = "$Runbooks/confirm.yaml"
        }

        It 'asks the person and records the answer' {
            $asked = Invoke-WithAnswers -Answers 0 -Script "Import-Module '$Manifest'; Invoke-GoLiveChecklist '$confirm' -EvidencePath '$PWD/e'"
            $asked.Output.Decision | Should -Be 'Go'
            $asked.Questions | Should -Match 'staging looks right'
        }

        It 'takes a no as Failed and no answer as Inconclusive' {
            (Invoke-WithAnswers -Answers 1 -Script "Import-Module '$Manifest'; Invoke-GoLiveChecklist '$confirm' -EvidencePath '$PWD/e'").Output.Decision | Should -Be 'NoGo'
            (Invoke-WithAnswers -Answers 2 -Script "Import-Module '$Manifest'; Invoke-GoLiveChecklist '$confirm' -EvidencePath '$PWD/e'").Output.Decision | Should -Be 'Hold'
        }

        It 'asks before each change with -Confirm, and skips what gets a no' {
            $script = "Import-Module '$Manifest'; Set-Location '$PWD'; Invoke-GoLiveChecklist '$quick' -Parameter @{ greeting = 'hello' } -Confirm"
            $yes = Invoke-WithAnswers -Answers 0 -Script $script
            $yes.Output.Decision | Should -Be 'Go'
            $yes.Questions | Should -Match 'touch written'
            $yes.Questions | Should -Match 'a file'
            Remove-Item written
            # Yes, Yes to All, No, No to All, Suspend: PowerShell's own choices.
            $no = Invoke-WithAnswers -Answers 2 -Script $script
            $no.Output.Decision | Should -Be 'Hold'
            $no.Output.Steps[-1].Verdict | Should -Be 'Skipped'
            'written' | Should -Not -Exist
        }

        It 'is Inconclusive where nobody can be asked' {
            Invoke-Shell "Import-Module '$Manifest'; (Invoke-GoLiveChecklist '$confirm' -EvidencePath '$PWD/e').Decision" | Should -Be 'Hold'
            # What comes through a pipe is nobody's answer.
            'Y', 'Y' | pwsh -NoProfile -Command "Import-Module '$Manifest'; (Invoke-GoLiveChecklist '$confirm' -EvidencePath '$PWD/e').Decision" | Should -Be 'Hold'
        }
    }
}

Describe 'Export-ReleaseEvidence' {
    BeforeAll {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
        $result = Invoke-GoLiveChecklist $quick -Parameter $hello
    }

    It 'writes all formats and gives their files' {
        $files = $result | Export-ReleaseEvidence ./out
        $files | Should -BeOfType IO.FileInfo
        $files.Name | Should -Be 'result.json', 'report.md', 'junit.xml'
        (Get-Content -Raw ./out/result.json | ConvertFrom-Json).verdict | Should -Be 'passed'
        ([xml](Get-Content -Raw ./out/junit.xml)).testsuites | Should -Not -BeNullOrEmpty
    }

    It 'writes one format to a file, also of a plan' {
        (Invoke-GoLiveChecklist $quick -WhatIf 6> $null | Export-ReleaseEvidence -Format Markdown -Destination ./plan.md).Name | Should -Be 'plan.md'
        Get-Content -Raw ./plan.md | Should -Match 'touch written'
    }

    It 'writes nothing with -WhatIf' {
        $result | Export-ReleaseEvidence ./whatif -WhatIf | Should -BeNullOrEmpty
        './whatif' | Should -Not -Exist
    }

    It 'replaces a file only with -Force' {
        $result | Export-ReleaseEvidence ./twice
        { $result | Export-ReleaseEvidence ./twice -ErrorAction Stop } |
            Should -Throw -ErrorId 'EvidenceUnwritable,ReleaseOps.PowerShell.ExportReleaseEvidenceCommand'
        ($result | Export-ReleaseEvidence ./twice -Force).Count | Should -Be 3
    }
}

Describe 'What a person reads' {
    BeforeAll {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
        $PSStyle.OutputRendering = 'PlainText'
    }

    It 'is the findings that decided, the evidence and the closing line' {
        $text = Invoke-GoLiveChecklist $quick -Parameter @{ greeting = 'bye' } | Out-String
        $text | Should -Match 'A quick runbook, Demo 1\.0\.0, run '
        $text | Should -Match 'Failed\s+hello: .*bye'
        $text | Should -Match 'quick\.yaml:\d+:\d+'
        $text.Trim() | Should -Match 'FAIL \(1 blocker\(s\)\)$'
    }

    It 'is a table of five columns at most for lists' {
        (Get-ReleaseRunbook $quick | Out-String).Trim() -split '\r?\n' | Select-Object -First 1 | Should -Match '^Name +Product +Phases +Steps +Title'
        Test-ReleaseRunbook -Path "$Runbooks/bad.yaml" | Out-String | Should -Match 'UnknownKey +bad\.yaml:3:1'
    }

    It 'is each planned step with its whole command' {
        $steps = (Invoke-GoLiveChecklist $quick -WhatIf 6> $null).Plan.Steps | Out-String
        $steps | Should -Match '(?s)Phase: look.*hello\s+echo.*Phase: change.*write  \(changes a file\)\s+touch written'
    }
}

Describe 'Help' {
    It 'has a synopsis, a description and examples for every cmdlet' {
        foreach ($command in Get-Command -Module ReleaseOps) {
            $help = Get-Help $command -Full
            $help.Synopsis | Should -Not -BeNullOrEmpty -Because $command
            $help.description | Should -Not -BeNullOrEmpty -Because $command
            @($help.examples.example).Count | Should -BeGreaterThan 0 -Because $command
            $help.parameters.parameter | ForEach-Object { $_.description.Text | Should -Not -BeNullOrEmpty -Because "$command -$($_.name)" }
        }
    }

    It 'has examples that PowerShell can parse and bind' {
        foreach ($command in Get-Command -Module ReleaseOps) {
            foreach ($example in (Get-Help $command -Full).examples.example) {
                $problems = $null
                $ast = [Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $problems)
                $problems | Should -BeNullOrEmpty -Because $example.code
                foreach ($used in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandParameterAst] }, $true)) {
                    $name = $used.Parent.GetCommandName()
                    (Get-Command $name).Parameters.Keys + 'ErrorAction' | Where-Object { $_ -like "$($used.ParameterName)*" } |
                        Should -Not -BeNullOrEmpty -Because "$name -$($used.ParameterName)"
                }
            }
        }
    }
}
