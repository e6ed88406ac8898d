using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Evidence;

namespace ReleaseOps.Tests.Runbooks;

/// <summary>Every line of the SLO and incident review workflow of M31 is in its runbook.</summary>
public class M31SloReviewTests
{
    private static readonly string File = Path.Join(Golden.Root, "module/runbooks/m31-slo-review.yaml");
    private static readonly Runbook Book = RunbookReader.Load(File);
    private static readonly Review Review = Book.Review!;

    [Fact]
    public void It_reads_without_an_error_or_a_warning() => Assert.Empty(RunbookReader.Parse(System.IO.File.ReadAllBytes(File), File).Problems);

    [Fact]
    public void Its_thresholds_are_those_of_the_script() =>
        Assert.Equal(("UTC", "error", 0.99, 0.20), (Review.Zone, Review.ErrorEvent, Review.MinAvailabilityRate, Review.MaxErrorRate));

    [Fact]
    public void It_counts_what_the_script_counts_by_its_names()
    {
        Assert.Equal(["cooldown_transition_total", "intervention_total"], Review.Counters.Select(c => c.Name));
        Assert.All(Review.Counters, c => Assert.Equal("commander_router", c.Lines.Stage));
        Assert.Equal(["transition", "intervention"], Review.Counters.Select(c => c.Lines.Event!));
        Assert.Equal("cooldown", Review.Counters[0].Lines.Where["payload.transition"]);
        Assert.Equal(["duplicate_execution", "guard_precedence_violation", "mode_leakage"], Review.Floor.Select(f => f.Name));
        Assert.Equal(["execute_from_packet", "commander_router"], Review.Latency.Select(l => l.Stage));
    }

    [Fact]
    public void Its_artifacts_are_where_the_document_has_them()
    {
        Assert.Equal("reports/m30_post_golive/m30_post_golive_policy_<day>.json", Review.Files.Policy);
        Assert.Equal("reports/m30_golive/m30_final_golive_signoff_<day>.json", Review.Files.Signoff);
        Assert.Equal("reports/m31_slo_incident/m31_slo_incident_<day>", Review.Files.Report);
        Assert.Equal("data/logs/events.jsonl", Review.EventLog);
    }

    [Theory]
    [InlineData("incident", "SEV-1", "primary_and_secondary_oncall", true, "degrade mode")]
    [InlineData("watch", "SEV-2", "primary_oncall", false, "mitigation within same session")]
    [InlineData("normal", "SEV-3", "none", false, "next review window fix")]
    public void Each_level_has_its_severity_its_people_and_its_action(string level, string severity, string onCall, bool manual, string action)
    {
        var found = Review.Levels.Single(l => l.Name == level);
        Assert.Equal((severity, onCall, manual), (found.Severity, found.OnCall, found.ManualApproval));
        var rung = Book.Severities.Single(s => s.Name == severity);
        Assert.Equal(onCall, rung.Owner);
        Assert.Contains(action, rung.Escalation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReviewMomentKind.PreOpen, "pre-open", false)]
    [InlineData(ReviewMomentKind.Session, "session", true)]
    [InlineData(ReviewMomentKind.PostClose, "post-close", true)]
    public void Each_moment_of_the_day_has_its_hour_in_Korea_and_its_steps(ReviewMomentKind kind, string phase, bool looksAtLog)
    {
        var moment = Review.Moments.Single(m => m.Kind == kind);
        Assert.Equal(("Asia/Seoul", phase, looksAtLog), (Review.Clock, moment.Phase, moment.LooksAtLog));
        Assert.NotNull(moment.At);
        Assert.NotEmpty(Book.Phases.Single(p => p.Name == phase).Steps);
    }

    [Theory]
    [InlineData("run_m30_final_golive_signoff.py")]
    [InlineData("run_m30_post_golive_monitoring_policy.py")]
    [InlineData("run_m29_closeout_check.py")]
    [InlineData("generate_metrics_report.py")]
    public void Each_command_of_the_operators_reference_is_a_step(string script) => Assert.Contains(Book.AllSteps(), step => step.Work switch
    {
        CommandWork command => command.Arguments.Any(a => a.Text.Contains(script, StringComparison.Ordinal)),
        ScriptWork work => work.Script.Contains(script, StringComparison.Ordinal),
        _ => false,
    });

    [Theory]
    [InlineData("weekly", 5)]
    [InlineData("exit", 3)]
    public void The_week_and_the_exit_have_their_steps(string phase, int steps) => Assert.Equal(steps, Book.Phases.Single(p => p.Name == phase).Steps.Count);

    [Theory]
    [InlineData("1. Event summary", "Incident id", "Time window", "Severity", "Impacted scope")]
    [InlineData("2. Detection and response", "First signal source", "Detection delay", "Mitigation timeline")]
    [InlineData("3. Root cause and contributing factors", "Technical root cause", "Process/policy factors")]
    [InlineData("4. Corrective actions", "Immediate guard changes", "Medium-term engineering tasks", "Prevention checks and acceptance criteria")]
    [InlineData("5. Ownership and follow-up", "Action owner", "Due date", "Verification evidence path")]
    public void The_postmortems_template_has_each_of_its_lines(string heading, params string[] lines)
    {
        var text = Book.Messages.Single(m => m.Name == "postmortem").Text!.Text;
        Assert.All(lines.Prepend(heading), line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_of_it_lacks_nothing_but_the_day() =>
        Assert.Equal(["day"], Planner.Make(Book, new Dictionary<string, string>(), Selection.All).Missing);
}
