@{
    RootModule           = 'module/bin/ReleaseOps.PowerShell.dll'
    # The loader is nested so that it runs before PowerShell scans the cmdlets, which need the engine that it finds.
    NestedModules        = @('module/bin/ReleaseOps.Loader.dll')
    ModuleVersion        = '0.1.0'
    GUID                 = 'a5a34171-01c2-4b95-8a4d-1ff7d3d81b84'
    Author               = 'The ReleaseOps authors'
    CompanyName          = 'ReleaseOps'
    Copyright            = '(c) the ReleaseOps authors. MIT licence.'
    Description          = 'Runs release runbooks: go-live checklists, staged rollouts and rollbacks, stability watches, incident updates, hotfix readiness and API contracts, with a true dry run, judged, with evidence that others can verify.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.6'
    TypesToProcess       = @('module/ReleaseOps.types.ps1xml')
    FormatsToProcess     = @('module/ReleaseOps.format.ps1xml')
    CmdletsToExport      = @(
        'Approve-Release'
        'Compare-ApiContract'
        'Compare-ReleaseMetric'
        'Export-ReleaseEvidence'
        'Get-ReleaseDecision'
        'Get-ReleaseIncident'
        'Get-ReleaseRunbook'
        'Get-StabilityWatch'
        'Invoke-CanaryRollout'
        'Invoke-GoLiveChecklist'
        'Invoke-ReleaseRollback'
        'Measure-ReleaseMetric'
        'New-IncidentPostmortem'
        'New-IncidentReview'
        'New-IncidentUpdate'
        'New-ReleaseRunbook'
        'Send-IncidentUpdate'
        'Set-CanaryRollout'
        'Set-StabilityWatch'
        'Start-StabilityWatch'
        'Stop-StabilityWatch'
        'Test-HotfixReadiness'
        'Test-ReleaseCriterion'
        'Test-ReleaseRunbook'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('release', 'runbook', 'go-live', 'checklist', 'hotfix', 'OpenAPI', 'SRE', 'DevOps', 'PSEdition_Core', 'Linux', 'Windows', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
