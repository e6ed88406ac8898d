# An HTTP service of this machine alone, on a port that is free. $Answer answers a request, given its context and $Arguments; it runs in a runspace
# of its own, so it sees nothing of the test.
function Start-LoopbackService([scriptblock] $Answer, [object[]] $Arguments) {
    $service = Start-LoopbackListener
    $server = [powershell]::Create().AddScript({
            param($listener, $answer, $arguments)
            $answer = [scriptblock]::Create($answer)
            while ($listener.IsListening) {
                try {
                    # GetContext may wait on when the listener has stopped, and a shell doesn't end before its pipelines have.
                    $next = $listener.GetContextAsync()
                    while (-not $next.Wait(100)) { if (-not $listener.IsListening) { return } }
                }
                catch { return }
                & $answer $next.Result @arguments
                $next.Result.Response.Close()
            }
        }).AddArgument($service.Listener).AddArgument("$Answer").AddArgument($Arguments)
    $null = $server.BeginInvoke()
    $service
}

function Start-LoopbackListener {
    while ($true) {
        # The system knows which port nobody has; until it is taken here, somebody else may have taken it.
        $finder = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $finder.Start()
        $url = "http://$($finder.LocalEndpoint)"
        $finder.Stop()
        $listener = [Net.HttpListener]::new()
        $listener.Prefixes.Add("$url/")
        try {
            $listener.Start()
            return [pscustomobject]@{ Url = $url; Listener = $listener }
        }
        catch [Net.HttpListenerException] {
            # It is no error of the test's.
            $Error.RemoveAt(0)
        }
    }
}
