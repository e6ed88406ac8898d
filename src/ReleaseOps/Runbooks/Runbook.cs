namespace ReleaseOps.Runbooks;

/// <summary>A release procedure as its file gives it: read and validated, nothing bound yet.</summary>
public sealed record Runbook
{
    /// <summary>Its name: what <c>runbook:</c> says.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people; the name where the file has none.</summary>
    public required string Title { get; init; }

    /// <summary>The product that it releases; the name where the file has none.</summary>
    public required string Product { get; init; }

    /// <summary>What it is for, in a paragraph.</summary>
    public string? Description { get; init; }

    /// <summary>Full path of its file.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file's bytes, in lower-case hex.</summary>
    public required string Digest { get; init; }

    /// <summary>What its user fills in.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Who may do what.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>Where metrics come from.</summary>
    public IReadOnlyList<Source> Sources { get; init; } = [];

    /// <summary>The named measurements that criteria speak of.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>The phases, in order.</summary>
    public IReadOnlyList<Phase> Phases { get; init; } = [];

    /// <summary>The named lists of criteria.</summary>
    public IReadOnlyList<Gate> Gates { get; init; } = [];

    /// <summary>What ends a rollout.</summary>
    public IReadOnlyList<Trigger> Triggers { get; init; } = [];

    /// <summary>The way back; null where the runbook has none.</summary>
    public Rollback? Rollback { get; init; }

    /// <summary>The severity ladder, worst first.</summary>
    public IReadOnlyList<Severity> Severities { get; init; } = [];

    /// <summary>What is due when, beside the phases: reviews, calls.</summary>
    public IReadOnlyList<ScheduledReview> Schedule { get; init; } = [];

    /// <summary>The texts that go out to people.</summary>
    public IReadOnlyList<Message> Messages { get; init; } = [];

    /// <summary>The channels by which they go out.</summary>
    public IReadOnlyList<Channel> Channels { get; init; } = [];

    /// <summary>How the release is watched once it is out; null where the runbook doesn't say.</summary>
    public Watch? Watch { get; init; }

    /// <summary>What may go out as a hotfix; null where the runbook doesn't say.</summary>
    public Hotfix? Hotfix { get; init; }

    /// <summary>What a review of its event log counts; null where the runbook doesn't say.</summary>
    public Review? Review { get; init; }

    /// <summary>The service level objectives.</summary>
    public IReadOnlyList<Slo> Slos { get; init; } = [];

    /// <summary>When a rollout may start; null for any time.</summary>
    public DeploymentWindows? Windows { get; init; }

    /// <summary>The go/no-go polls.</summary>
    public IReadOnlyList<Poll> Polls { get; init; } = [];

    /// <summary>Leave to go on although a criterion didn't pass.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>The way up, from the first to the last.</summary>
    public IReadOnlyList<EscalationLevel> Escalation { get; init; } = [];

    /// <summary>Names of the secrets that it speaks of (NAME in <c>secrets.NAME</c>), in ordinal order.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Every step of the file: of phases, of stages, of the way back, and of the watch.</summary>
    public IEnumerable<Step> AllSteps() => AllSteps(Phases, Rollback, Watch);

    internal static IEnumerable<Step> AllSteps(IReadOnlyList<Phase> phases, Rollback? rollback, Watch? watch) =>
        phases.SelectMany(p => p.Steps.Concat((p.Rollout?.Stages ?? []).SelectMany(s => s.Steps.Concat(s.Checks))))
            .Concat(rollback?.Steps ?? []).Concat(rollback?.Verify ?? []).Concat(watch?.Checks ?? []);
}
