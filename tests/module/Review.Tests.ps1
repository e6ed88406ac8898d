# Reviews at the prompt: a day of an event log, a week of days, what is shown, and what -WhatIf leaves undone.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    Import-Module $Manifest -Force
    $script:stood = Get-Location

    # A folder with artifacts and a log of two runs for each of some days; the location is in it.
    function New-Desk([string[]] $Day, [string] $Ending = 'end') {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
        $null = New-Item -ItemType Directory reports/m30_post_golive, reports/m30_golive, data/logs
        foreach ($one in $Day) {
            '{"escalation_level":"watch","policy":{"manual_approval_only":false,"oncall_escalation":"primary_oncall"}}' |
                Set-Content "reports/m30_post_golive/m30_post_golive_policy_$one.json"
            '{"approved":true,"go_live_decision":"approve_go_live"}' | Set-Content "reports/m30_golive/m30_final_golive_signoff_$one.json"
            foreach ($run in 1, 2) {
                foreach ($event in 'start', $(if ($run -eq 1) { $Ending } else { 'end' })) {
                    @{ ts = "${one}T01:00:0$(if ($event -eq 'start') { 0 } else { $run })Z"; run_id = "$one-$run"; stage = 'execute_from_packet'; event = $event; payload = @{} } |
                        ConvertTo-Json -Compress | Add-Content data/logs/events.jsonl
                }
            }
        }
    }
}

AfterAll {
    Set-Location $stood
    Remove-Module ReleaseOps
}

