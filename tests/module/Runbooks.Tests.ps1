# Finding, reading, checking and writing runbooks.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
    Import-Module $Manifest -Force
    $script:stood = Get-Location
}

AfterAll {
    Set-Location $stood
    Remove-Module ReleaseOps
}

Describe 'Get-ReleaseRunbook' {
    BeforeEach {
        $project = New-Item -ItemType Directory "$TestDrive/$(New-Guid)/runbooks"
        Copy-Item "$Runbooks/quick.yaml" $project
        Set-Location $project.Parent
    }

    It 'lists the built-in runbooks and those of the current location' {
        $names = (Get-ReleaseRunbook).Name
        $names | Should -Contain 'aris3-go-live'
        $names | Should -Contain 'quick'
    }

    It 'takes names, wildcards and paths' {
        (Get-ReleaseRunbook quick).Title | Should -Be 'A quick runbook'
        (Get-ReleaseRunbook qu*).Name | Should -Be 'quick'
        (Get-ReleaseRunbook ./runbooks/quick.yaml).Name | Should -Be 'quick'
        (Get-ReleaseRunbook -Path ./runbooks/*.yaml).Name | Should -Be 'quick'
        ('quick' | Get-ReleaseRunbook).Name | Should -Be 'quick'
        (Get-ChildItem ./runbooks | Get-ReleaseRunbook).Name | Should -Be 'quick'
    }

    It 'starts from the location of the session, on whatever drive that is' {
        [Environment]::CurrentDirectory | Should -Not -Be (Get-Location).Path
        Set-Location Env:
        (Get-ReleaseRunbook quick).Name | Should -Be 'quick'
    }

    It 'gives objects with everything that the file says' {
        $runbook = Get-ReleaseRunbook quick
        $runbook.Phases.Name | Should -Be 'look', 'change'
        $runbook.Parameters.Where({ $_.Required }).Name | Should -Be 'greeting'
    }

    It 'says which runbook is missing, and goes on with the next' {
        $found = 'nix', 'quick' | Get-ReleaseRunbook -ErrorAction SilentlyContinue -ErrorVariable missing
        $found.Name | Should -Be 'quick'
        $missing[0].FullyQualifiedErrorId | Should -Be 'RunbookNotFound,ReleaseOps.PowerShell.GetReleaseRunbookCommand'
        $missing[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $missing[0].TargetObject | Should -Be 'nix'
        $missing[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'names the place of every problem of a bad runbook' {
        Get-ReleaseRunbook -Path "$Runbooks/bad.yaml" -ErrorAction SilentlyContinue -ErrorVariable bad | Should -BeNullOrEmpty
        $bad[0].FullyQualifiedErrorId | Should -Be 'RunbookInvalid,ReleaseOps.PowerShell.GetReleaseRunbookCommand'
        "$($bad[0])" | Should -Match 'bad\.yaml:3:1'
        "$($bad[0])" | Should -Match 'bad\.yaml:9:18'
    }
}

Describe 'Test-ReleaseRunbook' {
    It 'says nothing of a good runbook' {
        Test-ReleaseRunbook -Path "$Runbooks/quick.yaml" | Should -BeNullOrEmpty
        Test-ReleaseRunbook -Path "$Runbooks/quick.yaml" -Quiet | Should -BeTrue
    }

    It 'gives the problems as objects with their places' {
        $problems = Test-ReleaseRunbook -Path "$Runbooks/bad.yaml"
        $problems[0].Id | Should -Be 'UnknownKey'
        $problems[0].Line | Should -Be 3
        $problems[0].Level | Should -Be 'Error'
        $problems.Count | Should -BeGreaterThan 1
        Test-ReleaseRunbook -Path "$Runbooks/bad.yaml" -Quiet | Should -BeFalse
    }

    It 'finds no error in the built-in runbooks' {
        Test-ReleaseRunbook * | Where-Object Level -EQ Error | Should -BeNullOrEmpty
    }

    It 'takes files and runbooks from the pipeline' {
        Get-ChildItem "$Runbooks/*.yaml" | Test-ReleaseRunbook | Select-Object -ExpandProperty File -Unique | Should -Match 'bad.yaml$'
        Get-ReleaseRunbook -Path "$Runbooks/quick.yaml" | Test-ReleaseRunbook -Quiet | Should -BeTrue
    }

    It 'reports a file that is not there as a problem' {
        (Test-ReleaseRunbook -Path "$TestDrive/nix.yaml").Id | Should -Be 'RunbookNotFound'
    }
}

Describe 'New-ReleaseRunbook' {
    It 'writes a runbook that has no problems' {
        $file = New-ReleaseRunbook fresh-start -Destination "$TestDrive/new"
        $file | Should -BeOfType IO.FileInfo
        Test-ReleaseRunbook -Path $file.FullName | Should -BeNullOrEmpty
    }

    It 'writes nothing with -WhatIf' {
        New-ReleaseRunbook fresh-start -Destination "$TestDrive/whatif" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/whatif" | Should -Not -Exist
    }

    It 'never overwrites a file' {
        New-ReleaseRunbook twice -Destination $TestDrive
        { New-ReleaseRunbook twice -Destination $TestDrive -ErrorAction Stop } |
            Should -Throw -ErrorId 'RunbookExists,ReleaseOps.PowerShell.NewReleaseRunbookCommand'
    }
}

Describe 'Completion' {
    BeforeAll {
        $project = New-Item -ItemType Directory "$TestDrive/completion/runbooks"
        Copy-Item "$Runbooks/quick.yaml" $project
        Copy-Item "$Runbooks/bad.yaml" $project
        Set-Location $project.Parent
        function Complete($line) { (TabExpansion2 $line).CompletionMatches.CompletionText }
    }

    It 'offers the names of runbooks' {
        Complete 'Invoke-GoLiveChecklist qu' | Should -Be 'quick'
        Complete 'Get-ReleaseRunbook aris3-g' | Should -Be 'aris3-go-live'
    }

    It 'offers the phases of the runbook that is named' {
        Complete 'Invoke-GoLiveChecklist quick -Phase ' | Should -Be 'look', 'change'
        Complete 'Invoke-GoLiveChecklist -Path ./runbooks/quick.yaml -Phase l' | Should -Be 'look'
    }

    It 'offers the steps of the phases that are named' {
        Complete 'Invoke-GoLiveChecklist quick -Step ' | Should -Be 'hello', 'always', 'write'
        Complete 'Invoke-GoLiveChecklist quick -Phase change -Step ' | Should -Be 'write'
    }

    It 'offers nothing for a runbook that is bad or not there, and does not fail' {
        $before = $Error.Count
        Complete 'Invoke-GoLiveChecklist bad -Phase lo' | Should -Not -Contain 'look'
        Complete 'Invoke-GoLiveChecklist nix -Step he' | Should -Not -Contain 'hello'
        $Error.Count | Should -Be $before
    }
}
