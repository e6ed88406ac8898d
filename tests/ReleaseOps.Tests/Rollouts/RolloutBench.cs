using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;

namespace ReleaseOps.Tests.Rollouts;

/// <summary>Rollouts that run for real in a scratch folder: actions append their weight to a file, checks look at files.</summary>
internal sealed class RolloutBench : IDisposable
{
    public Bench Bench { get; } = new();

    public string Folder => Bench.Folder;

    public void Dispose() => Bench.Dispose();

    /// <summary>What the actions did, in order.</summary>
    public string[] Done => File.Exists(Bench.PathOf("done")) ? File.ReadAllLines(Bench.PathOf("done")) : [];

    /// <summary>A stage whose action appends its weight to the file that <see cref="Done"/> reads.</summary>
    public static string Stage(int weight, string more = "watch: 200ms") =>
        $"{{ name: s{weight}, weight: {weight}, steps: [{Append($"to-{weight}", weight.ToString(System.Globalization.CultureInfo.InvariantCulture))}], {more} }}";

    public static string Append(string id, string text, string more = "idempotent: false") =>
        $"{{ id: {id}, command: [sh, -c, 'echo {text} >> done'], changes: traffic, {more} }}";

    /// <summary>A runbook with one rollout.</summary>
    public static Runbook Book(string[] stages, string rollout = "", string head = "") => Bench.Book($$"""
        runbook: test
        product: thing
        {{head}}
        phases:
          - phase: deploy
            rollout:
              interval: 50ms
        {{Indented(rollout, 6)}}
              stages:
        {{string.Join('\n', stages.Select(s => "        - " + s))}}
          - phase: watched
            steps:
              - { id: healthy, file: healthy }
        triggers:
          unhealthy: { step: healthy, consecutive: 3, then: rollback }
          held: { step: healthy, then: hold }
        rollback:
          within: 5s
          steps: [{{Append("back", "0")}}]
          verify: [{ id: back-verified, file: done }]
        """);

    public void Healthy(bool healthy)
    {
        if (healthy)
            File.WriteAllText(Bench.PathOf("healthy"), "");
        else
            File.Delete(Bench.PathOf("healthy"));
    }

    public Task<RolloutResult> RunAsync(Runbook book, Func<RunOptions, RunOptions>? with = null, CancellationToken cancellation = default) =>
        CanaryRollout.RunAsync(Plan(book), new RolloutOptions(Bench.Options(with)), cancellation);

    public Task<RolloutResult> ResumeAsync(Runbook book, Func<RunOptions, RunOptions>? with = null) =>
        CanaryRollout.ResumeAsync(Plan(book), null, new RolloutOptions(Bench.Options(with)), CancellationToken.None);

    public void Send(SignalKind kind) => CanaryRollout.Send(
        new Release("thing", "unversioned"), new Signal(kind, "bob", DateTimeOffset.UtcNow), Bench.Options());

    public static Plan Plan(Runbook book) => CanaryRollout.Plan(book, new Dictionary<string, string>(), null);

    public IReadOnlyList<string> LedgerTypes => [.. Bench.Ledger().Select(e => e.Type)];

    private static string Indented(string text, int by) =>
        string.Join('\n', text.Split('\n').Select(l => l.Length == 0 ? l : new string(' ', by) + l));
}
