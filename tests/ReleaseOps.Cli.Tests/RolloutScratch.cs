using System.Text.Json;

namespace ReleaseOps.Cli.Tests;

/// <summary>
/// A folder with a runbook <c>r.yaml</c> of one rollout: each stage's action appends its weight to <c>moved</c>, the way back appends 0, and
/// a file <c>broken</c> fires the trigger.
/// </summary>
internal sealed class RolloutScratch : IDisposable
{
    private readonly Scratch _scratch = new();

    public Scratch Scratch => _scratch;

    /// <summary>What the actions did, in order.</summary>
    public string[] Moved => File.Exists(PathOf("moved")) ? File.ReadAllLines(PathOf("moved")) : [];

    public string Result => Directory.EnumerateFiles(_scratch.Evidence, "result.json", SearchOption.AllDirectories).Single();

    public void Dispose() => _scratch.Dispose();

    public string PathOf(string name) => Path.Combine(_scratch.Folder, name);

    /// <summary>Writes the runbook.</summary>
    /// <param name="stages">Its stages, each a flow mapping.</param>
    /// <param name="rollout">More keys of the rollout, a line each.</param>
    /// <param name="head">More keys of the runbook, a line each.</param>
    public void Book(string[] stages, string rollout = "hold: { limit: 20s }", string head = "") => _scratch.Write("r.yaml", $$"""
        runbook: r
        product: Demo
        parameters:
          version: { default: 1.0.0 }
        roles:
          ops: { may: [vote] }
          lead: { may: [vote, approve-rollback] }
        {{head.ReplaceLineEndings("\n")}}
        triggers:
          broken: { step: whole, consecutive: 2, then: rollback }
        phases:
          - phase: look
            steps: [{ id: whole, file: broken, expect: "!exists" }]
          - phase: deploy
            rollout:
              interval: 100ms
              abort: [broken]
              {{rollout}}
              stages:
        {{string.Concat(stages.Select(s => $"        - {s}\n"))}}
        rollback:
          within: 1m
          steps: [{{Action("back", "0")}}]
          verify: [{ id: back-moved, file: moved, expect: exists }]
        """);

    /// <summary>A stage that moves the traffic.</summary>
    public static string Stage(string name, int weight, string more = "watch: 200ms") =>
        $"{{ name: {name}, weight: {weight}, steps: [{Action("to-" + name, $"{weight}")}], {more} }}";

    /// <summary>An action that appends a line to <c>moved</c>.</summary>
    public static string Action(string id, string text, string more = "timeout: 1m") =>
        $"{{ id: {id}, command: [sh, -c, 'echo {text} >> moved'], changes: traffic, {more} }}";

    public Ended Run(params string[] more) => _scratch.Run(["rollout", "./r.yaml", .. more]);

    public Running Start(params string[] more) => _scratch.Start(["rollout", "./r.yaml", .. more]);

    /// <summary>Says something to the running rollout from a process of its own.</summary>
    public void Say(string word, params string[] more) => _scratch.Run(["rollout", word, "./r.yaml", .. more]).With(0);

    public bool LedgerHas(string type) => _scratch.LedgerLines().Any(l => JsonElement.Parse(l).GetProperty("type").ValueEquals(type));

    public void AwaitLedger(string type) => Scratch.Await(() => LedgerHas(type), $"'{type}' in the ledger");
}
