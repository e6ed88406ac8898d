# An HTTP listener of this machine alone, on a port that is free.
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
