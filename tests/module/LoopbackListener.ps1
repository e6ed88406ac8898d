# An HTTP listener of this machine alone, on a port that is free.
function Start-LoopbackListener {
    $listener = [Net.HttpListener]::new()
    do {
        $port = Get-Random -Minimum 20000 -Maximum 60000
        $listener.Prefixes.Clear()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        try { $listener.Start() } catch { $listener = [Net.HttpListener]::new() }
    } until ($listener.IsListening)
    [pscustomobject]@{ Url = "http://127.0.0.1:$port"; Listener = $listener }
}
