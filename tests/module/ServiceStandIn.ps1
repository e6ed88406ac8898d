# A stand-in for a service that takes messages by HTTP. Each request's path and body come into Requests, in order; $Answers are its answers, one
# each, the last one for all that follow: a hashtable with Status, Body and Headers.
. $PSScriptRoot/LoopbackService.ps1

function Start-ServiceStandIn([hashtable[]] $Answers = @(@{ Status = 200; Body = 'ok' })) {
    $requests = [Collections.Concurrent.ConcurrentQueue[psobject]]::new()
    $standIn = Start-LoopbackService -Arguments $Answers, $requests -Answer {
        param($context, $answers, $requests)
        $body = [IO.StreamReader]::new($context.Request.InputStream).ReadToEnd()
        $requests.Enqueue([pscustomobject]@{ Method = $context.Request.HttpMethod; Path = $context.Request.Url.AbsolutePath; Body = $body })
        $answer = $answers[[Math]::Min($requests.Count, $answers.Count) - 1]
        $context.Response.StatusCode = $answer.Status
        foreach ($name in $answer.Headers.Keys) { $context.Response.AddHeader($name, $answer.Headers[$name]) }
        $context.Response.OutputStream.Write([Text.Encoding]::UTF8.GetBytes($answer.Body))
    }
    $standIn | Add-Member -NotePropertyName Requests -NotePropertyValue $requests -PassThru
}
