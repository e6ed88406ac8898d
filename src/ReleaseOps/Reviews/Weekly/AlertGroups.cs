using static System.FormattableString;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>Which alerts said too much, and what would make them fewer. Pure.</summary>
internal static class AlertGroups
{
    // How long people usually have an alert wait.
    private static readonly TimeSpan[] Waits =
        [.. new[] { 1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240 }.Select(m => TimeSpan.FromMinutes(m))];

    // Below this, that none was acted on may be chance.
    private const int Enough = 3;

    /// <summary>The groups with a false positive or a duplicate, those with most of them first.</summary>
    public static IReadOnlyList<AlertGroup> Of(WeeklyInput input)
    {
        var groupBy = input.Runbook.Review!.Weekly.GroupBy;
        return
        [
            .. FiredAlert.Of(input).GroupBy(f => KeyOf(f.Labels, groupBy), StringComparer.Ordinal).Select(g => Group(g.Key, [.. g], groupBy))
                .Where(g => g.FalsePositives > 0 || g.Duplicates > 0)
                .OrderByDescending(g => g.FalsePositives + g.Duplicates).ThenBy(g => g.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>What makes alerts one: <c>alertname=HighLatency, stage=router</c>; all labels where none of those is there.</summary>
    public static string KeyOf(IReadOnlyDictionary<string, string> labels, IReadOnlyList<string> groupBy)
    {
        var named = groupBy.Where(labels.ContainsKey).ToList();
        return string.Join(", ", (named.Count > 0 ? named : [.. labels.Keys.Order(StringComparer.Ordinal)]).Select(l => $"{l}={labels[l]}"));
    }

    private static AlertGroup Group(string key, IReadOnlyList<FiredAlert> fired, IReadOnlyList<string> groupBy)
    {
        var (again, sameLabels) = Duplicates(fired);
        var duplicates = again.Count;
        // What another one had said already, and somebody acted on that, was true.
        var falseOnes = fired.Where(f => f.IsNothing && !again.Contains(f)).ToList();
        var actedOn = fired.Where(f => f.IsAct).ToList();
        var varying = fired.SelectMany(f => f.Labels.Keys).Distinct(StringComparer.Ordinal)
            .Where(l => fired.Select(f => f.Labels.GetValueOrDefault(l)).Distinct(StringComparer.Ordinal).Count() > 1).Order(StringComparer.Ordinal)
                .ToList();
        var reductions = new List<string>();
        if (falseOnes.Count > 0)
            reductions.Add(Quieter(falseOnes, actedOn));
        if (falseOnes.Count >= Enough && actedOn.Count == 0)
            reductions.Add(Invariant($"make it a ticket instead of a call: none of the {falseOnes.Count} that were closed was acted on"));
        if (duplicates > 0 && varying.Count > 0)
            reductions.Add($"group_by: [{string.Join(", ", groupBy)}], without {string.Join(", ", varying)}: "
                + Invariant($"{fired.Count} alerts become {fired.Count - duplicates}"));
        if (duplicates > 0 && sameLabels)
            reductions.Add("deduplicate by its labels: the same alert was raised again while it was firing (two senders, or two rules)");
        return new AlertGroup(key)
        {
            Total = fired.Count,
            FalsePositives = falseOnes.Count,
            ActedOn = actedOn.Count,
            Duplicates = duplicates,
            Varying = varying,
            Reductions = reductions,
        };
    }

    /// <summary>A longer wait, where one tells the false ones from those that were acted on.</summary>
    private static string Quieter(List<FiredAlert> falseOnes, List<FiredAlert> actedOn)
    {
        var lasted = falseOnes.Select(f => f.Lasted).OfType<TimeSpan>().ToList();
        if (lasted.Count == 0)
            return Invariant($"write down when it started and ended: how long the {falseOnes.Count} false ones lasted isn't known, ")
                + "so no wait can be proposed";
        var longest = lasted.Max();
        var acted = actedOn.Select(f => f.Lasted).OfType<TimeSpan>().ToList();
        var about = Invariant($"{lasted.Count} of {falseOnes.Count} false ones lasted at most {Durations.Format(longest)}");
        if (Waits.FirstOrDefault(w => w > longest) is var wait && wait == TimeSpan.Zero)
            return $"raise its threshold: {about}, too long for a wait";
        if (acted.Count > 0 && acted.Min() <= wait)
            return $"raise its threshold: {about}, and one that was acted on lasted only {Durations.Format(acted.Min())}, so no wait tells them apart";
        return $"for: {Durations.Format(wait)}: {about}"
            + (acted.Count > 0 ? Invariant($"; those that were acted on ({acted.Count}) at least {Durations.Format(acted.Min())}") : "");
    }

    /// <summary>
    /// Those that began while another one was firing, or are called a duplicate: of each stretch of time all but one, which is the first that was
    /// acted on, or else the first that nobody calls a duplicate.
    /// </summary>
    private static (HashSet<FiredAlert> Again, bool SameLabels) Duplicates(IReadOnlyList<FiredAlert> fired)
    {
        var again = new HashSet<FiredAlert>(fired.Where(f => f.IsDuplicate), ReferenceEqualityComparer.Instance);
        var stretches = new List<List<FiredAlert>>();
        DateTimeOffset? until = null;
        foreach (var one in fired.Where(f => f.From is not null).OrderBy(f => f.From))
        {
            if (until is not { } open || (one.From >= open && one.From > stretches[^1][^1].From))
                stretches.Add([]);
            stretches[^1].Add(one);
            until = until > one.Until ? until : one.Until;
        }
        foreach (var stretch in stretches)
        {
            var told = stretch.Find(f => f.IsAct) ?? stretch.Find(f => !again.Contains(f)) ?? stretch[0];
            again.UnionWith(stretch.Where(f => !ReferenceEquals(f, told)));
        }
        return (again, stretches.Exists(s => s.GroupBy(f => f.Text, StringComparer.Ordinal)
            .Any(same => same.Zip(same.Skip(1)).Any(pair => pair.Second.From < pair.First.To))));
    }
}
