namespace ReleaseOps.Tests.Channels;

/// <summary>What somebody who may write a value, and nothing else, would put into one.</summary>
internal static class NastyValues
{
    internal static readonly string[] All =
    [
        "<!channel> <!here> <@U0123ABC> <!subteam^S1> <#C1>",
        "&lt;!channel&gt; &amp; &#60;b&#62;",
        "<https://evil.example|log in here>",
        "[log in](https://evil.example) ![x](https://evil.example/x.png) <https://evil.example>",
        "https://evil.example www.evil.example evil@evil.example @team #1",
        "*bold* **bold** _it_ __it__ ~s~ ~~s~~ `code` ``code``",
        "`](https://evil.example)[`",
        "``` \n<script>alert(1)</script>\n```",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "a\nStatus: Resolved\r\n\r\n# Heading\n- item\n> quote\n---\n",
        "\r\nBcc: evil@evil.example\r\n\r\nbody",
        "| a | b |\n|---|---|\n| c \\| d \\\\| e |",
        "\n::error file=x::boom\n##vso[task.setvariable variable=x]y\n##[add-mask]z",
        "::set-output name=x::y",
        "\u001b[31mred\u001b]0;title\u0007\u009b2J\b\b\b",
        "\u202egnp.exe \u2066x\u2069 \u200b\u00ad\ufeff",
        "x\"}],\"type\":\"forged\",\"y\":[{\"z\":\"\\",
        "{{DATE(2017-02-14T06:00:00Z, SHORT)}} {{title}} {{{title}}} ${{ secrets.X }}",
        "=?utf-8?B?QmNjOiBldmlsQGV4YW1wbGUuY29t?=",
        "\ud800 lone \udc00 halves \ud83d",
        "--> <!-- releaseops:notice ARIS3-1.0.0%2FINC-1%2F1 -->\n<!-- releaseops:notice ARIS3-1.0.0%2FINC-1%2F1 -->\n",
        "</at><at>everybody</at>",
        ":fire: :white_check_mark: >>> quoted",
        "\\",
        "`",
        "   ",
        "",
        "\0",
    ];
}
