using System.Text.Json;
using ReleaseOps.Incidents;
using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;

namespace ReleaseOps.Tests.Incidents;

/// <summary>A release with a ledger that is written line by line, on a clock that is set.</summary>
internal sealed class IncidentBench : IDisposable
{
    public static readonly DateTimeOffset T0 = new(2026, 11, 21, 18, 0, 0, TimeSpan.Zero);

    private readonly Bench _bench = new();
    private readonly SetClock _clock = new();
    private DateTimeOffset _opened;

    public IncidentBench(string more = "", string parameters = "parameters: { version: 1.0.0, host: shop.example.com }")
    {
        Book = Bench.Book($$"""
            runbook: test
            product: thing
            {{parameters}}
            sources: { prometheus: { url: 'http://127.0.0.1:9' } }
            metrics: { rate: { prometheus: rate } }
            severities:
              SEV1: { definition: errors, when: rate >= 5.0, acknowledge: 10m, mitigate: 1h, owner: Dev On-call, escalation: Engineering Manager }
              SEV2: { definition: some errors, acknowledge: 30m, mitigate: 4h, next-update: 45m, owner: Feature Dev }
              SEV3: { definition: minor, owner: Backlog owner }
            schedule: [{ at: T+2h, what: First look, owner: SRE }, { at: T+4h, what: Feedback }]
            watch: { window: 24h }
            {{more}}
            """);
        Plan = Bench.Plan(Book);
    }

    public Runbook Book { get; }

    public Plan Plan { get; }

    public RunOptions Options => _bench.Options(o => o with { Clock = _clock, Actor = "ana" });

    public string Folder => Path.Combine(_bench.EvidenceRoot, Plan.Release.FolderName);

    public IReadOnlyList<Incident> Incidents => IncidentUpdates.Read(Plan, Options);

    public Incident Only => Assert.Single(Incidents);

    public void Dispose() => _bench.Dispose();

    /// <summary>The clock goes on to a minute after T-0.</summary>
    public IncidentBench At(double minute)
    {
        _clock.Now = T0.AddMinutes(minute);
        return this;
    }

    /// <summary>One line of the ledger.</summary>
    public IncidentBench Write(string type, string data, string run = "")
    {
        using var ledger = FileLedger.Open(Folder, "ana", _clock, SecretMask.None);
        ledger.Append(type, run, JsonDocument.Parse(data).RootElement);
        return this;
    }

    /// <summary>A call of a watch, now.</summary>
    public IncidentBench Call(string type, string id, string text, string severity = "SEV1", string source = "severity", DateTimeOffset? at = null) => Write(type, $$"""
        {"key":"{{id}}:x","kind":"{{(type == "incident.opened" ? "IncidentOpened" : "x")}}","at":"{{at ?? _clock.Now:O}}","subject":"{{id}}","verdict":"Failed",
         "text":"{{severity}} {{id}}: {{text}}",
         "incident":{"source":"{{source}}","severity":"{{severity}}","openedAt":"{{at ?? _clock.Now:O}}","text":"{{text}}","owner":"Dev On-call",
          "acknowledgeBy":"{{Opened(type).AddMinutes(10):O}}","mitigateBy":"{{_opened.AddMinutes(60):O}}"} }
        """);

    /// <summary>Somebody tells the watch something, now.</summary>
    public IncidentBench Say(WatchWordKind kind, string? subject = "INC-1", string? text = null, string? value = null, DateTimeOffset? at = null)
    {
        using var ledger = FileLedger.Open(Folder, "ana", _clock, SecretMask.None);
        ledger.Append(WatchWordJson.Type, "", data => WatchWordJson.Write(data,
            new WatchWord(kind, "bob", at ?? _clock.Now) { Subject = subject, Text = text, Value = value }));
        return this;
    }

    public IncidentUpdate Draft(IncidentRequest request) => IncidentUpdates.Draft(Plan, request, Options);

    /// <summary>An update that is put on record.</summary>
    public IncidentUpdate Tell(IncidentRequest request)
    {
        var update = Draft(request);
        Record(update, Options);
        return update;
    }

    /// <summary>Puts an update on record without sending it, or leaves it as a letter to whoever holds the ledger.</summary>
    public static void Record(IncidentUpdate update, RunOptions options) =>
        Letters.Deliver(update.Release, options, IncidentWordJson.Type, data => IncidentWordJson.Write(data, update.Word!));

    public IReadOnlyList<IncidentUpdate> Due => IncidentUpdates.Due(Plan, Options);

    private DateTimeOffset Opened(string type) => _opened = type == "incident.opened" ? _clock.Now : _opened;

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = T0;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
