# Measuring and comparing at the prompt, on a stand-in for Prometheus: its queries have no selectors, so it needs no history.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    . $PSScriptRoot/PrometheusStandIn.ps1
    Import-Module $Manifest -Force

    $prometheus = Start-PrometheusStandIn {
        param($path, $asked)
        $value = $asked.query -match 'vector\((\d+)' ? $Matches[1] : '0'
        $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
        if ($path -match 'query_range') {
            $values = (0..59 | ForEach-Object { "[$($now - 3600 + 60 * $_),`"$value`"]" }) -join ','
            "{`"resultType`":`"matrix`",`"result`":[{`"metric`":{},`"values`":[$values]}]}"
        }
        else { "{`"resultType`":`"vector`",`"result`":[{`"metric`":{},`"value`":[$now,`"$value`"]}]}" }
    }

    $Book = "$TestDrive/r.yaml"
    @"
runbook: r
sources:
  prometheus: { url: '$($prometheus.Url)' }
  dead: { url: 'http://127.0.0.1:1' }
metrics:
  latency: { prometheus: vector(150), control: vector(100), unit: ms, worse: higher }
  errors: { prometheus: vector(1), control: vector(1), unit: '%' }
  gone: { prometheus: vector(1), source: dead }
phases: [{ phase: p, steps: [{ id: s, confirm: ready }] }]
"@ | Set-Content $Book
}

AfterAll {
    $prometheus.Listener.Stop()
    Remove-Module ReleaseOps
}

Describe 'Compare-ReleaseMetric' {
    It 'compares samples in the bad direction' {
        $found = Compare-ReleaseMetric -Control (1..60) -Experiment (101..160) -Direction Higher
        $found.Classification | Should -Be 'High'
        $found.Estimate | Should -Be 100
        $found.PValue | Should -BeLessThan 0.001
        (Compare-ReleaseMetric -Control (1..60) -Experiment (101..160) -Direction Lower).Classification | Should -Be 'Pass'
    }

    It 'has no data on an empty side' {
        (Compare-ReleaseMetric -Control @() -Experiment (1..60)).Classification | Should -Be 'Nodata'
    }

    It 'compares the metrics of a runbook with their controls' {
        $found = Compare-ReleaseMetric $Book -Metric latency, errors -Since 30m
        $found.Metric | Should -Be 'latency', 'errors'
        $found.Comparison.Classification | Should -Be 'High', 'Pass'
        ($found | Out-String -Width 200) | Should -Match 'latency\s+control\s+High\s+latency is High: \+50 ms'
    }

    It 'compares what is measured now with a baseline' {
        '{"gone": 1, "errors": 1}' | Set-Content "$TestDrive/kpi.json"
        $found = Compare-ReleaseMetric $Book -Metric gone -Baseline "$TestDrive/kpi.json"
        $found.Against | Should -Be 'baseline'
        $found.Comparison.Classification | Should -Be 'Nodata'
    }

    It 'names a metric that is not there' {
        { Compare-ReleaseMetric $Book -Metric nosuch -ErrorAction Stop } |
            Should -Throw -ErrorId 'UnknownReference,ReleaseOps.PowerShell.CompareReleaseMetricCommand'
    }
}

Describe 'Measure-ReleaseMetric' {
    It 'measures, keeps the means, and compares them later' {
        $kpis = Measure-ReleaseMetric $Book -Metric latency, errors -Duration 0s -OutputPath "$TestDrive/kept.json"
        $kpis.Metric | Should -Be 'latency', 'errors'
        $kpis.Mean | Should -Be 150, 1
        (Get-Content "$TestDrive/kept.json" | ConvertFrom-Json).latency | Should -Be 150
        '{"latency": 100}' | Set-Content "$TestDrive/better.json"
        $kpi = Measure-ReleaseMetric $Book -Metric latency -Duration ([timespan]::Zero) -CompareBaseline "$TestDrive/better.json"
        $kpi.Comparison.Classification | Should -Be 'High'
        ($kpi | Out-String -Width 200) | Should -Match '150\s+150\.\.150\s+1/1\s+latency is High'
    }

    It 'says why a metric was never seen' {
        $kpi = Measure-ReleaseMetric $Book -Metric gone -Duration 0s
        $kpi.Mean | Should -BeNullOrEmpty
        $kpi.Gaps | Should -Be 1
        $kpi.Problem | Should -Not -BeNullOrEmpty
    }

    It 'takes durations as runbooks write them' {
        (Measure-ReleaseMetric $Book -Metric errors -Duration 600ms -Interval 100ms).Samples | Should -BeGreaterThan 1
    }
}
