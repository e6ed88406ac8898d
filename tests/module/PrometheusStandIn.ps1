# A stand-in for Prometheus on this machine, where a test must say what is measured. $Data makes the data of an answer, in JSON, of the path and
# the parameters that it is asked with; it runs in a runspace of its own, so it sees nothing of the test.
. $PSScriptRoot/LoopbackService.ps1

function Start-PrometheusStandIn([scriptblock] $Data) {
    Start-LoopbackService -Arguments "$Data" -Answer {
        param($context, $data)
        $text = $context.Request.Url.Query.TrimStart('?') + '&' + [IO.StreamReader]::new($context.Request.InputStream).ReadToEnd()
        $asked = @{}
        foreach ($pair in $text -split '&' -ne '') {
            $name, $value = $pair -split '=', 2
            $asked[$name] = [Net.WebUtility]::UrlDecode($value)
        }
        $answer = "{`"status`":`"success`",`"data`":$(& ([scriptblock]::Create($data)) $context.Request.Url.AbsolutePath $asked)}"
        $context.Response.ContentType = 'application/json'
        $context.Response.OutputStream.Write([Text.Encoding]::UTF8.GetBytes($answer))
    }
}

# One that answers each time that is asked for with the same number. $Value says which, by $asked.
function Start-SteadyPrometheus([scriptblock] $Value) {
    $answer = {
        $culture = [cultureinfo]::InvariantCulture
        $time = { param($t) $at = 0.0; [double]::TryParse($t, 'Float', $culture, [ref] $at) ? $at : [DateTimeOffset]::Parse($t, $culture).ToUnixTimeMilliseconds() / 1000 }
        if ($path -match 'query_range') {
            $step = [double]::Parse($asked.step.TrimEnd('s'), $culture)
            $values = for ($at = & $time $asked.start; $at -le (& $time $asked.end) + 0.0005; $at += $step) { '[' + $at.ToString('0.###', $culture) + ",`"$value`"]" }
            "{`"resultType`":`"matrix`",`"result`":[{`"metric`":{},`"values`":[$($values -join ',')]}]}"
        }
        else {
            $at = $asked.time ? (& $time $asked.time) : [DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds() / 1000
            "{`"resultType`":`"vector`",`"result`":[{`"metric`":{},`"value`":[$($at.ToString('0.###', $culture)),`"$value`"]}]}"
        }
    }
    Start-PrometheusStandIn ([scriptblock]::Create("param(`$path, `$asked); `$value = $Value; $answer"))
}
