# The stability watch at the prompt, on a stand-in for Prometheus that answers each time asked for with the same number: 6 for errors, 0.1 for quiet.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    . $PSScriptRoot/Waiting.ps1
    . $PSScriptRoot/PrometheusStandIn.ps1
    Import-Module $Manifest -Force
    $script:stood = Get-Location

    $prometheus = Start-SteadyPrometheus { $asked.query -match 'timestamp' ? '0' : $asked.query -match 'errors' ? '6' : '0.1' }

    $Book = "$TestDrive/r.yaml"
    @"
runbook: r
title: The day after
product: Shop
parameters: { version: { default: 1.0.0 }, sees: { default: errors }, window: { default: none } }
roles: { ic: { may: [confirm] }, engineering: { may: [confirm] } }
sources: { prometheus: { url: '$($prometheus.Url)' } }
metrics: { error_rate: { prometheus: 'sum(`${{ params.sees }})', unit: '%', worse: higher } }
severities:
  SEV1: { definition: Major, when: error_rate >= 5.0, for: 10m, acknowledge: 10m, mitigate: 60m, owner: Dev On-call }
  SEV2: { definition: Partial, acknowledge: 30m }
schedule: [{ at: T+2h, what: Review of the first two hours }]
watch:
  window: 24h
  commander: ic
  thresholds: { errors: { when: error_rate > 0.5, normal: error_rate > 1.0, for: 5m } }
  checks: { steps: [{ id: way-back, confirm: The way back can be taken, by: ic }] }
  no-go: { open: [SEV1] }
  exit: { clean: 1h, accept: [engineering] }
"@ | Set-Content $Book
    # One that is over in seconds.
    (Get-Content -Raw $Book) -replace 'window: 24h', "window: 2m`n  interval: 1s" -replace '(?m)^  (checks|exit):.*\n' | Set-Content "$TestDrive/short.yaml"

    function Start-Round([hashtable] $With = @{}) { Start-StabilityWatch $Book -Commander lea -T0 ([DateTimeOffset]::UtcNow.AddHours(-3)) -Once @With }
}

AfterAll {
    $prometheus.Listener.Stop()
    Set-Location $stood
    Remove-Module ReleaseOps
}

