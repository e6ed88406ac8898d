using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>One incident while the ledger is read: what it is by now, and what happened.</summary>
internal sealed class IncidentEntry(Incident opened)
{
    /// <summary>How much of each incident is listed; the ledger has it all.</summary>
    private const int MostListed = 2000;

    private readonly List<IncidentWord> _updates = [];
    private readonly List<IncidentNotice> _notices = [];
    private readonly List<IncidentMoment> _timeline = [];

    public Incident Now { get; private set; } = opened;

    /// <summary>Somebody told the watch that it is over, and the watch didn't know yet that its signal is gone.</summary>
    public (DateTimeOffset At, string By)? Closing { get; set; }

    public void Set(Func<Incident, Incident> change) => Now = change(Now);

    public void Add(DateTimeOffset at, string by, string text)
    {
        if (_timeline.Count < MostListed)
            _timeline.Add(new IncidentMoment(at, by, text));
    }

    public void Add(IncidentNotice notice)
    {
        if (_notices.Count < MostListed)
            _notices.Add(notice);
    }

    public void Add(IncidentWord word)
    {
        if (_updates.Count < MostListed)
            _updates.Add(word);
    }

    /// <summary>What it is, with what happened in its run; at a time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="ofRuns">What runs did to the release, all of it.</param>
    public Incident At(DateTimeOffset now, IReadOnlyList<IncidentMoment> ofRuns)
    {
        DateTimeOffset?[] beginnings = [Now.OpenedAt, Now.SignalAt, Now.ImpactFrom];
        var (from, to) = (beginnings.Min(), Now.ResolvedAt ?? now);
        return Now with
        {
            Updates = [.. _updates],
            Notices = [.. _notices],
            Timeline = [.. _timeline.Concat(ofRuns.Where(m => m.At >= from && m.At <= to)).OrderBy(m => m.At)],
            IsUpdateOverdue = Now.IsOpen && Now.NextUpdateAt <= now,
        };
    }
}
