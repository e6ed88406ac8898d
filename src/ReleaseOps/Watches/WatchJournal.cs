using System.Text.Json;
using ReleaseOps.Gates;
using ReleaseOps.Ledger;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>Writes a watch into the ledger; each line goes straight back into its state, so that what is known is what is on record.</summary>
internal sealed class WatchJournal(FileLedger ledger, WatchHistory history)
{
    public const string Began = "watch.started";
    public const string Past = "watch.past";
    public const string Moved = "watch.moved";
    public const string Jumped = "watch.clock";
    public const string Checked = "watch.checked";
    public const string Blinded = "watch.blind";
    public const string Judged = "watch.judged";
    public const string Called = "watch.called";

    public static void Write(Utf8JsonWriter data, WatchSetup setup)
    {
        data.WriteString("t0", LedgerText.Time(setup.T0));
        data.WriteString("beganAt", LedgerText.Time(setup.BeganAt));
        data.WriteString("endsAt", LedgerText.Time(setup.EndsAt));
        data.WriteNumber("intervalSeconds", setup.Watch.Interval.TotalSeconds);
        if (setup.Commander is { } commander)
            data.WriteString("commander", commander);
    }

    public void Looked(WatchLook look) => Append(WatchLookJson.Type, data => WatchLookJson.Write(data, look));

    public void Counted(string slo, SloPast past) => Append(Past, data =>
    {
        data.WriteString("slo", slo);
        if (past is { BadBefore: { } bad, TotalBefore: { } total })
        {
            data.WriteNumber("bad", bad);
            data.WriteNumber("total", total);
        }
        data.WriteStartArray("steps");
        foreach (var step in past.Steps)
            WatchLookJson.Write(data, step);
        data.WriteEndArray();
    });

    /// <summary>The grid goes on from another time.</summary>
    public void MovedTo(DateTimeOffset at, TimeSpan back) => Append(Moved, data =>
    {
        data.WriteString("at", LedgerText.Time(at));
        data.WriteNumber("backSeconds", back.TotalSeconds);
    });

    /// <summary>The clock jumped, or the machine slept.</summary>
    public void ClockJumped(TimeSpan by) => Append(Jumped, data => data.WriteNumber("jumpedSeconds", Math.Round(by.TotalSeconds, 3)));

    /// <summary>Nothing could be asked since then; null: it can again.</summary>
    public void Blind(DateTimeOffset? since, string why) => Append(Blinded, data =>
    {
        if (since is { } at)
            data.WriteString("since", LedgerText.Time(at));
        data.WriteString("why", why);
    });

    public void ChecksRan(int round, IReadOnlyList<StepResult> results) => Append(Checked, data =>
    {
        data.WriteNumber("round", round);
        data.WriteStartArray("results");
        foreach (var result in results)
            StepJson.Write(data, result);
        data.WriteEndArray();
    });

    public void Said(WatchCall call) => Append(TypeOf(call.Kind), data =>
    {
        data.WriteString("key", call.Key);
        data.WriteString("kind", call.Kind.ToString());
        data.WriteString("at", LedgerText.Time(call.At));
        data.WriteString("subject", call.Subject);
        data.WriteString("verdict", call.Verdict.ToString());
        data.WriteString("text", call.Text);
        if (history.Fold!.Incidents.All.FirstOrDefault(i => i.Id == call.Subject) is { } incident)
            Write(data, incident);
    });

    public void Decided(IReadOnlyList<GateResult> gates, Decision decision, IReadOnlyList<Finding> findings)
    {
        Append(Judged, data =>
        {
            data.WriteString("decision", decision.ToString());
            data.WriteStartArray("gates");
            foreach (var gate in gates)
            {
                data.WriteStartObject();
                data.WriteString("gate", gate.Gate);
                data.WriteString("decision", gate.Decision.ToString());
                if (gate.Score is { } score)
                    data.WriteNumber("score", score);
                Write(data, "findings", gate.Findings);
                data.WriteEndObject();
            }
            data.WriteEndArray();
            Write(data, "findings", findings);
        });
        Append("run.finished", data => data.WriteString("decision", decision.ToString()));
    }

    private void Append(string type, Action<Utf8JsonWriter> data) => history.Take(ledger.Append(type, history.Run!, data));

    /// <summary>What a watch says of incidents has types of its own, for those who read the ledger for nothing else.</summary>
    private static string TypeOf(CallKind kind) => kind switch
    {
        CallKind.IncidentOpened => "incident.opened",
        CallKind.IncidentRaised => "incident.raised",
        CallKind.AcknowledgeOverdue or CallKind.MitigateOverdue or CallKind.UpdateOverdue => "incident.overdue",
        CallKind.MitigationVerified => "incident.verified",
        CallKind.IncidentReturned => "incident.returned",
        _ => Called,
    };

    private static void Write(Utf8JsonWriter data, WatchIncident incident)
    {
        data.WriteStartObject("incident");
        data.WriteString("source", incident.Source);
        data.WriteString("severity", incident.Severity);
        data.WriteString("openedAt", LedgerText.Time(incident.OpenedAt));
        data.WriteString("text", incident.Text);
        if (incident.Owner is { } owner)
            data.WriteString("owner", owner);
        if (incident.Escalation is { } escalation)
            data.WriteString("escalation", escalation);
        if (incident.AcknowledgeBy is { } acknowledge)
            data.WriteString("acknowledgeBy", LedgerText.Time(acknowledge));
        if (incident.MitigateBy is { } mitigate)
            data.WriteString("mitigateBy", LedgerText.Time(mitigate));
        data.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter data, string name, IReadOnlyList<Finding> findings)
    {
        data.WriteStartArray(name);
        foreach (var finding in findings)
            StepJson.Write(data, finding);
        data.WriteEndArray();
    }
}
