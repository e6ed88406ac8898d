using System.Text.Json;
using ReleaseOps.Gates;
using ReleaseOps.Ledger;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>Writes what a rollout does into the ledger, beside what its steps write there.</summary>
internal sealed class RolloutJournal(RunJournal journal)
{
    public void StageStarted(string stage, double weight) => journal.Note("stage.started", data => Stage(data, stage, weight));

    /// <summary>The traffic has this weight from now on: what moved it has been seen to end well.</summary>
    public void Weighted(string stage, double weight) => journal.Note("rollout.weight", data => Stage(data, stage, weight));

    public void Looked(string stage, IReadOnlyList<TriggerLook> triggers, IReadOnlyList<Finding> criteria) => journal.Note("rollout.look", data =>
    {
        data.WriteString("stage", stage);
        data.WriteStartArray("triggers");
        foreach (var look in triggers)
        {
            data.WriteStartObject();
            data.WriteString("name", look.Trigger.Name);
            data.WriteString("verdict", look.Finding.Verdict.ToString());
            data.WriteString("text", look.Finding.Text);
            data.WriteNumber("heldSeconds", look.State.Held.TotalSeconds);
            data.WriteNumber("inARow", look.State.InARow);
            data.WriteEndObject();
        }
        data.WriteEndArray();
        Findings(data, "criteria", criteria);
    });

    public void Fired(string stage, TriggerLook look) => journal.Note("trigger.fired", data =>
    {
        data.WriteString("stage", stage);
        data.WriteString("trigger", look.Trigger.Name);
        data.WriteString("then", look.Trigger.Then.ToString());
        data.WriteString("text", look.Finding.Text);
    });

    public void Held(string stage, string reason, DateTimeOffset until) => journal.Note("rollout.held", data =>
    {
        data.WriteString("stage", stage);
        data.WriteString("reason", reason);
        data.WriteString("until", LedgerText.Time(until));
    });

    public void Decided(StageResult stage) => journal.Note("stage.decided", data =>
    {
        Stage(data, stage.Stage, stage.Weight);
        data.WriteString("decision", stage.Decision.ToString());
        data.WriteString("reason", stage.Reason);
        if (stage.DecidedBy is { } by)
            data.WriteString("by", by);
        if (stage.Trigger is { } trigger)
            data.WriteString("trigger", trigger);
        if (stage.Gate?.Score is { } score)
            data.WriteNumber("score", score);
        if (stage.Gate is not { } gate)
            return;
        data.WriteString("gate", gate.Gate);
        data.WriteString("gateDecision", gate.Decision.ToString());
        data.WriteStartArray("findings");
        foreach (var finding in gate.Findings)
            StepJson.Write(data, finding);
        data.WriteEndArray();
    });

    public void RollbackStarted(string reason, string? trigger) => journal.Note("rollback.started", data =>
    {
        data.WriteString("reason", reason);
        if (trigger is not null)
            data.WriteString("trigger", trigger);
    });

    public void RollbackFinished(RollbackResult result) => journal.Note("rollback.finished", data =>
    {
        data.WriteString("verdict", result.Verdict.ToString());
        data.WriteNumber("elapsedSeconds", result.Elapsed.TotalSeconds);
        if (result.Within is { } within)
            data.WriteNumber("withinSeconds", within.TotalSeconds);
    });

    public void Rehearsed(string runbookDigest, Verdict verdict) => journal.Note("rollback.rehearsed", data =>
    {
        data.WriteString("runbookDigest", runbookDigest);
        data.WriteString("verdict", verdict.ToString());
    });

    private static void Stage(Utf8JsonWriter data, string stage, double weight)
    {
        data.WriteString("stage", stage);
        data.WriteNumber("weight", weight);
    }

    private static void Findings(Utf8JsonWriter data, string name, IReadOnlyList<Finding> findings)
    {
        data.WriteStartArray(name);
        foreach (var finding in findings)
        {
            data.WriteStartObject();
            data.WriteString("name", finding.Subject);
            data.WriteString("verdict", finding.Verdict.ToString());
            data.WriteString("text", finding.Text);
            data.WriteEndObject();
        }
        data.WriteEndArray();
    }
}