Describe 'New-IncidentReview' {
    It 'reviews a day by the built-in runbook, and writes its documents' {
        New-Desk 2026-02-21
        $Error.Clear()
        $review = New-IncidentReview -Day 2026-02-21
        $Error | Should -BeNullOrEmpty
        $review.GetType().Name | Should -Be 'DailyReviewResult'
        $review.Ok | Should -BeTrue
        $review.Decision | Should -Be 'Go'
        $review.Slo.EventTotal | Should -Be 4
        $review.Policy.Severity | Should -Be 'SEV-2'
        $review.Latency[0].P95 | Should -Be 2
        $review.Checklist.Count | Should -Be 7
        (Get-Content -Raw reports/m31_slo_incident/m31_slo_incident_2026-02-21.json | ConvertFrom-Json).ok | Should -BeTrue
        $review.Files | Should -HaveCount 2
        $review.Files | Should -Exist
        $text = $review | Out-String -Width 140
        $text | Should -Match 'Review of 2026-02-21, PostClose: SEV-2, on call primary_oncall'
        $text | Should -Match '  availability 100 % \(2 of 2 runs\)'
        $text | Should -Match '  duplicate_execution: 0'
        $text | Should -Match 'Review of 2026-02-21: GO, SEV-2, 7 of 7 items passed'
    }

    It 'says what failed, and that is no error' {
        New-Desk 2026-02-21 -Ending error
        $Error.Clear()
        $review = New-IncidentReview -Day 2026-02-21
        $Error | Should -BeNullOrEmpty
        $review.Ok | Should -BeFalse
        $review.Decision | Should -Be 'NoGo'
        $review.Failures | Should -Be 'check_failed:slo_availability_guard', 'check_failed:slo_error_budget_guard'
        $review | Out-String -Width 140 | Should -Match 'Failed        slo_availability_guard'
        (New-IncidentReview -Day 2026-02-21 -MinAvailabilityRate 0.5 -MaxErrorRate 0.25).Ok | Should -BeTrue
    }

    It 'writes nothing with -WhatIf, and returns the review all the same' {
        New-Desk 2026-02-21
        (New-IncidentReview -Day 2026-02-21 -WhatIf).Ok | Should -BeTrue
        (New-IncidentReview -Weekly -Day 2026-02-20 -WhatIf).MissingDays | Should -HaveCount 5
        'reports/m31_slo_incident' | Should -Not -Exist
    }

    It 'takes logs by wildcards from where the session is, not where the process is' {
        New-Desk 2026-02-21
        Copy-Item data/logs/events.jsonl a.jsonl
        (Get-Content -Raw a.jsonl) -replace '2026-02-21-', 'other-' | Set-Content b.jsonl -NoNewline
        Remove-Item data -Recurse
        $review = New-IncidentReview -Day 2026-02-21 -EventLogPath *.jsonl -PolicyReportPath reports/m30_post_golive -ReportPath out
        $review.Slo.RunTotal | Should -Be 4
        'out/m31_slo_incident_2026-02-21.md' | Should -Exist
    }

    It 'looks before it opens at what is in force' {
        New-Desk 2026-02-20
        $look = New-IncidentReview -Day 2026-02-21 -Moment PreOpen
        $look.RequiredTotal | Should -Be 4
        $look.Due | Should -Contain 'preflight'
        $look.Files[0] | Should -Match '_pre-open.json$'
    }

    It 'reviews a week, names the day that is missing, and carries changes on' {
        New-Desk 2026-02-16, 2026-02-17, 2026-02-19, 2026-02-20
        foreach ($day in 16, 17, 19, 20) { $null = New-IncidentReview -Day "2026-02-$day" }
        '{"ts":"2026-02-17T02:03:00Z","reason":"false_alarm","action":"none","alert":"Slow","started":"2026-02-17T02:00:00Z","ended":"2026-02-17T02:03:00Z"}' |
            Set-Content interventions.jsonl
        '[]' | Set-Content alerts.json
        '' | Set-Content timeline.jsonl
        '[{"id":"docs","title":"Write it down","owner":"ana","due":"2026-02-19"}]' | Set-Content changes.json
        $week = New-IncidentReview -Weekly -Day 2026-02-20 -Timeline timeline.jsonl -InterventionLog interventions.jsonl -Alerts alerts.json -Changes changes.json
        $week.GetType().Name | Should -Be 'WeeklyReviewResult'
        $week.Decision | Should -Be 'Hold'
        $week.MissingDays.Day | Should -Be 18
        $week.AlertGroups[0].FalsePositives | Should -Be 1
        ($week.Changes | Where-Object Overdue).Id | Should -Be 'docs'
        $week.Files | Should -HaveCount 3
        $text = $week | Out-String -Width 140
        $text | Should -Match 'change OVERDUE docs: ana, 2026-02-19'
        $text | Should -Match 'Inconclusive  day:2026-02-18: .*not there'
        $week | Format-List | Out-String -Width 140 | Should -Match 'MissingDays +: 2026-02-18'
        $next = New-IncidentReview -Weekly -Day 2026-02-27
        ($next.Changes | Where-Object Id -EQ docs).Carried | Should -BeTrue
    }

    It 'has an error id for what can not go on' {
        New-Desk 2026-02-21
        $cmdlet = 'ReleaseOps.PowerShell.NewIncidentReviewCommand'
        { New-IncidentReview demo -ErrorAction Stop } | Should -Throw -ErrorId "NothingToRun,$cmdlet"
        { New-IncidentReview nowhere -ErrorAction Stop } | Should -Throw -ErrorId "RunbookNotFound,$cmdlet"
        { New-IncidentReview -MinAvailabilityRate 2 } | Should -Throw -ErrorId "ParameterArgumentValidationError,$cmdlet"
        { New-IncidentReview -Weekly -Day 9999-12-31 -ErrorAction Stop } | Should -Throw -ErrorId "Usage,$cmdlet"
        'a file' | Set-Content out
        { New-IncidentReview -Day 2026-02-21 -ReportPath out -ErrorAction Stop } | Should -Throw -ErrorId "EvidenceUnwritable,$cmdlet"
    }

    It 'shows no text from outside as a command to a CI system, however it is folded' {
        New-Desk 2026-02-21
        $evil = '::error::x'
        @{ escalation_level = $evil; policy = @{ manual_approval_only = $false; oncall_escalation = $evil } } | ConvertTo-Json |
            Set-Content reports/m30_post_golive/m30_post_golive_policy_2026-02-21.json
        $review = New-IncidentReview -Day 2026-02-21
        $review.Policy.EscalationLevel | Should -Be $evil
        $shown = foreach ($width in 20, 40, 80, 140) { $review | Out-String -Width $width }
        ($shown -join "`n") -split '\r?\n' -match '^\s*::' | Should -BeNullOrEmpty
    }
}
