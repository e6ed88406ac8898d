using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    internal bool IsOf(ReadOnlySpan<byte> stage, ReadOnlySpan<byte> occurrence) => stage.SequenceEqual(_stage) && occurrence.SequenceEqual(_event);
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
        var hash = HashOf(stage) + BitOperations.RotateLeft(HashOf(occurrence), 32);
        ref var known = ref _known[(hash * 0x9E3779B97F4A7C15) >> 54];
        if (known?.IsOf(stage, occurrence) == true)
            return known;
        var asked = new PairRules(rules, stage, occurrence);
        // A text of megabytes isn't there again.
        if (stage.Length + occurrence.Length <= LongestPair)
            known = asked;
        return asked;
    }

    // Of up to sixteen bytes each counts, and those of names are no more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashOf(ReadOnlySpan<byte> text)
    {
        if (text.Length > 16)
            return Digest.Of(text).A;
        if (text.Length >= 8)
            return (MemoryMarshal.Read<ulong>(text) * 0xD6E8FEB86659FD93) ^ MemoryMarshal.Read<ulong>(text[^8..]);
        var hash = (ulong)text.Length;
        foreach (var one in text)
            hash = (hash << 8) | one;
        return hash;
    }
}
