using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Watches;

/// <summary>The objectives of a watch, and how their budgets burn.</summary>
internal sealed class BudgetBook(WatchSetup setup)
{
    private readonly Dictionary<string, SloTracker> _trackers =
        setup.Runbook.Slos.ToDictionary(s => s.Name, s => new SloTracker(s, setup.Excluded, null), StringComparer.Ordinal);
    private readonly IReadOnlyList<Exclusion> _excluded = setup.Excluded;
    private readonly Dictionary<string, PlotTrack> _left = setup.Runbook.Slos.ToDictionary(s => s.Name, _ => new PlotTrack(), StringComparer.Ordinal);
    private readonly Dictionary<string, SloStanding> _standings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _burning = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _blind = new(StringComparer.Ordinal);

    /// <summary>The budget left of each objective over time, in percent.</summary>
    public IReadOnlyDictionary<string, PlotTrack> Left => _left;

    /// <summary>The objectives whose past isn't known yet.</summary>
    public IEnumerable<Slo> WithoutPast => setup.Runbook.Slos.Where(s => !_known.Contains(s.Name));

    /// <summary>Where each objective stands, in the runbook's order.</summary>
    public IReadOnlyList<SloStanding> Standings => [.. setup.Runbook.Slos.Select(s => StandingOf(s.Name))];

    /// <summary>The objectives that open incidents and of which no step of the watch could be told.</summary>
    public IEnumerable<string> NeverTold => Deciding.Where(s => !_told.Contains(s));

    /// <summary>The first objective that opens incidents and of which the last step couldn't be told; null for none.</summary>
    public string? Untold => Deciding.FirstOrDefault(_blind.Contains);

    private IEnumerable<string> Deciding => setup.Runbook.Slos.Where(s => (s.Page ?? s.Ticket) is not null).Select(s => s.Name);

    /// <summary>Where one objective stands after its last step.</summary>
    public SloStanding StandingOf(string slo) =>
        _standings.TryGetValue(slo, out var standing) ? standing : _standings[slo] = _trackers[slo].Standing;

    /// <summary>Takes what was counted before the watch.</summary>
    public void Take(string slo, SloPast past)
    {
        if (setup.Runbook.Slos.FirstOrDefault(s => s.Name == slo) is not { } known || !_known.Add(slo))
            return;
        _trackers[slo] = new SloTracker(known, setup.Excluded, past);
        _standings.Remove(slo);
    }

    /// <summary>Takes the steps that ended with a look.</summary>
    public IEnumerable<WatchCall> Take(WatchLook look)
    {
        foreach (var slo in setup.Runbook.Slos)
        {
            if (look.Counts.TryGetValue(slo.Name, out var counts))
            {
                foreach (var count in counts)
                {
                    _trackers[slo.Name].Take(count);
                    See(slo, count);
                }
                _standings.Remove(slo.Name);
            }
            var standing = StandingOf(slo.Name);
            _left[slo.Name].Take(look.At, standing.BudgetLeft);
            foreach (var burn in standing.Burns)
            {
                var id = $"slo:{slo.Name}:{Durations.Format(burn.Rule.Long)}";
                if (burn.Fires == true && _burning.Add(id))
                    yield return new WatchCall($"{id}:burning:{look.Slot}", CallKind.BudgetBurning, look.At, slo.Name, Verdict.Failed, $"{slo.Name}: {burn.Text}");
                else if (burn.Fires == false)
                    _burning.Remove(id);
            }
        }
    }

    /// <summary>Whether a step could be told; one that doesn't count is no gap.</summary>
    private void See(Slo slo, SloCount count)
    {
        if (SloTally.Of(count.Bad, count.Total, slo.Step) is not null)
            _told.Add(slo.Name);
        else if (!_excluded.Any(e => e.Overlaps(count.End - slo.Step, count.End)))
        {
            _blind.Add(slo.Name);
            return;
        }
        _blind.Remove(slo.Name);
    }
}
