# Runs one Pester file and writes what each test came to as JSON: [{ Name, Result, Message }].
param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Results)
$ErrorActionPreference = 'Stop'

Import-Module Pester -MinimumVersion 5.0
$run = Invoke-Pester -Configuration @{
    Run    = @{ Path = $Path; PassThru = $true }
    # What is read of it is how far it came, where it comes to no end.
    Output = @{ Verbosity = 'Detailed'; RenderMode = 'Plaintext' }
}
$failedBefore = @($run.FailedContainers.ErrorRecord) + @($run.FailedBlocks.ErrorRecord) -join "`n"
@($run.Tests | ForEach-Object {
        @{ Name = $_.Name; Result = "$($_.Result)"; Message = (@($_.ErrorRecord) -join "`n") + $failedBefore }
    }) | ConvertTo-Json -AsArray | Set-Content $Results
