using System.Runtime.InteropServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>Errors by stage, each with the place of its first one.</summary>
internal sealed class StageErrorTally
{
    /// <summary>How many stages are told apart.</summary>
    internal const int MostStages = 50_000;

    // A name is shown to people; what is longer tells them nothing.
    private const int LongestName = 256;

    private static readonly string Unknown = "unknown";

    private readonly Dictionary<Digest, Entry> _stages = [];

    /// <summary>True where there were more stages than are told apart; later ones aren't in it.</summary>
    internal bool Overflowed { get; private set; }

    /// <summary>Notes an error.</summary>
    /// <param name="stage">Its stage.</param>
    /// <param name="place">Where it stands.</param>
    internal void Add(ReadOnlySpan<byte> stage, LinePlace place) =>
        Add(stage.IsEmpty ? Digest.Of("unknown"u8) : Digest.Of(stage), stage, 1, place);

    /// <summary>Takes over another one's.</summary>
    internal void Add(StageErrorTally other)
    {
        Overflowed |= other.Overflowed;
        foreach (var (key, entry) in other._stages)
        {
            ref var mine = ref CollectionsMarshal.GetValueRefOrAddDefault(_stages, key, out var there);
            mine = there ? new Entry(mine.Name, mine.Count + entry.Count, Earlier(mine.First, entry.First)) : entry;
        }
    }

    /// <summary>The stages with most errors; of two with as many the one that was seen first.</summary>
    /// <param name="most">How many of them.</param>
    internal IReadOnlyList<StageErrors> Top(int most) =>
    [
        .. _stages.Values.OrderByDescending(s => s.Count).ThenBy(s => s.First).Take(most).Select(s => new StageErrors(s.Name, s.Count)),
    ];

    private void Add(Digest key, ReadOnlySpan<byte> stage, long count, LinePlace place)
    {
        if (_stages.TryGetValue(key, out var entry))
            _stages[key] = entry with { Count = entry.Count + count, First = Earlier(entry.First, place) };
        else if (_stages.Count < MostStages)
            _stages.Add(key, new Entry(stage.IsEmpty ? Unknown : NameOf(stage), count, place));
        else
            Overflowed = true;
    }

    private static string NameOf(ReadOnlySpan<byte> stage)
    {
        var name = JsonText.Show(stage.Length > LongestName * 4 ? stage[..(LongestName * 4)] : stage);
        return name.Length <= LongestName ? name : name[..LongestName] + "...";
    }

    private static LinePlace Earlier(LinePlace one, LinePlace other) => one.CompareTo(other) <= 0 ? one : other;

    private readonly record struct Entry(string Name, long Count, LinePlace First);
}
