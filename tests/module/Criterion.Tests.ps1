# Trying criteria at the prompt.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    Import-Module $Manifest -Force
}

AfterAll {
    Remove-Module ReleaseOps
}

Describe 'Test-ReleaseCriterion' {
    It 'takes variables from a hashtable' {
        $trial = Test-ReleaseCriterion 'status == 200' -Variables @{ status = 503 }
        $trial.Value | Should -BeFalse
        $trial.Type | Should -Be 'bool'
        $trial.Error | Should -BeNullOrEmpty
    }

    It 'takes variables from a JSON file' {
        '{"body": {"rows": [{"total": 3, "rfid": 2, "pending": 1}]}}' | Set-Content "$TestDrive/answer.json"
        (Test-ReleaseCriterion 'body.rows.all(r, r.total == r.rfid + r.pending)' -With "$TestDrive/answer.json").Value | Should -BeTrue
    }

    It 'takes variables from an object in the pipeline' {
        $objects = [pscustomobject]@{ error_rate = 0.72 }, [pscustomobject]@{ error_rate = 0.2 }
        ($objects | Test-ReleaseCriterion 'error_rate < 0.5').Value | Should -Be $false, $true
    }

    It 'knows numbers, texts, lists, maps, times and null' {
        $values = @{
            i = 1; d = 1.5; m = 1.5d; t = 'x'; l = 1, 2; h = @{ a = @{ b = 2 } }; n = $null; yes = $true
            span = [timespan]'00:10:00'; at = [datetimeoffset]'2025-01-01T00:00:00Z'
        }
        $all = 'i == 1 && d == m && t == "x" && l[1] == 2 && h.a.b == 2 && n == null && yes && span == duration("10m") && at == timestamp("2025-01-01T00:00:00Z")'
        (Test-ReleaseCriterion $all -Variables $values).Value | Should -BeTrue
    }

    It 'gives lists and maps as PowerShell has them' {
        (Test-ReleaseCriterion '[1, 2].map(x, x * 2)').Value | Should -Be 2, 4
        (Test-ReleaseCriterion '{"a": 1}').Value.a | Should -Be 1
    }

    It 'gives an error as a result, with its column' {
        $trial = Test-ReleaseCriterion 'status ==' -Variables @{ status = 200 }
        $trial.ErrorId | Should -Be 'ExpressionSyntax'
        $trial.Column | Should -BeGreaterThan 0
        $trial.Type | Should -BeNullOrEmpty
    }

    It 'says which file is no JSON object' {
        '[1' | Set-Content "$TestDrive/bad.json"
        { Test-ReleaseCriterion 'true' -With "$TestDrive/bad.json" -ErrorAction Stop } |
            Should -Throw -ErrorId 'BadDocument,ReleaseOps.PowerShell.TestReleaseCriterionCommand'
        { Test-ReleaseCriterion 'true' -With "$TestDrive/nix.json" -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileUnreadable,ReleaseOps.PowerShell.TestReleaseCriterionCommand'
    }

    It 'says the same in every culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'tr-TR'
            (Test-ReleaseCriterion 'string(x)' -Variables @{ x = 1.5 }).Value | Should -Be '1.5'
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
    }
}