Describe 'Start-StabilityWatch' {
    BeforeEach {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
    }

    It 'shows its plan with -WhatIf or -DryRun, and writes nothing' {
        foreach ($switch in @{ WhatIf = $true }, @{ DryRun = $true }) {
            $shown = Start-StabilityWatch $Book @switch 6>&1 | Out-String
            $shown | Should -Match '(?s)Stability Watch Plan.*watched for 24h from .*errors: error_rate > 0\.5 for 5m.*on other days.*way-back \.\.\. DRY-RUN.*T\+2h'
            $shown.Trim() | Should -Match 'Stability watch result: DRY-RUN$'
        }
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'makes a round with -Once, and goes on with it the next time' {
        $first = Start-Round
        $first.Ended | Should -BeFalse
        $first.Decision | Should -Be 'NoGo'
        $first.Looks | Should -BeGreaterThan 179
        $first.Commander | Should -Be 'lea'
        "$($first.Folder)/report.md" | Should -Exist
        "$($first.Folder)/result.json" | Should -Not -Exist
        (Start-Round).Run | Should -Be $first.Run
    }

    It 'stays with a watch to its end, shows progress, and leaves evidence' {
        $shell = [powershell]::Create()
        $t0 = [DateTimeOffset]::UtcNow.AddSeconds(-116).ToString('o')
        $result = $shell.AddScript("Import-Module '$Manifest'; Set-Location '$PWD'; Start-StabilityWatch '$TestDrive/short.yaml' -Parameter @{ sees = 'quiet' } -Commander lea -T0 $t0").Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $result.Decision | Should -Be 'Go'
        $result.Ended | Should -BeTrue
        $shell.Streams.Progress.StatusDescription -join "`n" | Should -Match 'T\+\S+ of 2m, \S+ left, so far GO, IC lea'
        "$($result.Folder)/result.json" | Should -Exist
        ($result[0] | Export-ReleaseEvidence ./out).Name | Should -Contain 'report.html'
    }

    It 'ends within seconds of Stop, and goes on with -Resume' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; Set-Location '$PWD'; Start-StabilityWatch '$Book' -Commander lea")
        $pending = $shell.BeginInvoke()
        Wait-Until { Get-ChildItem evidence -Recurse -Filter ledger.jsonl -ErrorAction Ignore | Select-String -SimpleMatch '"type":"watch.look' }
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 3
        { Start-StabilityWatch $Book -Commander lea -ErrorAction Stop } | Should -Throw -ErrorId 'WatchRunning,ReleaseOps.PowerShell.StartStabilityWatchCommand'
        Stop-StabilityWatch $Book -Reason 'enough'
        (Start-StabilityWatch $Book -Resume).Stopped | Should -Match ': enough$'
    }

    It 'is seen, told and ended from another session while it goes on' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; Set-Location '$PWD'; Start-StabilityWatch '$TestDrive/short.yaml' -Commander lea -Parameter @{ sees = 'quiet' }")
        $pending = $shell.BeginInvoke()
        $seen = { Get-StabilityWatch "$TestDrive/short.yaml" -ErrorAction Ignore }
        Wait-Until { (& $seen).Looks -gt 0 }
        $watch = & $seen
        $watch.GetType().FullName | Should -Be 'ReleaseOps.Watches.WatchResult'
        $watch.T0 | Should -BeOfType DateTimeOffset
        $watch.Interval | Should -Be ([timespan] '00:00:01')
        $watch.Ended | Should -BeFalse
        Set-StabilityWatch "$TestDrive/short.yaml" -Commander max
        Wait-Until { (& $seen).Commander -eq 'max' }
        Stop-StabilityWatch "$TestDrive/short.yaml" -Reason 'enough seen'
        $result = $shell.EndInvoke($pending)
        $shell.Streams.Error | Should -BeNullOrEmpty
        $result.Decision | Should -Be 'Hold'
        $result.Commander | Should -Be 'max'
        $result.Stopped | Should -Match ': enough seen$'
        (& $seen).Ended | Should -BeTrue
    }

    It 'replays history, and writes nothing' {
        $from = [DateTimeOffset]::FromUnixTimeSeconds([DateTimeOffset]::UtcNow.ToUnixTimeSeconds() - 7200)
        $replay = Start-StabilityWatch $Book -ReplayFrom $from -ReplayTo $from.AddHours(1)
        $replay.Replayed | Should -BeTrue
        $replay.Looks | Should -Be 60
        $replay.Calls.Kind | Should -Contain 'IncidentOpened'
        $replay.Thresholds[0].NormalBreaches | Should -Be 1
        $replay.Summary | Should -Match '^Stability watch replay: NO-GO'
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'refuses what makes no sense' {
        { Start-StabilityWatch $Book -Once -Resume } | Should -Throw '*-Once and -Resume*'
        { Start-StabilityWatch $Book -ReplayTo 2026-12-01T10:00Z } | Should -Throw '-ReplayTo ends a replay that nothing begins.' -ErrorId 'Usage,ReleaseOps.PowerShell.StartStabilityWatchCommand'
        { Start-StabilityWatch $Book -Resume -Commander bob } | Should -Throw '*for the beginning*'
        $refused = { Start-StabilityWatch $Book -ErrorAction Stop } | Should -Throw -ErrorId 'BadValue,ReleaseOps.PowerShell.StartStabilityWatchCommand' -PassThru
        $refused.CategoryInfo.Category | Should -Be 'InvalidArgument'
        { Start-StabilityWatch $Book -Resume -ErrorAction Stop } | Should -Throw -ErrorId 'RunNotFound,ReleaseOps.PowerShell.StartStabilityWatchCommand'
        { Get-StabilityWatch aris3-go-live -ErrorAction Stop } | Should -Throw -ErrorId 'NothingToRun,ReleaseOps.PowerShell.GetStabilityWatchCommand'
        { Get-StabilityWatch $Book -ErrorAction Stop } | Should -Throw -ErrorId 'RunNotFound,ReleaseOps.PowerShell.GetStabilityWatchCommand'
        { Stop-StabilityWatch $Book -Text x -ErrorAction Stop } | Should -Throw -ErrorId 'NoWatchRunning,ReleaseOps.PowerShell.StopStabilityWatchCommand'
    }
}

