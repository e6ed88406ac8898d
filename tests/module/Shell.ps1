# What the tests share: where things are, and a shell of their own to try them in.
$Root = (Resolve-Path "$PSScriptRoot/../..").Path
$Manifest = "$Root/ReleaseOps.psd1"
$Runbooks = "$PSScriptRoot/runbooks"

# Runs a script in a fresh pwsh and gives the lines of its output; an error in it fails the test.
function Invoke-Shell([string] $Script) {
    $errors = [IO.Path]::GetTempFileName()
    $output = pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; `$PSStyle.OutputRendering = 'PlainText'; $Script" 2> $errors
    if ($LASTEXITCODE -ne 0) {
        throw "pwsh exited with ${LASTEXITCODE}: $output $(Get-Content -Raw $errors)"
    }
    Remove-Item $errors
    $output
}
