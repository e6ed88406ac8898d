# A stand-in for Prometheus on this machine, where a test must say what is measured. $Data makes the data of an answer, in JSON, of the path and
# the parameters that it is asked with; it runs in a runspace of its own, so it sees nothing of the test.
function Start-PrometheusStandIn([scriptblock] $Data) {
    $listener = [Net.HttpListener]::new()
    do {
        $port = Get-Random -Minimum 20000 -Maximum 60000
        $listener.Prefixes.Clear()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        try { $listener.Start() } catch { $listener = [Net.HttpListener]::new() }
    } until ($listener.IsListening)
    $server = [powershell]::Create().AddScript({
            param($listener, $data)
            $data = [scriptblock]::Create($data)
            while ($listener.IsListening) {
                $context = $listener.GetContext()
                $text = $context.Request.Url.Query.TrimStart('?') + '&' + [IO.StreamReader]::new($context.Request.InputStream).ReadToEnd()
                $asked = @{}
                foreach ($pair in $text -split '&' -ne '') {
                    $name, $value = $pair -split '=', 2
                    $asked[$name] = [Net.WebUtility]::UrlDecode($value)
                }
                $answer = "{`"status`":`"success`",`"data`":$(& $data $context.Request.Url.AbsolutePath $asked)}"
                $context.Response.ContentType = 'application/json'
                $context.Response.OutputStream.Write([Text.Encoding]::UTF8.GetBytes($answer))
                $context.Response.Close()
            }
        }).AddArgument($listener).AddArgument("$Data")
    $null = $server.BeginInvoke()
    [pscustomobject]@{ Url = "http://127.0.0.1:$port"; Listener = $listener }
}
