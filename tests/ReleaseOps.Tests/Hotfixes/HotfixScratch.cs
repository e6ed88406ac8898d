using System.Runtime.Versioning;
using ReleaseOps.Hotfixes;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Tests.Evidence;
using ReleaseOps.Tests.Probes.Git;

namespace ReleaseOps.Tests.Hotfixes;

/// <summary>A copy of the product for one test, with the built-in runbook to judge its hotfix by.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HotfixScratch : IDisposable
{
    public const string Secret = "postgres.aris.tr0ub4dor-and-3.db.internal";

    private static readonly Runbook BuiltIn = RunbookReader.Load(Path.Join(Golden.Root, "module/runbooks/aris3-hotfix.yaml"));

    private readonly Bench _bench = new();

    public HotfixScratch(HotfixProduct product) => HotfixProduct.Run("cp", "-a", product.Path + "/.", _bench.Folder);

    /// <summary>The repository.</summary>
    public string Repository => _bench.PathOf("repo");

    /// <summary>The folder that the hotfix is judged in; the repository, unless told otherwise.</summary>
    public string? Folder { get; set; }

    public string EvidenceRoot => _bench.EvidenceRoot;

    /// <summary>The command lines of the stand-ins, in order.</summary>
    public string[] Calls => File.Exists(_bench.PathOf("calls")) ? File.ReadAllLines(_bench.PathOf("calls")) : [];

    public Dictionary<string, string> Parameters { get; } = new() { ["previous"] = "0.1.0-rc.2" };

    /// <summary>What is done when a step has ended, by its id.</summary>
    public Action<string> Then
    {
        set => _bench.Heard.Then = e =>
        {
            if (e is StepFinished { Step.Id: var id })
                value(id);
        };
    }

    /// <summary>What is changed in the built-in runbook.</summary>
    public Func<Runbook, Runbook> Adapt { get; set; } = book => book;

    /// <summary>What a person at the prompt says to what is asked; null where nobody is there.</summary>
    public bool? Person { get; set; } = true;

    public void Dispose() => _bench.Dispose();

    public string PathOf(string name) => _bench.PathOf(name);

    public string Git(params string[] arguments) => GitRepository.GitIn(Repository, null, arguments);

    /// <summary>Makes the stand-in of a program end badly where its command line has that text.</summary>
    public void Fail(string part, int code = 1) => File.AppendAllText(PathOf("failing"), $"{part}\t{code}\n");

    /// <summary>Adds a commit that puts a text into a file, or takes a file away.</summary>
    public void Change(string path, string? text)
    {
        if (text is null)
            File.Delete(Path.Join(Repository, path));
        else
            Write(path, text);
        Git("add", "-A");
        Git("commit", "-q", "-m", "more");
    }

    /// <summary>Puts a text into a file of the working tree.</summary>
    public void Write(string path, string text)
    {
        var file = Path.Join(Repository, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Adds a commit that replaces a text in a file.</summary>
    public void Change(string path, string before, string after)
    {
        var text = File.ReadAllText(Path.Join(Repository, path));
        Assert.Contains(before, text, StringComparison.Ordinal);
        Change(path, text.Replace(before, after, StringComparison.Ordinal));
    }

    public Plan Plan() => HotfixReadiness.Plan(Adapt(Here(BuiltIn)), Parameters);

    public HotfixOptions Options(string actor = "ana") => new(_bench.Options(o => o with
    {
        Folder = Folder ?? Repository,
        Actor = actor,
        Attendant = Person is { } says ? new Bench.Answering(says) : null,
        Secrets = name => name == "DATABASE_URL" ? Secret : null,
    }))
    {
        Environment = _ => null,
        Class = "defect",
        Severity = "P1",
        Eta = TimeSpan.FromMinutes(20),
        Title = "Hotfix: ARIS-12 stock totals are sums",
        Answers = new Dictionary<string, bool> { ["critical-path"] = false, ["uncertain-cause"] = false },
    };

    public Task<HotfixApproval> ApproveAsync(string role, string by, bool given = true, string? step = null) =>
        HotfixReadiness.ApproveAsync(Plan(), step, role, given, Options(by), CancellationToken.None);

    public async Task ApproveAsync()
    {
        await ApproveAsync("incident-owner", "ana");
        await ApproveAsync("release-owner", "bo");
    }

    public Task<HotfixResult> RunAsync(Func<HotfixOptions, HotfixOptions>? with = null, CancellationToken cancellation = default) =>
        HotfixReadiness.RunAsync(Plan(), with is null ? Options() : with(Options()), cancellation);

    /// <summary>The runbook with the stand-ins before everything else.</summary>
    private Runbook Here(Runbook book) => book with { Phases = [.. book.Phases.Select(p => p with { Steps = [.. p.Steps.Select(Here)] })] };

    private Step Here(Step step) => step with
    {
        Work = step.Work switch
        {
            CommandWork command => command with { Environment = StandInFirst(command.Environment) },
            ScriptWork script => script with { Environment = StandInFirst(script.Environment) },
            var other => other,
        },
    };

    private Dictionary<string, Template> StandInFirst(IReadOnlyDictionary<string, Template> environment) => new(environment)
    {
        ["PATH"] = new Template($"{PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}", default),
    };
}
