using System.Text;
using static System.FormattableString;

namespace ReleaseOps.Probes.Http;

/// <summary>What went over the wire, for the evidence: masked, without header values that may be secrets, the body up to a cap.</summary>
internal sealed class HttpLog
{
    /// <summary>The longest body that is kept, in characters.</summary>
    internal const int MaxBody = 64 * 1024;

    private readonly StringBuilder _text = new();
    // A look that was given up at its deadline may still be writing a line.
    private readonly Lock _writing = new();
    private readonly SecretMask _mask;

    private HttpLog(SecretMask mask) => _mask = mask;

    /// <summary>A log to write to; null where none is kept.</summary>
    internal static HttpLog? For(LookContext context) => context.LogFolder is null ? null : new HttpLog(context.Mask);

    internal void Asked(HttpRequestMessage request)
    {
        Line($"> {request.Method} {_mask.Apply(request.RequestUri!.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped))}");
        foreach (var (name, values) in request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default))
            Line($"> {name}: {(SecretHeaders.IsHarmless(name) ? _mask.Apply(values.ToString()) : SecretMask.Stars)}");
    }

    internal void Answered(HttpResponseMessage response)
    {
        Line(Invariant($"< HTTP/{response.Version} {(int)response.StatusCode} {_mask.Apply(response.ReasonPhrase ?? "")}"));
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            foreach (var value in values)
                Line($"< {name}: {SecretHeaders.Shown(name, value, _mask)}");
        }
    }

    /// <summary>The body, masked already.</summary>
    internal void Body(string body)
    {
        Line("\n" + body[..Math.Min(body.Length, MaxBody)]);
        if (body.Length > MaxBody)
            Line(Invariant($"[{body.Length - MaxBody} more characters were not kept]"));
    }

    internal void Failed(string why) => Line($"! {why}");

    /// <summary>Writes it down.</summary>
    internal void WriteTo(StepLog log)
    {
        lock (_writing)
            log.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        log.Complete();
    }

    private void Line(string line)
    {
        lock (_writing)
            _text.Append(line).Append('\n');
    }
}