Describe 'What people say to a watch' {
    BeforeEach {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
        $null = Start-Round
    }

    It 'takes incidents from the pipeline' {
        (Get-StabilityWatch $Book).Incidents | Should -HaveCount 1
        (Get-StabilityWatch $Book).Incidents | Where-Object { -not $_.AcknowledgedAt } | Set-StabilityWatch $Book -Acknowledge
        (Get-StabilityWatch $Book).Incidents[0].AcknowledgedBy | Should -Be ([Environment]::UserName)
    }

    It 'is found by its runbook from the pipeline, as a file of another folder or as it was read' {
        $run = (Get-StabilityWatch $Book).Run
        (Get-Item $Book | Get-StabilityWatch).Run | Should -Be $run
        (Get-ReleaseRunbook $Book | Get-StabilityWatch).Run | Should -Be $run
    }

    It 'hears every word' {
        Set-StabilityWatch $Book -Open -Severity SEV2 -Text 'exports are empty' | Should -BeNullOrEmpty
        Set-StabilityWatch $Book -Acknowledge INC-2
        Set-StabilityWatch $Book -Mitigate INC-1 -Text 'pool raised'
        Set-StabilityWatch $Book -Triage INC-2 -Severity SEV1 -Text 'three customers'
        Set-StabilityWatch $Book -Resolve INC-2 -Text 'exports are there'
        Set-StabilityWatch $Book -Review T+2h -Text 'seen'
        Set-StabilityWatch $Book -ConfirmCheck way-back -Role ic
        Set-StabilityWatch $Book -Accept -Role engineering
        Set-StabilityWatch $Book -Commander max
        $watch = Get-StabilityWatch $Book
        $watch.Words.Kind | Should -Be 'Open', 'Acknowledge', 'Mitigate', 'Triage', 'Resolve', 'Review', 'Confirm', 'Accept', 'Commander'
        $watch.Commander | Should -Be 'max'
        $watch.Incidents[0].Mitigation | Should -Be 'pool raised'
        $watch.Incidents[1].Severity | Should -Be 'SEV1'
        $watch.Incidents[1].IsOpen | Should -BeFalse
        $watch.Reviews[0].Note | Should -Be 'seen'
        $watch.Exit.Accepted['engineering'] | Should -Not -BeNullOrEmpty
    }

    It 'says nothing with -WhatIf, and refuses what is not there' {
        Set-StabilityWatch $Book -Acknowledge INC-1 -WhatIf
        Stop-StabilityWatch $Book -Text x -WhatIf
        (Get-StabilityWatch $Book).Words | Should -BeNullOrEmpty
        { Set-StabilityWatch $Book -Acknowledge INC-9 -ErrorAction Stop } | Should -Throw -ErrorId 'UnknownReference,ReleaseOps.PowerShell.SetStabilityWatchCommand'
        { Set-StabilityWatch $Book -ConfirmCheck way-back -ErrorAction Stop } | Should -Throw -ErrorId 'RoleMayNot,ReleaseOps.PowerShell.SetStabilityWatchCommand'
    }

    It 'is helped by completion' {
        function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
        Complete "Set-StabilityWatch '$Book' -Acknowledge -Incident " | Should -Be 'INC-1'
        Complete "Set-StabilityWatch '$Book' -Open -Severity " | Should -Be 'SEV1', 'SEV2'
        Complete "Set-StabilityWatch '$Book' -Review " | Should -Be 'T+2h'
        Complete "Set-StabilityWatch '$Book' -ConfirmCheck " | Should -Be 'way-back'
        Complete "Set-StabilityWatch '$Book' -Accept -Role " | Should -Be 'engineering'
        Complete "Set-StabilityWatch '$Book' -ConfirmCheck way-back -Role " | Should -Be 'ic'
        Copy-Item $Book ./our-book.yaml
        'x' | Set-Content ./our-notes.txt
        Complete 'Get-StabilityWatch ./our' | Should -Be (Join-Path . our-book.yaml)
        Complete 'Stop-StabilityWatch tars-p' | Should -Be 'tars-post-ga'
    }

    It 'reads well as text' {
        $watch = Get-StabilityWatch $Book
        $text = $watch | Out-String -Width 200
        $text | Should -Match 'T\+3h of 24h, .* left, so far NO-GO'
        $text | Should -Match 'OPEN  INC-1 SEV1 \(Dev On-call\), open for .*acknowledge within'
        $text.Trim() | Should -Match 'Stability watch so far: NO-GO \(.*\)$'
        ($watch.Incidents | Out-String).Trim() | Should -Match '^Id +Severity +OpenedAt +State +Text'
        ($watch.Reviews | Out-String).Trim() | Should -Match '^Due +DueAt +Done +Owner +What'
        ($watch.Thresholds | Out-String).Trim() | Should -Match '^Name +State +Breaches +Normally +Latest'
        ($watch.Calls | Out-String).Trim() | Should -Match '^At +Verdict +Kind +Text'
        $text | Should -Match 'Failed +SEV1 INC-1 is open and not mitigated'
        $text | Should -Not -Match '(?m)^ +\w+ +(\S+): \1:'
        Set-StabilityWatch $Book -Acknowledge INC-1
        (Get-StabilityWatch $Book).Words | Out-String | Should -Match '(?s)^\s+At +Said.* says acknowledge INC-1\s*$'
        [ReleaseOps.Watches.CallKind]::ReviewDue | Should -Be 'ReviewDue'
    }
}
