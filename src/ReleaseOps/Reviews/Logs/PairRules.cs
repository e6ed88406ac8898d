using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>What the rules say of a stage and an event, whatever else a line has.</summary>
internal sealed class PairRules
{
    private readonly Name _stage;
    private readonly Name _event;

    /// <summary>Asks the rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="stage">The stage; empty for none.</param>
    /// <param name="occurrence">The event; empty for none.</param>
    internal PairRules(DayRules rules, ReadOnlySpan<byte> stage, ReadOnlySpan<byte> occurrence)
    {
        (_stage, _event) = (Name.Of(stage), Name.Of(occurrence));
        IsError = occurrence.SequenceEqual(rules.ErrorEvent);
        var spans = new List<(int, int)>();
        for (var i = 0; i < rules.Latency.Length; i++)
        {
            var span = rules.Latency[i];
            if (!stage.SequenceEqual(span.Stage))
                continue;
            if (occurrence.SequenceEqual(span.Start))
                spans.Add((1 + i, 0));
            else if (occurrence.SequenceEqual(span.End))
                spans.Add((1 + i, 1));
        }
        var selectors = new List<int>();
        for (var i = 0; i < rules.Selectors.Length; i++)
            if (rules.Selectors[i].Means(stage, occurrence))
                selectors.Add(i);
        (Spans, Selectors) = ([.. spans], [.. selectors]);
    }

    /// <summary>True for an error.</summary>
    internal bool IsError { get; }

    /// <summary>The stages whose beginning (mark 0) or end (mark 1) it is; as <see cref="DayRecord"/> has them.</summary>
    internal (int Group, int Mark)[] Spans { get; }

    /// <summary>The selectors that ask for no other stage or event.</summary>
    internal int[] Selectors { get; }

    /// <summary>True where it was made for these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsOf(in Name stage, in Name occurrence) => _stage.Is(stage) && _event.Is(occurrence);
}

/// <summary>Remembers what the rules say of pairs: a log has the same few again and again. Of two that have one place the last one is remembered.</summary>
/// <param name="rules">The rules.</param>
internal sealed class PairTable(DayRules rules)
{
    private const int Places = 1024;
    private const int LongestPair = 512;

    private readonly PairRules?[] _known = new PairRules?[Places];

    /// <summary>What the rules say of a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal PairRules Of(ReadOnlySpan<byte> stage, ReadOnlySpan<byte> occurrence)
    {
        // A text of megabytes isn't there again.
        if (stage.Length + occurrence.Length > LongestPair)
            return new PairRules(rules, stage, occurrence);
        var (one, other) = (Name.Of(stage), Name.Of(occurrence));
        ref var known = ref _known[((one.Hash ^ ulong.RotateLeft(other.Hash, 32)) * 0x9E3779B97F4A7C15) >> 54];
        if (known?.IsOf(one, other) != true)
            known = new PairRules(rules, stage, occurrence);
        return known;
    }
}
