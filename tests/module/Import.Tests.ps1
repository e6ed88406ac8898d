# The module in a real shell: where it can be imported from, what it exports, and that it lives beside other modules.
# Each import happens in a shell of its own: an assembly that was loaded once stays.

BeforeAll {
    . $PSScriptRoot/Shell.ps1
}

Describe 'Importing the module' {
    It 'works from a built checkout' {
        Invoke-Shell "Import-Module '$Manifest'; (Get-Command -Module ReleaseOps).Name -join ' '" |
            Should -Be (@(
                'Approve-Release', 'Compare-ApiContract', 'Compare-ReleaseMetric', 'Export-ReleaseEvidence', 'Get-ReleaseDecision', 'Get-ReleaseIncident', 'Get-ReleaseRunbook', 'Get-StabilityWatch', 'Invoke-CanaryRollout'
                'Invoke-GoLiveChecklist', 'Invoke-ReleaseRollback', 'Measure-ReleaseMetric', 'New-IncidentPostmortem', 'New-IncidentReview', 'New-IncidentUpdate', 'New-ReleaseRunbook', 'Send-IncidentUpdate', 'Set-CanaryRollout', 'Set-StabilityWatch'
                'Start-StabilityWatch', 'Stop-StabilityWatch', 'Test-HotfixReadiness', 'Test-ReleaseCriterion', 'Test-ReleaseRunbook'
            ) -join ' ')
    }

    It 'works from the package by name' {
        & "$Root/scripts/package-module" "$TestDrive" | Should -Match 'ReleaseOps/\d+\.\d+\.\d+$'
        Invoke-Shell "
            `$env:PSModulePath = '$TestDrive' + [IO.Path]::PathSeparator + `$env:PSModulePath
            `$runbook = Get-ReleaseRunbook '$Runbooks/quick.yaml'
            (Get-Module ReleaseOps).ModuleBase; `$runbook.Name" |
            Should -Be "$TestDrive/ReleaseOps/0.1.0", 'quick'
    }

    It 'finds its help in the package' {
        & "$Root/scripts/package-module" "$TestDrive/help"
        Invoke-Shell "
            Import-Module '$TestDrive/help/ReleaseOps'
            (Get-Help Invoke-GoLiveChecklist).Synopsis
            (Get-Help about_ReleaseOps | Out-String) -match 'SHORT DESCRIPTION'" |
            Should -Be 'Runs a release runbook as a checklist, and decides GO, HOLD or NO-GO.', 'True'
    }

    It 'leaves nothing but its cmdlets in the session' {
        Invoke-Shell "
            function Get-Names { (Get-ChildItem variable:, alias:, function:).Name }
            `$before = `$after = `$null
            `$before = Get-Names
            Import-Module '$Manifest'
            `$after = Get-Names
            (Get-Module ReleaseOps).ExportedCommands.Values.CommandType | Sort-Object -Unique
            (Compare-Object `$before `$after).InputObject -join ' '" |
            Should -Be 'Cmdlet', ''
    }

    It 'can be repeated, and undone' {
        Invoke-Shell "
            Import-Module '$Manifest'; Import-Module '$Manifest' -Force
            (Get-ReleaseRunbook '$Runbooks/quick.yaml').Name
            Remove-Module ReleaseOps
            Import-Module '$Manifest'
            (Get-ReleaseRunbook '$Runbooks/quick.yaml').Name" |
            Should -Be 'quick', 'quick'
    }

    It 'lets people name verdicts, decisions and error ids' {
        Invoke-Shell "
            Import-Module '$Manifest'
            [ReleaseOps.Verdict]::Failed; [ReleaseOps.Decision]::Go; [ReleaseOps.ErrorId]::RunbookNotFound" |
            Should -Be 'Failed', 'Go', 'RunbookNotFound'
    }
}

Describe 'What an import costs' {
    It 'loads nothing of PostgreSQL for a runbook that asks no database' {
        Invoke-Shell "
            Import-Module '$Manifest'
            (Get-ReleaseRunbook '$Runbooks/quick.yaml').Name
            ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -match '^(Npgsql|Microsoft\.Extensions\.)' }).Count" |
            Should -Be 'quick', '0'
    }
}

Describe 'Living beside other modules' {
    BeforeAll {
        # A real older YamlDotNet, and one that claims to be newer than any and holds nothing: whoever got it would break.
        $packages = if ($env:NUGET_PACKAGES) { $env:NUGET_PACKAGES } else { "$HOME/.nuget/packages" }
        $older = "$packages/yamldotnet/15.3.0/lib/netstandard2.1/YamlDotNet.dll"
        $newer = "$TestDrive/YamlDotNet.dll"
        Invoke-Shell "Add-Type -OutputAssembly '$newer' -TypeDefinition '[assembly: System.Reflection.AssemblyVersion(""99.0.0.0"")] namespace YamlDotNet { public class Nothing { } }'"
        $useTheirs = "[YamlDotNet.Serialization.Serializer]::new().Serialize(@{ a = 1 }).Trim()"
        $useOurs = "(Get-ReleaseRunbook '$Runbooks/quick.yaml').Name"
        $version = "'{0}' -f ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'YamlDotNet' }).Count"
    }

    It 'works after another module has loaded an older YamlDotNet' {
        Invoke-Shell "Import-Module '$older'; $useTheirs; Import-Module '$Manifest'; $useOurs; $useTheirs; $version" |
            Should -Be 'a: 1', 'quick', 'a: 1', '2'
    }

    It 'works after another module has loaded a newer YamlDotNet' {
        Invoke-Shell "Import-Module '$newer'; Import-Module '$Manifest'; $useOurs; [YamlDotNet.Nothing]::new().GetType().Assembly.GetName().Version.Major" |
            Should -Be 'quick', '99'
    }

    It 'lets another module load an older YamlDotNet afterwards' {
        Invoke-Shell "Import-Module '$Manifest'; $useOurs; Import-Module '$older'; $useTheirs; $useOurs; $version" |
            Should -Be 'quick', 'a: 1', 'quick', '2'
    }

    It 'lets another module load a newer YamlDotNet afterwards' {
        Invoke-Shell "Import-Module '$Manifest'; $useOurs; Import-Module '$newer'; [YamlDotNet.Nothing]::new().GetType().Assembly.GetName().Version.Major; $useOurs" |
            Should -Be 'quick', '99', 'quick'
    }

    It 'gives its engine to nobody else' {
        Invoke-Shell "
            Import-Module '$Manifest'; $useOurs
            try { [void][Reflection.Assembly]::Load('ReleaseOps'); 'loaded' } catch { 'not found' }" |
            Should -Be 'quick', 'not found'
    }
}
