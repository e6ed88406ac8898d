using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using ReleaseOps;
using ReleaseOps.Benchmarks;
using ReleaseOps.Checklists;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

// Prints ratios of two things measured in one run on this machine. Run it as
//   dotnet run -c Release --project tests/benchmarks/Benchmarks [checks|starts|command|import|canary|series|fleet|watch|history|fleet-watch|contract|fleet-week|contract-read|review ...]
// The start of the published tool is measured when scripts/package has made one under artifacts/.
// A part of the review's own, in a process of its own.
if (args is ["review-child", var log, var rounds, var index])
    return ReviewChild.Measure(log, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), index == "index");
var root = Repository();
var work = Directory.CreateTempSubdirectory("releaseops-bench-").FullName;
try
{
    // One word chooses one of them.
    foreach (var (name, measure) in new (string, Action)[]
        {
            ("checks", NoOpChecks), ("starts", TwoHundredStarts), ("command", CommandStart), ("import", ModuleImport),
            ("canary", Judgement.Canary), ("series", Judgement.Series), ("fleet", () => Fleet.Measure(work)), ("watch", WatchDay.Measure),
            ("history", () => HistoryDay.Measure(work)),
            ("fleet-watch", FleetWatch.Measure), ("contract", ContractPair.Measure), ("fleet-week", () => FleetWeek.Measure(work)), ("contract-read", () => ContractRead.Measure(work)),
            ("review", () => EventLogReview.Measure(work)),
        })
        if (args.Length == 0 || args.Contains(name))
            measure();
}
finally
{
    Directory.Delete(work, recursive: true);
}
return 0;

void NoOpChecks()
{
    const int Checks = 2000;
    var file = Path.Combine(work, "there");
    File.WriteAllText(file, "x");
    var runbook = Book(Checks, parallel: false, _ => $"file: '{file}'");
    var (run, bare, ratio) = Paired.Measure(5, () => Run(runbook, 1), () =>
    {
        for (var i = 0; i < Checks; i++)
            _ = new FileInfo(file).Exists;
    });
    Paired.Print("a no-op check: overhead, recorded durably", (run - bare) / Checks, "ms", 0.1, $"{Paired.Ms(run, bare)} for {Checks}; {ratio:0} times");
}

void TwoHundredStarts()
{
    if (!OperatingSystem.IsLinux())
        return;
    var runbook = Book(200, parallel: true, _ => "command: [/bin/true]");
    var (ours, theirs, ratio) = Paired.Measure(7, () => Run(runbook, 2), () => Start("sh", "-c", "seq 200 | xargs -P 2 -n 1 /bin/true"));
    Paired.Print("200 starts of /bin/true, 2 at a time, over xargs -P 2", ratio, "x", 1.15, Paired.Ms(ours, theirs));
}

void CommandStart()
{
    var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
    var hello = Path.Combine(root, "tests/benchmarks/Hello/bin", configuration, "net10.0/Hello");
    var built = Path.Combine(root, "src/ReleaseOps.Cli/bin", configuration, "net10.0/releaseops");
    var (ours, bare, ratio) = Paired.Measure(15, () => Start(built, "--version"), () => Start(hello));
    Paired.Print("releaseops --version as built, over a bare hello", ratio, "x", 1.7, Paired.Ms(ours, bare));
    var published = Directory.Exists(Path.Combine(root, "artifacts"))
        ? Directory.EnumerateFiles(Path.Combine(root, "artifacts"), "releaseops", SearchOption.AllDirectories).FirstOrDefault()
        : null;
    if (published is null)
    {
        Console.Out.WriteLine("releaseops --version as published: not measured, scripts/package has not been run.");
        return;
    }
    (ours, bare, ratio) = Paired.Measure(15, () => Start(published, "--version"), () => Start(hello));
    Paired.Print("releaseops --version as published, over a bare hello", ratio, "x", 1.3, Paired.Ms(ours, bare));
}

void ModuleImport()
{
    const string Bare = "exit";
    var packaged = Directory.Exists(Path.Combine(root, "artifacts", "ReleaseOps"))
        ? Directory.EnumerateFiles(Path.Combine(root, "artifacts", "ReleaseOps"), "ReleaseOps.psd1", SearchOption.AllDirectories).FirstOrDefault()
        : null;
    try
    {
        foreach (var (manifest, kind) in new[] { (Path.Combine(root, "ReleaseOps.psd1"), "as built"), (packaged, "as packaged") })
        {
            if (manifest is null)
            {
                Console.Out.WriteLine("Import-Module as packaged: not measured, scripts/package has not been run.");
                continue;
            }
            var import = $"Import-Module '{manifest}'; $null = Get-ReleaseRunbook aris3-go-live; exit";
            var (with, without, _) = Paired.Measure(
                11, () => Start("pwsh", "-NoProfile", "-NonInteractive", "-Command", import), () => Start("pwsh", "-NoProfile", "-NonInteractive", "-Command", Bare));
            Paired.Print($"Import-Module and the first runbook, {kind}, over bare pwsh", with - without, "ms", 60, Paired.Ms(with, without));
        }
    }
    catch (System.ComponentModel.Win32Exception)
    {
        Console.Out.WriteLine("Import-Module: not measured, pwsh is not on the PATH.");
    }
}

Runbook Book(int steps, bool parallel, Func<int, string> step)
{
    var text = new StringBuilder($"runbook: bench\nphases:\n  - phase: all\n    parallel: {(parallel ? "true" : "false")}\n    steps:\n");
    for (var i = 0; i < steps; i++)
        text.Append("      - { id: s").Append(i).Append(", ").Append(step(i)).Append(" }\n");
    var file = Path.Combine(work, "bench.yaml");
    File.WriteAllText(file, text.ToString());
    return RunbookReader.Load(file);
}

void Run(Runbook runbook, int parallelism)
{
    var plan = Planner.Make(runbook, new Dictionary<string, string>(), Selection.All);
    var result = Checklist.RunAsync(plan, new RunOptions
    {
        Folder = work,
        EvidenceRoot = Path.Combine(work, Guid.NewGuid().ToString("n")),
        Actor = "bench",
        Parallelism = parallelism,
    }, CancellationToken.None).GetAwaiter().GetResult();
    if (result.Decision != Decision.Go)
        throw new InvalidOperationException(result.Summary + ": " + result.Findings[0].Text);
}

static void Start(string program, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
}

static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../.."));
