using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>What the rules say of a stage and an event, whatever else a line has.</summary>
internal sealed class PairRules
{
    private readonly byte[] _stage;
    private readonly byte[] _event;

    /// <summary>Asks the rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="stage">The stage; empty for none.</param>
    /// <param name="occurrence">The event; empty for none.</param>
    internal PairRules(DayRules rules, ReadOnlySpan<byte> stage, ReadOnlySpan<byte> occurrence)
    {
        (_stage, _event) = (stage.ToArray(), occurrence.ToArray());
        IsError = occurrence.SequenceEqual(rules.ErrorEvent);
        Spans =
        [
            .. from i in Enumerable.Range(0, rules.Latency.Length)
               let span = rules.Latency[i]
               where _stage.AsSpan().SequenceEqual(span.Stage)
               let mark = _event.AsSpan().SequenceEqual(span.Start) ? 0 : _event.AsSpan().SequenceEqual(span.End) ? 1 : -1
               where mark >= 0
               select (1 + i, mark),
        ];
        Selectors = [.. Enumerable.Range(0, rules.Selectors.Length).Where(i => rules.Selectors[i].Means(_stage, _event))];
    }

    /// <summary>True for an error.</summary>
    internal bool IsError { get; }

    /// <summary>The stages whose beginning (mark 0) or end (mark 1) it is; as <see cref="DayRecord"/> has them.</summary>
    internal (int Group, int Mark)[] Spans { get; }

    /// <summary>The selectors that ask for no other stage or event.</summary>
    internal int[] Selectors { get; }

    /// <summary>True where it was made for these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsOf(ReadOnlySpan<byte> stage, ReadOnlySpan<byte> occurrence) => stage.SequenceEqual(_stage) && occurrence.SequenceEqual(_event);
}

/// <summary>Remembers what the rules say of pairs: a log has the same few again and again. Of two that have one place the last one is remembered.</summary>
/// <param name="rules">The rules.</param>
internal sealed class PairTable(DayRules rules)
{
    private readonly PairRules?[] _known = new PairRules?[256];

    /// <summary>What the rules say of a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal PairRules Of(ReadOnlySpan<byte> stage, ReadOnlySpan<byte> occurrence)
    {
        var place = ((uint)stage.Length * 7) + ((uint)occurrence.Length * 61);
        if (!stage.IsEmpty)
            place += stage[0] + ((uint)stage[^1] * 13);
        if (!occurrence.IsEmpty)
            place += ((uint)occurrence[0] * 29) + occurrence[^1];
        ref var known = ref _known[place % 256];
        if (known?.IsOf(stage, occurrence) != true)
            known = new PairRules(rules, stage, occurrence);
        return known;
    }
}
