using System.Collections.Concurrent;
using System.Text;
using ReleaseOps.Checklists;
using ReleaseOps.Ledger;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Tests.Checklists;

/// <summary>A scratch folder in which runbooks run for real.</summary>
internal sealed class Bench : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("releaseops-test-").FullName;

    public string EvidenceRoot => Path.Combine(Folder, "evidence");

    public Listening Heard { get; } = new();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A runbook with these steps in one phase, as YAML list items.</summary>
    public static Runbook Steps(string steps, string phase = "parallel: false", string head = "") => Book($$"""
        runbook: test
        product: thing
        {{head}}
        phases:
          - phase: all
            {{phase}}
            steps:
        {{Indented(steps, 6)}}
        """);

    public static Runbook Book(string yaml)
    {
        var reading = RunbookReader.Parse(Encoding.UTF8.GetBytes(yaml), "/test.yaml");
        Assert.True(reading.Runbook is not null, string.Join('\n', reading.Problems));
        return reading.Runbook;
    }

    public Task<ChecklistResult> RunAsync(
        Runbook runbook, Func<RunOptions, RunOptions>? with = null, Dictionary<string, string>? parameters = null, Selection? selection = null,
        CancellationToken cancellation = default) =>
        Checklist.RunAsync(Plan(runbook, parameters, selection), Options(with), cancellation);

    public Task<ChecklistResult> ResumeAsync(Runbook runbook, Func<RunOptions, RunOptions>? with = null, Dictionary<string, string>? parameters = null) =>
        Checklist.ResumeAsync(Plan(runbook, parameters), null, Options(with), CancellationToken.None);

    public static Plan Plan(Runbook runbook, Dictionary<string, string>? parameters = null, Selection? selection = null) =>
        Planner.Make(runbook, parameters ?? [], selection ?? Selection.All);

    public RunOptions Options(Func<RunOptions, RunOptions>? with = null)
    {
        var options = new RunOptions { Folder = Folder, EvidenceRoot = EvidenceRoot, Actor = "tester", Listener = Heard };
        return with is null ? options : with(options);
    }

    public IReadOnlyList<LedgerEvent> Ledger(string release = "thing-unversioned") =>
        [.. FileLedger.Read(Path.Combine(EvidenceRoot, release))];

    private static string Indented(string text, int by) =>
        string.Join('\n', text.Split('\n').Select(l => l.Length == 0 ? l : new string(' ', by) + l));

    internal sealed class Listening : IRunListener
    {
        private readonly ConcurrentQueue<RunEvent> _events = new();

        public IReadOnlyCollection<RunEvent> Events => _events;

        public Action<RunEvent>? Then { get; set; }

        public void Report(RunEvent happened)
        {
            _events.Enqueue(happened);
            Then?.Invoke(happened);
        }
    }

    internal sealed class Answering(bool? yes) : IAttendant
    {
        public List<Question> Questions { get; } = [];

        public Action? Then { get; set; }

        public Task<Attestation?> AskAsync(Question question, CancellationToken cancellation)
        {
            Questions.Add(question);
            Then?.Invoke();
            return Task.FromResult(yes is { } answer ? new Attestation(answer, "alice", question.Role, DateTimeOffset.UnixEpoch) : null);
        }
    }
}
