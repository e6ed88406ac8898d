using System.Globalization;

namespace ReleaseOps.Reviews.Logs;

/// <summary>Joins what the workers, the blocks and the records say of a day.</summary>
internal static class DayResult
{
    /// <summary>The counts of a day.</summary>
    /// <param name="rules">What was counted.</param>
    /// <param name="log">What was read.</param>
    /// <param name="workers">Who counted.</param>
    /// <param name="fold">What the records say.</param>
    /// <param name="mostErrors">How many stages with errors are told.</param>
    internal static DayCounts Of(DayRules rules, LogReading log, IReadOnlyList<BlockCounter> workers, DayFold fold, int mostErrors)
    {
        var tallies = workers.Select(w => w.Tally).ToList();
        var stages = new StageErrorTally();
        foreach (var tally in tallies)
            stages.Add(tally.Stages);
        var names = new PlaceNames(log.Sources);
        var counts = rules.Selectors.Select((rule, i) => Count(rule, i, tallies, fold, names)).ToList();
        return new DayCounts
        {
            Day = rules.Day,
            EventTotal = tallies.Sum(t => t.Events),
            ErrorTotal = tallies.Sum(t => t.Errors),
            RunTotal = fold.Runs,
            FailedRunTotal = fold.FailedRuns,
            StageErrorTop = stages.Top(mostErrors),
            Counters = [.. counts.Take(rules.Counters)],
            Floor = [.. counts.Skip(rules.Counters)],
            Latency = fold.EndLatency(),
            Faults = Faults(log, workers, names, stages.Overflowed),
        };
    }

    private static NamedCount Count(LineRule rule, int i, IReadOnlyList<DayTally> tallies, DayFold fold, PlaceNames names)
    {
        if (rule.Duplicate.Length > 0)
            return new NamedCount(rule.Name, fold.Repeated[i]) { Untold = tallies.Sum(t => t.Untold[i]), Places = [.. fold.PlacesOf(i).Select(names.Of)] };
        return new NamedCount(rule.Name, tallies.Sum(t => t.Totals[i]))
        {
            Untold = tallies.Sum(t => t.Untold[i]),
            Places = [.. tallies.SelectMany(t => t.Places[i].Kept).Order().Take(DayTally.MostPlaces).Select(names.Of)],
        };
    }

    private static LogFaults Faults(LogReading log, IReadOnlyList<BlockCounter> workers, PlaceNames names, bool manyStages)
    {
        var places = workers.SelectMany(w => w.Faults.Kept.Concat(w.Tally.Faults.Kept)).Concat(log.Sources.SelectMany(s => s.KnownFaults))
            .OrderBy(f => f.Place).ThenBy(f => f.Kind).Take(DayTally.MostFaults).Select(f => $"{names.Of(f.Place)}: {f.Text}");
        var broken = log.Sources.Where(s => s.Blocks.Problem is not null).Select(s => $"{s.Source.Name}: {s.Blocks.Problem}").ToList();
        List<string> problems = [.. broken];
        if (manyStages)
            problems.Add($"more than {StageErrorTally.MostStages} stages have errors: those that were seen last aren't told apart");
        var (lines, blank, malformed, undated, tooLong, isTruncated) = (0L, 0L, 0L, 0L, 0L, false);
        // Of years there are many blocks, and each is looked at once.
        foreach (var facts in log.Sources.SelectMany(s => s.Facts))
        {
            lines += facts.Lines;
            blank += facts.Blank;
            malformed += facts.Malformed;
            undated += facts.Undated;
            tooLong += facts.TooLong;
            isTruncated |= facts.IsTruncated;
        }
        return new LogFaults
        {
            Lines = lines,
            Blank = blank,
            Malformed = malformed,
            Undated = undated,
            WrongType = workers.Sum(w => w.Tally.WrongType),
            Unjudged = workers.Sum(w => w.Tally.Unjudged),
            TooLong = tooLong,
            AmongDay = log.Sources.Sum(s => UntimedLines.AmongDay(s.Facts.Select(f => f.Untimed))),
            Broken = broken,
            TruncatedEnd = isTruncated || broken.Count > 0,
            Places = [.. problems.Concat(places).Take(DayTally.MostFaults)],
        };
    }
}

/// <summary>Places in words: <c>events.jsonl:17</c>.</summary>
/// <param name="sources">The sources, all read.</param>
internal sealed class PlaceNames(IReadOnlyList<SourceReading> sources)
{
    private readonly Dictionary<int, long[]> _before = [];

    /// <summary>A place in words.</summary>
    internal string Of(LinePlace place)
    {
        if (!_before.TryGetValue(place.Source, out var before))
            _before.Add(place.Source, before = Before(sources[place.Source]));
        return string.Create(CultureInfo.InvariantCulture, $"{sources[place.Source].Source.Name}:{before[place.Block] + place.Line + 1}");
    }

    // How many lines stand before each block.
    private static long[] Before(SourceReading source)
    {
        var lines = 0L;
        return [.. source.Facts.Select(f => (lines += f.Lines) - f.Lines)];
    }
}
