using System.Globalization;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>A watch as text: where it stands, or what it would have said and decided over a time that is past.</summary>
public static class WatchText
{
    /// <summary>Writes where it stands: the status, what is so, and what it would come to; the closing line last.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="watch">The watch.</param>
    public static void WriteStanding(TextWriter to, WatchResult watch)
    {
        ArgumentNullException.ThrowIfNull(watch);
        Head(to, watch);
        to.WriteLine(WatchFacts.Status(watch, watch.AsOf));
        foreach (var fact in WatchFacts.Of(watch, watch.AsOf))
            to.WriteLine($"  {fact.Word,-5} {fact.Text}");
        to.WriteLine();
        // What doesn't decide stands above, with its clocks.
        WriteFindings(to, watch.Findings.Where(f => f.Required));
        if (watch.Folder is { } folder)
            to.WriteLine("Evidence: " + folder);
        to.WriteLine(OneLine.Of(watch.Summary));
    }

    /// <summary>What has ended, in a line: who reads of it later must see which watch that was, and when.</summary>
    /// <param name="watch">The watch.</param>
    public static string Ended(WatchResult watch)
    {
        ArgumentNullException.ThrowIfNull(watch);
        return OneLine.Of($"{watch.Release}, out since {WatchFacts.Clock(watch.T0)}, run {watch.Run}: {WatchFacts.Status(watch, watch.AsOf)}");
    }

    /// <summary>Writes a replay: every call by time, the thresholds of the day beside those of every other day, and the closing line.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="watch">The replay's result.</param>
    public static void WriteReplay(TextWriter to, WatchResult watch)
    {
        ArgumentNullException.ThrowIfNull(watch);
        Head(to, watch);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{WatchFacts.Clock(watch.T0)} to {WatchFacts.Clock(watch.AsOf)}, {watch.Looks} looks, {watch.Untold} of them could not tell everything"));
        to.WriteLine();
        if (watch.Calls.Count == 0)
            to.WriteLine("It would have said nothing.");
        else
            TextTable.Write(to, ["When", "T", "Call", "What"], watch.Calls.Select(c => new[]
            {
                WatchFacts.Clock(c.At), "T+" + WatchFacts.Short(c.At - watch.T0), WatchProgress.WordOf(c), c.Text,
            }));
        if (watch.Thresholds.Count > 0)
        {
            to.WriteLine();
            TextTable.Write(
                to, ["Threshold", "Day one", "Breaches", "First at", "In all", "Other days", "Breaches", "First at", "In all"],
                watch.Thresholds.Select(Row));
        }
        to.WriteLine();
        WriteFindings(to, watch.Findings);
        to.WriteLine(OneLine.Of(watch.Summary));
    }

    private static void Head(TextWriter to, WatchResult watch) =>
        to.WriteLine(OneLine.Of($"{watch.Title} — {watch.Release}{(watch is { Replayed: false, Run: { } run } ? ", run " + run : "")}"));

    private static void WriteFindings(TextWriter to, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings.Where(f => f.Verdict is Verdict.Failed or Verdict.Inconclusive))
            to.WriteLine(OneLine.Of($"{StatusWord.Of(finding.Verdict)} {(finding.Required ? "" : "(optional) ")}{WatchFacts.Sentence(finding)}"));
    }

    private static string[] Row(ThresholdStanding threshold) =>
    [
        threshold.Name, threshold.Condition, Count(threshold.Breaches), First(threshold.FirstBreach), InAll(threshold.Breached),
        .. threshold.Normal is { } normal
            ? new[] { normal, Count(threshold.NormalBreaches), First(threshold.NormalFirstBreach), InAll(threshold.NormalBreached) }
            : ["-", "-", "-", "-"],
    ];

    private static string Count(int breaches) => breaches.ToString(CultureInfo.InvariantCulture);

    private static string First(DateTimeOffset? at) => at is { } first ? WatchFacts.Clock(first) : "-";

    private static string InAll(TimeSpan time) => time == TimeSpan.Zero ? "-" : WatchFacts.Short(time);
}
