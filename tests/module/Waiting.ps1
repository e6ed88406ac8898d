# Waits for something to come about.
function Wait-Until([scriptblock] $Condition, [int] $Seconds = 30) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { throw "waited $Seconds s for:$Condition" }
        Start-Sleep -Milliseconds 20
    }
}
