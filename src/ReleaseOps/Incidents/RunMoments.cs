using ReleaseOps.Ledger;

namespace ReleaseOps.Incidents;

/// <summary>What runs did to the release, for the story of an incident: stages, ways back, decisions.</summary>
internal sealed class RunMoments
{
    private const int MostListed = 2000;

    private readonly List<IncidentMoment> _all = [];
    private readonly Dictionary<string, string> _jobs = new(StringComparer.Ordinal);

    public IReadOnlyList<IncidentMoment> All => _all;

    /// <summary>True while a rollback is under way.</summary>
    public bool IsRollingBack { get; private set; }

    public void Take(LedgerEvent e)
    {
        string Of(string name) => LedgerText.Of(e.Data, name);
        if (e.Type == "run.started")
            _jobs[e.Run] = Of("job").ToLowerInvariant();
        IsRollingBack = e.Type switch
        {
            "rollback.started" => true,
            "rollback.finished" or "run.finished" or "run.abandoned" => false,
            _ => IsRollingBack,
        };
        var text = e.Type switch
        {
            "stage.started" => $"stage {Of("stage")} began",
            "stage.decided" => $"stage {Of("stage")} was decided: {Of("decision")}{Why(Of("reason"))}",
            "rollout.held" => $"stage {Of("stage")} is held{Why(Of("reason"))}",
            "trigger.fired" => $"trigger {Of("trigger")} fired: {Of("text")}",
            "rollback.started" => $"the rollback began{Why(Of("reason"))}",
            "rollback.finished" => $"the rollback ended: {Of("verdict")}",
            "run.finished" => $"the {Job(e)} ended: {Of("decision")}",
            _ => null,
        };
        if (text is not null && _all.Count < MostListed)
            _all.Add(new IncidentMoment(e.At, Job(e), text));
    }

    private string Job(LedgerEvent e) => _jobs.GetValueOrDefault(e.Run) is { Length: > 0 } job ? job : "run";

    private static string Why(string reason) => reason.Length == 0 ? "" : ": " + reason;
}
