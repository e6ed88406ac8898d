# Updates of incidents at the prompt: written, previewed, sent to a stand-in for Slack, listed, told of by a watch, and looked back on.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    . $PSScriptRoot/AnsweringHost.ps1
    . $PSScriptRoot/ServiceStandIn.ps1
    . $PSScriptRoot/PrometheusStandIn.ps1
    Import-Module $Manifest -Force
    $script:stood = Get-Location
    $script:slack = Start-ServiceStandIn
    $script:whole = @{ Severity = 'SEV1'; Impact = 'checkout fails'; Scope = 'POS'; CurrentAction = 'triage' }
    function Start-Afresh {
        Set-Location (New-Item -ItemType Directory "$TestDrive/$(New-Guid)")
        $slack.Requests.Clear()
        $env:SLACK_WEBHOOK_URL = "$($slack.Url)/services/T0/B0/the-secret"
        $Error.Clear()
    }
    function Get-Posts { @($slack.Requests | ForEach-Object { $_.Body | ConvertFrom-Json }) }
}

AfterAll {
    $slack.Listener.Stop()
    $env:SLACK_WEBHOOK_URL = $null
    Set-Location $stood
    Remove-Module ReleaseOps
}

Describe 'New-IncidentUpdate' {
    BeforeEach { Start-Afresh }

    It 'writes a first start from a severity and three sentences, and records nothing' {
        $start = New-IncidentUpdate aris3-day1-watch @whole
        $start.GetType().Name | Should -Be 'IncidentUpdate'
        $start.Incident, $start.Number, $start.Status, $start.Severity | Should -Be 'INC-1', 1, 'Investigating', 'SEV1'
        $start.Missing | Should -BeNullOrEmpty
        $start.NextUpdateAt - $start.At | Should -Be ([timespan]::FromMinutes(30))
        $start.Text | Should -Match '(?m)^- Impact: checkout fails$'
        $start | Out-String -Width 120 | Should -Match 'Incident Start: SEV1 INC-1, ARIS3 .*to ops'
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'names what is missing, and does not take it for said' {
        $start = New-IncidentUpdate aris3-day1-watch -Severity SEV1 -Impact 'checkout fails' 3>&1
        $start[0].Message | Should -Match 'lacks scope'
        $start[1].Missing | Should -Be 'scope'
        $start[1].Text | Should -Match '- Scope: <scope>'
        $start[1] | Send-IncidentUpdate -Channel slack -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -Match '^MissingField,'
        $slack.Requests.Count | Should -Be 0
    }

    It 'refuses a severity that the runbook does not have, and a way that incidents do not go' {
        New-IncidentUpdate aris3-day1-watch -Severity SEV9 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -Match '^UnknownReference,'
        New-IncidentUpdate aris3-day1-watch @whole | Send-IncidentUpdate -Channel slack
        New-IncidentUpdate aris3-day1-watch -Status Resolved -Resolution x -FollowUps y -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -Match '^BadTransition,'
        (New-IncidentUpdate aris3-day1-watch -Status Resolved -Resolution x -FollowUps y -Force).Word.Forced | Should -BeTrue
    }

    It 'completes severities, channels, messages and levels' {
        $offers = { param($line) (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText }
        & $offers 'New-IncidentUpdate aris3-day1-watch -Severity ' | Should -Contain 'SEV0'
        & $offers 'New-IncidentUpdate aris3-go-live -Message dep' | Should -Be 'deployment-start'
        & $offers 'New-IncidentUpdate tars-ga-day -Escalation ' | Should -Contain 'L5'
        & $offers 'Send-IncidentUpdate -Channel ' | Should -Contain 'statuspage'
    }

    It 'writes other messages of a runbook, and calls reviews' {
        (New-IncidentUpdate aris3-go-live -Message canary-success).Text | Should -Match 'canary healthy'
        (New-IncidentUpdate tars-ga-day -Parameter @{ org = 'acme' } -Review T+2h -WarningAction SilentlyContinue).Text | Should -Match 'Review first 2h metrics'
    }
}

Describe 'Send-IncidentUpdate' {
    BeforeEach { Start-Afresh }

    It 'shows with -WhatIf exactly what would be sent, without the secret, and sends nothing' {
        $shown = New-IncidentUpdate aris3-day1-watch @whole | Send-IncidentUpdate -Channel slack -WhatIf
        $shown.GetType().Name | Should -Be 'ChannelRequest'
        $shown.Body | Should -Match '"text":"Incident Start: SEV1 INC-1'
        $shown | Out-String -Width 200 | Should -Match 'slack: POST'
        "$($shown | Format-List * | Out-String)" | Should -Not -Match 'the-secret'
        $slack.Requests.Count | Should -Be 0
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'sends an incident from its start to its end, and the ledger knows it' {
        $sent = New-IncidentUpdate aris3-day1-watch @whole | Send-IncidentUpdate -Channel slack
        $sent.Channel, $sent.State, $sent.Tries | Should -Be 'slack', 'Sent', 1
        $update = @{ Findings = 'pool exhausted'; DecisionTrack = 'forward-fix'; Risk = 'no drift' }
        foreach ($status in 'Mitigating', 'Monitoring') {
            (New-IncidentUpdate aris3-day1-watch -Status $status @update | Send-IncidentUpdate -Channel slack).State | Should -Be 'Sent'
        }
        New-IncidentUpdate aris3-day1-watch -Status Resolved -Resolution 'pool raised' -ValidationEvidence smoke -FollowUps 'postmortem: ana, 2026-12-01' |
            Send-IncidentUpdate -Channel slack
        (Get-Posts).text | Should -Be @(
            'Incident Start: SEV1 INC-1, ARIS3 0.1.0-rc.3', 'Incident Update: SEV1 INC-1, ARIS3 0.1.0-rc.3',
            'Incident Update: SEV1 INC-1, ARIS3 0.1.0-rc.3', 'Incident Resolved: SEV1 INC-1, ARIS3 0.1.0-rc.3')
        $incident = Get-ReleaseIncident aris3-day1-watch
        $incident.Status, $incident.LastUpdate, $incident.Severity | Should -Be 'Resolved', 4, 'SEV1'
        Get-ReleaseIncident aris3-day1-watch -Open | Should -BeNullOrEmpty
        (Get-Content -Raw evidence/*/ledger.jsonl) | Should -Not -Match 'the-secret'
        $Error | Should -BeNullOrEmpty
    }

    It 'keeps what cannot be sent, tells of it, and sends it with -Retry' {
        $env:SLACK_WEBHOOK_URL = 'http://127.0.0.1:9/services/T0/B0/the-secret'
        $update = New-IncidentUpdate aris3-day1-watch @whole
        $sent = $update | Send-IncidentUpdate -Channel slack, file -ErrorVariable problem -ErrorAction SilentlyContinue
        ($sent | Where-Object Channel -eq file).State | Should -Be 'Sent'
        ($sent | Where-Object Channel -eq slack).State | Should -Be 'Waiting'
        $problem[0].FullyQualifiedErrorId | Should -Match '^NoticeWaiting,'
        "$problem" | Should -Not -Match 'the-secret'
        $env:SLACK_WEBHOOK_URL = "$($slack.Url)/services/T0/B0/the-secret"
        (Send-IncidentUpdate -Retry aris3-day1-watch).State | Should -Be 'Sent'
        Send-IncidentUpdate -Retry aris3-day1-watch | Should -BeNullOrEmpty
        $slack.Requests.Count | Should -Be 1
    }

    It 'says which secret is missing, and which channel nobody knows' {
        $env:SLACK_WEBHOOK_URL = $null
        $update = New-IncidentUpdate aris3-day1-watch @whole
        $update | Send-IncidentUpdate -Channel slack -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -Match '^MissingSecret,'
        "$($problem[0])" | Should -Match 'SLACK_WEBHOOK_URL'
        $update | Send-IncidentUpdate -Channel pigeon -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -Match '^UnknownChannel,'
        Get-ChildItem evidence -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}

Describe 'Start-StabilityWatch -Follow | New-IncidentUpdate | Send-IncidentUpdate' {
    BeforeEach { Start-Afresh }

    It 'tells people of an incident while the watch goes on' {
        $prometheus = Start-SteadyPrometheus { $asked.query -match 'timestamp' ? '0' : '6' }
        @"
runbook: day
product: Shop
parameters: { version: { default: 1.0.0 } }
sources: { prometheus: { url: '$($prometheus.Url)' } }
metrics: { error_rate: { prometheus: 'sum(errors)', unit: '%', worse: higher } }
severities:
  SEV1: { definition: Major, when: error_rate >= 5.0, for: 3s, acknowledge: 10m, mitigate: 60m, owner: Dev On-call }
watch: { window: 10s, interval: 1s, grace: 20s, no-go: { open: [SEV1] } }
"@ | Set-Content day.yaml
        $ended = $null
        $sent = Start-StabilityWatch -Path ./day.yaml -Follow |
            ForEach-Object { $ended = $_; $_ } | New-IncidentUpdate -WarningAction SilentlyContinue | Send-IncidentUpdate -Channel slack
        $prometheus.Listener.Stop()
        $ended.Ended, $ended.Decision | Should -Be $true, 'NoGo'
        @($sent)[0].State | Should -Be 'Sent'
        $post = (Get-Posts)[0]
        $post.text | Should -Match 'SEV1 INC-1, Shop 1.0.0'
        $post.blocks[1].text.text | Should -Match 'error_rate'
        # It was told of while the watch went on, not at its end.
        $incident = Get-ReleaseIncident -Path ./day.yaml
        $incident.LastUpdateAt | Should -BeLessThan $ended.EndsAt
        @($incident.Updates).Count | Should -Be 1
        $Error | Should -BeNullOrEmpty
    }
}

Describe 'New-IncidentPostmortem' {
    BeforeEach { Start-Afresh }

    It 'drafts what the ledger knows, and marks what people must add' {
        New-IncidentUpdate aris3-day1-watch @whole -ImpactFrom ([DateTimeOffset]::UtcNow.AddMinutes(-9)) | Send-IncidentUpdate -Channel file | Out-Null
        $draft = Get-ReleaseIncident aris3-day1-watch | New-IncidentPostmortem aris3-day1-watch -OutputPath ./INC-1.md
        $draft.Incident | Should -Be 'INC-1'
        [int]$draft.DetectionDelay.TotalMinutes | Should -Be 9
        $draft.ToDo | Should -Contain 'the technical root cause'
        Get-Content -Raw ./INC-1.md | Should -Match 'TO DO: the technical root cause'
        $draft | Out-String -Width 160 | Should -Match '# Postmortem of'
        New-IncidentPostmortem aris3-day1-watch INC-1 -OutputPath ./INC-1.md -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -Match '^FileExists,'
        New-IncidentPostmortem aris3-day1-watch INC-7 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -Match '^UnknownIncident,'
    }
}
