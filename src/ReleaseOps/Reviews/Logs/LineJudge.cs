using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ReleaseOps.Expressions;

namespace ReleaseOps.Reviews.Logs;

/// <summary>A line of the day, as rules look at it.</summary>
/// <param name="block">The bytes that its fields stand in.</param>
/// <param name="line">Its fields.</param>
/// <param name="run">Its run; empty for none.</param>
/// <param name="runDigest">The run's digest; of none where it is empty.</param>
/// <param name="stage">Its stage; empty for none.</param>
/// <param name="occurrence">Its event; empty for none.</param>
/// <param name="seconds">Its time.</param>
internal readonly ref struct LineView(
    byte[] block, in LogLine line, ReadOnlySpan<byte> run, Digest runDigest, ReadOnlySpan<byte> stage, ReadOnlySpan<byte> occurrence, double seconds)
{
    internal readonly ReadOnlySpan<byte> Run = run;
    internal readonly Digest RunDigest = runDigest;
    internal readonly ReadOnlySpan<byte> Stage = stage;
    internal readonly ReadOnlySpan<byte> Event = occurrence;
    internal readonly double Seconds = seconds;

    private readonly ref readonly LogLine _line = ref line;

    /// <summary>True where the line was too long for its payload to be kept.</summary>
    internal bool PayloadLost => _line.PayloadLost;

    /// <summary>True where it has a payload.</summary>
    internal bool HasPayload => _line.Payload.Kind is not (JsonKind.None or JsonKind.Null);

    /// <summary>True for a payload that <see cref="FlatObject"/> can look at.</summary>
    internal bool IsFlat => _line.Payload.Kind == JsonKind.Object && ((_line.Form & LineForm.FlatPayload) != 0 || FlatObject.Is(PayloadText));

    /// <summary>The payload as it is written.</summary>
    internal ReadOnlySpan<byte> PayloadText => block.AsSpan(PayloadStart, PayloadLength);

    /// <summary>The same, to be read later.</summary>
    internal ReadOnlyMemory<byte> PayloadBytes => block.AsMemory(PayloadStart, PayloadLength);

    private int PayloadStart => _line.Payload.Start - (Quoted ? 1 : 0);

    private int PayloadLength => _line.Payload.Length + (Quoted ? 2 : 0);

    private bool Quoted => _line.Payload.Kind == JsonKind.Text;
}

