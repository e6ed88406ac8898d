using System.Runtime.CompilerServices;
using ReleaseOps.Expressions;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// What a criterion reads of a line, where its text tells that: the stage, the event, and fields right below the payload. A log has the same few
/// values of these again and again, and on the same ones a criterion comes to the same.
/// </summary>
internal sealed class CriterionInput
{
    /// <summary>How many bytes values may have; longer ones are hardly the same as others.</summary>
    internal const int MostBytes = 256;

    private readonly bool _stage;
    private readonly bool _event;
    private readonly RecentMember[] _fields;

    private CriterionInput(HashSet<string> variables, HashSet<string> fields)
    {
        _stage = variables.Contains("stage");
        _event = variables.Contains("event");
        _fields = [.. fields.Select(f => new RecentMember(FlatObject.Quoted(f)!))];
    }

    /// <summary>What a criterion reads; null where it may be anything.</summary>
    /// <param name="criterion">The criterion.</param>
    internal static CriterionInput? Of(CelExpression criterion)
    {
        var (variables, fields) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        return Gather(criterion.Root, variables, fields) ? new CriterionInput(variables, fields) : null;
    }

    /// <summary>True where a line plainly has the values of the one that was read last; false doesn't say that it hasn't.</summary>
    /// <param name="view">The line.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool IsAgain(in LineView view)
    {
        if (_stage || _event || !view.IsFlat)
            return false;
        foreach (var field in _fields)
            if (!field.IsAgain(view.PayloadText))
                return false;
        return true;
    }

    /// <summary>Reads a line's values.</summary>
    /// <param name="view">The line.</param>
    /// <param name="values">Gets their bytes: lines with the same ones have the same values.</param>
    /// <returns>How many bytes there are; -1 where they are too many, or the payload must be read to tell.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Read(in LineView view, Span<byte> values)
    {
        var rest = values;
        if ((_stage && !Add(view.Stage, ref rest)) || (_event && !Add(view.Event, ref rest)))
            return -1;
        if (_fields.Length == 0)
            return values.Length - rest.Length;
        if (!view.IsFlat)
            return -1;
        var payload = view.PayloadText;
        foreach (var field in _fields)
            if (!field.TryFind(payload, out var value) || !Add(value, ref rest))
                return -1;
        return values.Length - rest.Length;
    }

    // Each with its length before it, so that no two lists of values have the same bytes.
    private static bool Add(ReadOnlySpan<byte> value, ref Span<byte> rest)
    {
        if (value.Length >= Math.Min(rest.Length, byte.MaxValue))
            return false;
        rest[0] = (byte)value.Length;
        value.CopyTo(rest[1..]);
        rest = rest[(value.Length + 1)..];
        return true;
    }

    private static bool Gather(Node node, HashSet<string> variables, HashSet<string> fields)
    {
        switch (node)
        {
            case SelectNode { Operand: VariableNode { Name: "payload" } } select:
                fields.Add(select.Field);
                return FlatObject.Quoted(select.Field) is not null;
            case VariableNode variable:
                variables.Add(variable.Name);
                return variable.Name is "stage" or "event";
            default:
                return node.Children.All(c => Gather(c, variables, fields));
        }
    }
}
