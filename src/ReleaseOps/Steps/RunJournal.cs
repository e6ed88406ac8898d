using System.Text.Json;
using ReleaseOps.Ledger;

namespace ReleaseOps.Steps;

/// <summary>Writes one run into the release's ledger, and reads runs back from it.</summary>
internal sealed class RunJournal(FileLedger ledger, string run)
{
    public void Started(Plan plan, RunJob job) => ledger.Append("run.started", run, data =>
    {
        data.WriteString("job", job.ToString());
        data.WriteString("runbook", plan.Runbook.Name);
        data.WriteString("runbookDigest", plan.Runbook.Digest);
        data.WriteString("planDigest", plan.Digest);
        data.WriteString("product", plan.Release.Product);
        data.WriteString("version", plan.Release.Version);
        data.WriteStartArray("phases");
        foreach (var phase in plan.Phases)
            data.WriteStringValue(phase);
        data.WriteEndArray();
    });

    public void Resumed() => ledger.Append("run.resumed", run);

    /// <summary>Gives up an earlier run that was cut short before it changed anything.</summary>
    public void Abandoned(string earlier) => ledger.Append("run.abandoned", earlier, data => data.WriteString("by", run));

    /// <summary>Recorded, and on disk, before the action is begun.</summary>
    public void ActionStarted(PlannedStep step)
    {
        ledger.CheckOwnership();
        ledger.Append("step.started", run, data =>
        {
            data.WriteString("phase", step.Phase);
            data.WriteString("id", step.Id);
            data.WriteString("does", step.Does);
            data.WriteString("changes", step.Changes);
        });
    }

    public void StepFinished(StepResult result) => ledger.Append("step.finished", run, StepJson.ToElement(result));

    public void Interrupted() => ledger.Append("run.interrupted", run);

    /// <summary>Records something else that happened in this run.</summary>
    public void Note(string type, Action<Utf8JsonWriter> data) => ledger.Append(type, run, data);

    public void Finished(Decision decision) => ledger.Append("run.finished", run, data => data.WriteString("decision", decision.ToString()));

    /// <summary>The runs that the ledger knows, oldest first.</summary>
    public static IReadOnlyList<RunHistory> Histories(IEnumerable<LedgerEvent> events)
    {
        var runs = new Dictionary<string, Folding>(StringComparer.Ordinal);
        foreach (var e in events)
        {
            if (e.Type == "run.started")
                runs[e.Run] = new Folding(e.Run, JobOf(e.Data), Text(e.Data, "runbook"), Text(e.Data, "planDigest"), e.At);
            else if (runs.TryGetValue(e.Run, out var folding))
                folding.Take(e);
        }
        return [.. runs.Values.Select(r => r.ToHistory())];
    }

    private static string Text(JsonElement data, string name) => LedgerText.Of(data, name);

    private static RunJob JobOf(JsonElement data) => Enum.TryParse<RunJob>(Text(data, "job"), out var job) ? job : RunJob.Checklist;

    private sealed class Folding(string run, RunJob job, string runbook, string planDigest, DateTimeOffset startedAt)
    {
        private readonly Dictionary<string, StepResult> _finished = new(StringComparer.Ordinal);
        private readonly HashSet<string> _inDoubt = new(StringComparer.Ordinal);
        private bool _changed;
        private bool _ended;
        private bool _abandoned;

        public void Take(LedgerEvent e)
        {
            switch (e.Type)
            {
                case "step.started":
                    _changed = true;
                    _inDoubt.Add(Text(e.Data, "id"));
                    break;
                case "step.finished":
                    var result = StepJson.Read(e.Data);
                    _inDoubt.Remove(result.Id);
                    // What was left out is looked at again; only what was done is done.
                    if (result.Verdict != Verdict.Skipped)
                        _finished[result.Id] = result;
                    break;
                case "run.finished":
                    _ended = true;
                    break;
                case "run.abandoned":
                    _abandoned = true;
                    break;
            }
        }

        public RunHistory ToHistory() => new(run, job, runbook, planDigest, startedAt)
        {
            Steps = _finished,
            InDoubt = _inDoubt,
            ChangedSomething = _changed,
            Finished = _ended,
            Abandoned = _abandoned,
        };
    }
}
