# API contracts at the prompt: where descriptions come from, what is shown, and what is an error.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    Import-Module $Manifest -Force
    $script:stood = Get-Location
    Set-Location (New-Item -ItemType Directory "$TestDrive/api")
    @'
openapi: 3.1.0
info: { title: Shop, version: 1.4.0 }
paths:
  /stock:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
      responses: { '200': { description: The stock } }
'@ | Set-Content v1.yaml
    (Get-Content -Raw v1.yaml) -replace '100', '50' | Set-Content v2.yaml
    (Get-Content -Raw v1.yaml) -replace 'get:', "get:`n      summary: The stock" | Set-Content v3.yaml
    (Get-Content -Raw v1.yaml) -replace '\{ type: integer, maximum: 100 \}', '{ $ref: "nowhere.yaml" }' | Set-Content v4.yaml
}

AfterAll {
    Set-Location $stood
    Remove-Module ReleaseOps
}

Describe 'Compare-ApiContract' {
    It 'finds what breaks a client, with its place in both, and that is no error' {
        $Error.Clear()
        $result = Compare-ApiContract v1.yaml v2.yaml
        $Error | Should -BeNullOrEmpty
        $result.GetType().Name | Should -Be 'ContractResult'
        $result.Decision | Should -Be 'NoGo'
        $change = $result.Changes | Where-Object Level -EQ Breaking
        $change.Id | Should -Be 'request-parameter-max-decreased'
        $change.Level | Should -Be ([ReleaseOps.ChangeLevel]::Breaking)
        "$($change.Method) $($change.Path)" | Should -Be 'GET /stock'
        "$($change.Revision)" | Should -Match '^v2\.yaml:7:\d+$'
        "$($change.Base)" | Should -Match '^v1\.yaml:7:\d+$'
    }

    It 'is GO for a description and itself, and HOLD where nobody can tell' {
        (Compare-ApiContract v1.yaml v1.yaml).Decision | Should -Be 'Go'
        $hold = Compare-ApiContract v1.yaml v4.yaml
        $hold.Decision | Should -Be 'Hold'
        $hold.Findings.Verdict | Should -Be 'Inconclusive'
        $hold | Out-String | Should -Match 'Inconclusive +'
    }

    It 'takes the newer descriptions from the pipeline, and goes on after one that is not there' {
        $results = Get-ChildItem v?.yaml | Compare-ApiContract v1.yaml
        $results.Decision | Should -Be 'Go', 'NoGo', 'Go', 'Hold'
        $results[1].Revision | Should -Match 'v2\.yaml$'
        $found = 'v1.yaml', 'nowhere.yaml', 'v2.yaml' | Compare-ApiContract v1.yaml -ErrorAction SilentlyContinue -ErrorVariable missing
        $found.Decision | Should -Be 'Go', 'NoGo'
        $missing.FullyQualifiedErrorId | Should -Be 'FileUnreadable,ReleaseOps.PowerShell.CompareApiContractCommand'
    }

    It 'decides at the level that it is told' {
        $level = (Compare-ApiContract v1.yaml v2.yaml).Changes.Level | Sort-Object -Unique
        $level | Should -Contain 'Info'
        (Compare-ApiContract v1.yaml v1.yaml -FailOn Info).Decision | Should -Be 'Go'
        (Compare-ApiContract v2.yaml v1.yaml).Decision | Should -Be 'Go'
        (Compare-ApiContract v2.yaml v1.yaml -FailOn Info).Decision | Should -Be 'NoGo'
    }

    It 'leaves out what is accepted, with the reason, until its day' {
        "- { id: request-parameter-max-decreased, path: /stock, reason: Nobody asks for more than 50, until: 2999-01-01 }" | Set-Content accepted.yaml
        $result = Compare-ApiContract v1.yaml v2.yaml -Ignore accepted.yaml
        $result.Decision | Should -Be 'Go'
        $result.Ignored.Reason | Should -Be 'Nobody asks for more than 50'
        $result.Ignored | Out-String -Width 80 | Should -Match '2999-01-01 +Query parameter'
        { Compare-ApiContract v1.yaml v2.yaml -Ignore nowhere.yaml -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileUnreadable,ReleaseOps.PowerShell.CompareApiContractCommand'
    }

    It 'reads a file of a git revision' {
        git init -q -b main .
        git add v1.yaml
        git -c user.name=t -c user.email=t@localhost commit -qm live
        $result = Compare-ApiContract main:v1.yaml v2.yaml
        $result.Decision | Should -Be 'NoGo'
        $result.Base | Should -Be 'main:v1.yaml'
        { Compare-ApiContract nix:v1.yaml v2.yaml -ErrorAction Stop } | Should -Throw -ErrorId 'GitFailed,ReleaseOps.PowerShell.CompareApiContractCommand'
        { Compare-ApiContract main:v9.yaml v2.yaml -ErrorAction Stop } | Should -Throw -ErrorId 'GitFailed,ReleaseOps.PowerShell.CompareApiContractCommand'
        "not: [an API" | Set-Content bad.txt
        { Compare-ApiContract bad.txt v2.yaml -ErrorAction Stop } | Should -Throw -ErrorId 'BadDocument,ReleaseOps.PowerShell.CompareApiContractCommand'
    }

    It 'shows a comparison, and its differences as a table, in any width' {
        $result = Compare-ApiContract v1.yaml v2.yaml
        $text = $result | Out-String -Width 80
        $text | Should -Match '(?m)^  Breaking  GET /stock: Query parameter'
        $text | Should -Match '(?m)^            request-parameter-max-decreased  v2\.yaml:7:\d+'
        $text | Should -Match '(?m)^API contract: NO-GO \(broken: 1 breaking, 0 warnings, \d+ info\)'
        ($result.Changes | Out-String -Width 80).Trim() | Should -Match '^Level +Operation +Text'
        $result.Changes | Out-String -Width 140 | Should -Match '(?m)^Breaking GET /stock +Query parameter .limit.: maximum was 100, is 50'
        $coloured = & { $PSStyle.OutputRendering = 'Ansi'; try { $result.Changes | Out-String } finally { $PSStyle.OutputRendering = 'Host' } }
        $coloured | Should -Match ([regex]::Escape("$($PSStyle.Formatting.Error)Breaking"))
    }

    It 'writes all of it as JSON' {
        $json = Compare-ApiContract v1.yaml v2.yaml | ConvertTo-Json -Depth 5 -EnumsAsStrings | ConvertFrom-Json
        $json.Decision | Should -Be 'NoGo'
        $json.Changes[0].Revision.Line | Should -BeGreaterThan 0
    }
}
