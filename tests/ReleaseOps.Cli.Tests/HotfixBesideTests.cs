using ReleaseOps.Tests;
using ReleaseOps.Tests.Probes.Git;
using static ReleaseOps.Cli.Tests.RolloutScratch;

namespace ReleaseOps.Cli.Tests;

/// <summary>A hotfix is asked about in the middle of trouble: beside a rollout of the same release that was cut short.</summary>
public sealed class HotfixBesideTests : IDisposable
{
    private const string Hotfix = """
        runbook: h
        product: Demo
        parameters: { version: { default: 1.0.0 } }
        phases:
          - phase: checks
            steps: [{ id: slow, command: [sh, -c, 'echo x > begun; [ -f fast ] || sleep 600'] }]
        hotfix: { base: main, rules: { frozen: { title: Frozen, paths: ['frozen/**'], then: refuse } } }
        """;

    private readonly RolloutScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("git", "sh", "env", "kill")]
    public void A_rollout_that_was_cut_short_neither_blocks_it_nor_is_given_up_by_it()
    {
        Book();
        File.WriteAllText(_scratch.PathOf("fast"), "");
        using (var rollout = _scratch.Start())
        {
            Scratch.Await(() => File.Exists(_scratch.PathOf("waits")), "the first stage has moved");
            // While the rollout is at work, its release is its own.
            Ask().Refused(3, ErrorId.LedgerHeld, Environment.UserName);
            rollout.Signal("INT");
            rollout.End(TimeSpan.FromSeconds(30)).With(130);
        }
        Assert.Equal("Hotfix readiness: READY", Ask().With(0).Lines[^1]);
        // The unfinished rollout is as it was: nothing else begins, and it goes on from where it stood.
        _scratch.Run().Refused(3, ErrorId.RunUnfinished, "cut short");
        File.WriteAllText(_scratch.PathOf("go"), "");
        Assert.Equal("Canary rollout result: PROCEED", _scratch.Run("--resume").With(0).Lines[^1]);
        Assert.Equal(["10", "100"], _scratch.Moved);
    }

    [NeedsProgram("git", "sh", "env", "kill")]
    public void Killed_it_blocks_no_rollout()
    {
        Book();
        using (var hotfix = _scratch.Scratch.Start("hotfix", "./h.yaml"))
        {
            Scratch.Await(() => File.Exists(_scratch.PathOf("begun")), "its check has begun");
            hotfix.Signal("KILL");
            hotfix.End(TimeSpan.FromSeconds(30));
        }
        _scratch.Scratch.AwaitNoProcess();
        // Nor another hotfix.
        File.WriteAllText(_scratch.PathOf("fast"), "");
        File.WriteAllText(_scratch.PathOf("go"), "");
        Ask().With(0);
        _scratch.Run().With(0);
    }

    private Ended Ask() => _scratch.Scratch.Run("hotfix", "./h.yaml");

    private void Book()
    {
        const string wait = "{ id: wait, command: [sh, -c, 'echo x > waits; until [ -f go ]; do sleep 0.05; done'], timeout: 1m }";
        _scratch.Book([$"{{ name: canary, weight: 10, steps: [{Action("to-canary", "10")}, {wait}], watch: 200ms }}", Stage("full", 100)]);
        File.WriteAllText(_scratch.PathOf("h.yaml"), Hotfix);
        Git("init", "-q", "-b", "main", "--template=");
        File.WriteAllText(_scratch.PathOf(".gitignore"), "*\n!a.txt\n");
        File.WriteAllText(_scratch.PathOf("a.txt"), "a\n");
        Git("add", "-A");
        Git("commit", "-q", "-m", "what is live");
        Git("checkout", "-q", "-b", "fix");
        File.WriteAllText(_scratch.PathOf("a.txt"), "b\n");
        Git("commit", "-q", "-a", "-m", "a fix");
    }

    private void Git(params string[] arguments) => GitRepository.GitIn(_scratch.Scratch.Folder, null, arguments);
}