/// <summary>Holds rules that ask for more than stage and event against a line; its payload is read once for all of them.</summary>
/// <param name="rules">The rules.</param>
internal sealed class LineJudge(DayRules rules)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = LineReader.Deepest };
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    private readonly Verdicts?[] _verdicts = [.. rules.Selectors.Select(s => Verdicts.Of(s.When))];
    private readonly ArrayBufferWriter<byte> _key = new();
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);
    private JsonDocument? _payload;

    /// <summary>True where a rule means a line that has its stage and event.</summary>
    /// <param name="selector">Which of the rules.</param>
    /// <param name="view">The line.</param>
    /// <param name="key">Gets what makes the line one; null where the rule asks for nothing like it.</param>
    /// <param name="problem">Gets why it can't be told; null where it can.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Means(int selector, in LineView view, out Digest? key, out string? problem)
    {
        var rule = rules.Selectors[selector];
        key = null;
        problem = null;
        foreach (var (path, text) in rule.Where)
        {
            if (Lost(path.Field == "payload", view, ref problem)
                || !(HasText(path, view, text) ?? text.Equals(TextOf(path, view), StringComparison.OrdinalIgnoreCase)))
                return false;
        }
        if (rule.When is not null && !Holds(rule.When, _verdicts[selector], view, ref problem))
            return false;
        return rule.Duplicate.Length == 0 || HasKey(rule, view, out key, ref problem);
    }

    /// <summary>Forgets the line.</summary>
    internal void Forget()
    {
        _payload?.Dispose();
        _payload = null;
    }

    // Null where the payload must be read to tell.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool? HasText(EventPath path, in LineView view, string text)
    {
        if (path.Quoted is not { } name || !view.IsFlat || !FlatObject.TryFind(view.PayloadText, name, out var value))
            return null;
        if (value is not [(byte)'"', .. var found, _])
            return false;
        return Ascii.IsValid(found) && Ascii.IsValid(text) ? Ascii.EqualsIgnoreCase(found, text) : null;
    }

    private static bool Lost(bool payload, in LineView view, ref string? problem)
    {
        if (payload && view.PayloadLost)
            problem = "the line is too long for its payload to be looked at";
        return problem is not null;
    }

    // Nothing that is no text is equal to one.
    private string? TextOf(EventPath path, in LineView view)
    {
        switch (path.Field)
        {
            case "run_id":
                return Encoding.UTF8.GetString(view.Run);
            case "stage":
                return Encoding.UTF8.GetString(view.Stage);
            case "event":
                return Encoding.UTF8.GetString(view.Event);
            default:
                try
                {
                    return path.In(Payload(view)) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
                }
                catch (InvalidOperationException)
                {
                    // Half a surrogate pair.
                    return null;
                }
        }
    }

    // What can't be told isn't remembered: it is told anew, with its reason.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Holds(CelExpression criterion, Verdicts? verdicts, in LineView view, ref string? problem)
    {
        if (view.PayloadLost && Lost(criterion.Variables.Contains("payload"), view, ref problem))
            return false;
        if (verdicts?.Find(view) is { } known)
            return known;
        var holds = Evaluate(criterion, view, ref problem);
        if (problem is null)
            verdicts?.Remember(holds);
        return holds;
    }

    private bool Evaluate(CelExpression criterion, in LineView view, ref string? problem)
    {
        _variables.Clear();
        // What it doesn't read need not be made of the line's bytes.
        foreach (var name in criterion.Variables)
            _variables[name] = name switch
            {
                "ts" => MomentOf(view.Seconds),
                "run_id" => Encoding.UTF8.GetString(view.Run),
                "stage" => Encoding.UTF8.GetString(view.Stage),
                "event" => Encoding.UTF8.GetString(view.Event),
                _ => Payload(view),
            };
        var result = criterion.Evaluate(_variables);
        problem = result.Error?.Message ?? (result.Value is bool ? null : "it comes to no bool");
        return result.Value is true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HasKey(LineRule rule, in LineView view, out Digest? key, ref string? problem)
    {
        if (rule.IsByRun && !view.Run.IsEmpty)
        {
            key = view.RunDigest;
            return true;
        }
        key = null;
        _key.ResetWrittenCount();
        foreach (var path in rule.Duplicate)
        {
            if (Lost(path.Field == "payload", view, ref problem))
                return false;
            if (!Add(path, view))
            {
                problem = $"it has no {string.Join('.', [path.Field, .. path.Below])}";
                return false;
            }
        }
        key = Digest.Of(_key.WrittenSpan);
        return true;
    }

    private bool Add(EventPath path, in LineView view)
    {
        if (path.Field == "payload")
        {
            if (!view.HasPayload || path.In(Payload(view)) is not { ValueKind: not JsonValueKind.Null } value)
                return false;
            JsonForm.Add(value, _key);
            return true;
        }
        var text = path.Field switch { "run_id" => view.Run, "stage" => view.Stage, _ => view.Event };
        JsonForm.AddText(text, _key);
        return !text.IsEmpty;
    }

    // No payload, and null for one, is one with nothing in it.
    private JsonElement Payload(in LineView view)
    {
        if (!view.HasPayload)
            return Nothing;
        _payload ??= JsonDocument.Parse(view.PayloadBytes, Options);
        return _payload.RootElement;
    }

    private static DateTimeOffset MomentOf(double seconds) =>
        new(Math.Clamp(DateTime.UnixEpoch.Ticks + ((long)Math.Round(seconds * 1e6) * 10), 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
}
