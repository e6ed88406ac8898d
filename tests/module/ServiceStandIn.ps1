# A stand-in for a service that takes messages by HTTP. Each request's path and body come into Requests, in order; $Answers are its answers, one
# each, the last one for all that follow: a hashtable with Status, Body and Headers.
. $PSScriptRoot/LoopbackListener.ps1

function Start-ServiceStandIn([hashtable[]] $Answers = @(@{ Status = 200; Body = 'ok' })) {
    $standIn = Start-LoopbackListener
    $requests = [Collections.Concurrent.ConcurrentQueue[psobject]]::new()
    $server = [powershell]::Create().AddScript({
            param($listener, $answers, $requests)
            $next = 0
            while ($listener.IsListening) {
                $context = $listener.GetContext()
                $body = [IO.StreamReader]::new($context.Request.InputStream).ReadToEnd()
                $requests.Enqueue([pscustomobject]@{ Method = $context.Request.HttpMethod; Path = $context.Request.Url.AbsolutePath; Body = $body })
                $answer = $answers[[Math]::Min($next++, $answers.Count - 1)]
                $context.Response.StatusCode = $answer.Status
                foreach ($name in $answer.Headers.Keys) { $context.Response.AddHeader($name, $answer.Headers[$name]) }
                $context.Response.OutputStream.Write([Text.Encoding]::UTF8.GetBytes($answer.Body))
                $context.Response.Close()
            }
        }).AddArgument($standIn.Listener).AddArgument($Answers).AddArgument($requests)
    $null = $server.BeginInvoke()
    $standIn | Add-Member -NotePropertyName Requests -NotePropertyValue $requests -PassThru
}
