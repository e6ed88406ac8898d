using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ReleaseOps.Expressions;

namespace ReleaseOps.Reviews.Logs;

/// <summary>A line of the day, as rules look at it.</summary>
/// <param name="block">The bytes that its fields stand in.</param>
/// <param name="line">Its fields.</param>
/// <param name="run">Its run; empty for none.</param>
/// <param name="stage">Its stage; empty for none.</param>
/// <param name="occurrence">Its event; empty for none.</param>
/// <param name="seconds">Its time.</param>
internal readonly ref struct LineView(
    byte[] block, in LogLine line, ReadOnlySpan<byte> run, ReadOnlySpan<byte> stage, ReadOnlySpan<byte> occurrence, double seconds)
{
    internal readonly ReadOnlySpan<byte> Run = run;
    internal readonly ReadOnlySpan<byte> Stage = stage;
    internal readonly ReadOnlySpan<byte> Event = occurrence;
    internal readonly double Seconds = seconds;
    internal readonly LogField Payload = line.Payload;
    internal readonly bool PayloadLost = line.PayloadLost;
    internal readonly LineForm Form = line.Form;

    /// <summary>The payload as it is written.</summary>
    internal ReadOnlySpan<byte> PayloadText => block.AsSpan(PayloadStart, PayloadLength);

    /// <summary>The same, to be read later.</summary>
    internal ReadOnlyMemory<byte> PayloadBytes => block.AsMemory(PayloadStart, PayloadLength);

    private int PayloadStart => Payload.Start - (Quoted ? 1 : 0);

    private int PayloadLength => Payload.Length + (Quoted ? 2 : 0);

    private bool Quoted => Payload.Kind == JsonKind.Text;
}

/// <summary>Holds rules that ask for more than stage and event against a line; its payload is read once for all of them.</summary>
/// <param name="rules">The rules.</param>
internal sealed class LineJudge(DayRules rules)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = LineReader.Deepest };
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    private readonly Verdicts?[] _verdicts = [.. rules.Selectors.Select(s => Verdicts.Of(s.When))];
    private readonly List<byte> _key = [];
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
            if (Lost(path.Field == "payload", view, ref problem) || CanNotHold(path, view, text)
                || !text.Equals(TextOf(path, view), StringComparison.OrdinalIgnoreCase))
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

    // A payload without a backslash has its texts as they are: where one of ASCII isn't there at all, the payload need not be read.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool CanNotHold(EventPath path, in LineView view, string text)
    {
        if (path.Field != "payload" || view.Payload.Kind is JsonKind.None or JsonKind.Null || text.Length == 0 || !Ascii.IsValid(text))
            return false;
        var payload = view.PayloadText;
        if (payload.Contains((byte)'\\'))
            return false;
        var (lower, upper) = ((byte)char.ToLowerInvariant(text[0]), (byte)char.ToUpperInvariant(text[0]));
        for (var at = payload.IndexOfAny(lower, upper); at >= 0 && at + text.Length <= payload.Length;)
        {
            if (Ascii.EqualsIgnoreCase(payload.Slice(at, text.Length), text))
                return false;
            var next = payload[(at + 1)..].IndexOfAny(lower, upper);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return true;
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
        key = null;
        _key.Clear();
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
        key = Digest.Of(CollectionsMarshal.AsSpan(_key));
        return true;
    }

    private bool Add(EventPath path, in LineView view)
    {
        if (path.Field == "payload")
        {
            if (view.Payload.Kind is JsonKind.None or JsonKind.Null || path.In(Payload(view)) is not { ValueKind: not JsonValueKind.Null } value)
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
        if (view.Payload.Kind is JsonKind.None or JsonKind.Null)
            return Nothing;
        _payload ??= JsonDocument.Parse(view.PayloadBytes, Options);
        return _payload.RootElement;
    }

    private static DateTimeOffset MomentOf(double seconds) =>
        new(Math.Clamp(DateTime.UnixEpoch.Ticks + ((long)Math.Round(seconds * 1e6) * 10), 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
}
