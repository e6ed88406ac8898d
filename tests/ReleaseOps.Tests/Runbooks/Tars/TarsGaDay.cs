using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Evidence;

namespace ReleaseOps.Tests.Runbooks.Tars;

/// <summary>The built-in runbook of GA day.</summary>
internal static class TarsGaDay
{
    public static string File { get; } = Path.Join(Golden.Root, "module/runbooks/tars-ga-day.yaml");

    public static Runbook Book { get; } = RunbookReader.Load(File);

    public static Phase Deploy { get; } = Book.Phases.Single(p => p.Rollout is not null);

    public static Rollout Rollout => Deploy.Rollout!;

    public static Plan Plan(Dictionary<string, string>? parameters = null) => Planner.Make(Book, parameters ?? [], Selection.All);

    /// <summary>Values for every parameter without a default; all services stand at one address.</summary>
    public static Dictionary<string, string> Parameters(string server) => new()
    {
        ["org"] = "acme",
        ["canary_ingress"] = server,
        ["site"] = server,
        ["api"] = server,
        ["statuspage_api"] = server,
        ["pagerduty_events"] = server,
        ["status_page"] = "page1",
        ["incident"] = "inc1",
        ["starts_at"] = "2026-12-01T10:00Z",
        ["ends_at"] = "2026-12-01T14:00Z",
        ["duration_minutes"] = "88",
        ["database_rollback"] = "migrations",
    };

    /// <summary>The steps of a phase, of a stage of the rollout, or of the way back.</summary>
    public static IReadOnlyList<Step> StepsOf(string name) =>
        name == "rollback" ? [.. Book.Rollback!.Steps, .. Book.Rollback.Verify]
        : Rollout.Stages.FirstOrDefault(s => s.Name == name) is { } stage ? [.. stage.Steps, .. stage.Checks]
        : Book.Phases.Single(p => p.Name == name).Steps;

    /// <summary>Every step of the file, wherever it stands.</summary>
    public static IEnumerable<Step> AllSteps => Book.Phases.SelectMany(p => p.Steps).Concat(Rollout.Stages.SelectMany(s => s.Steps.Concat(s.Checks)))
        .Concat(StepsOf("rollback"));

    public static Step StepOf(string id) => AllSteps.Single(s => s.Id == id);
}
