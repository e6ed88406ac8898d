using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews;

/// <summary>What a day is judged on.</summary>
/// <param name="Runbook">The runbook, with its review.</param>
/// <param name="Counts">What the log came to.</param>
/// <param name="Thresholds">What is asked of the rates.</param>
/// <param name="Moment">The moment.</param>
internal sealed record DailyInput(Runbook Runbook, DayCounts Counts, ReviewThresholds Thresholds, ReviewMoment Moment)
{
    /// <summary>The policy; null where the review looks at none.</summary>
    public ReviewArtifact? Policy { get; init; }

    /// <summary>The signoff; null where the review looks at none.</summary>
    public ReviewArtifact? Signoff { get; init; }

    /// <summary>What was read.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Why the log couldn't be read; null where it could.</summary>
    public string? Unread { get; init; }
}

/// <summary>Judges a day: the items of the workflow, then what is ours. Pure.</summary>
internal static class DailyJudge
{
    /// <summary>Judges it.</summary>
    public static DailyReviewResult Judge(DailyInput input)
    {
        var (review, counts, problems) = (input.Runbook.Review!, input.Counts, new List<string>());
        var slo = new ReviewSlo
        {
            EventTotal = counts.EventTotal,
            ErrorTotal = counts.ErrorTotal,
            RunTotal = counts.RunTotal,
            SuccessRunTotal = counts.RunTotal - counts.FailedRunTotal,
            StageErrorTop = counts.StageErrorTop,
        };
        var policy = PolicyOf(input.Policy, review, problems);
        var signoff = new ReviewedSignoff(input.Signoff?.Bool(problems, "approved") ?? false, input.Signoff?.Text(problems, "go_live_decision")
            ?? "");
        var items = DailyItems.Of(input, slo, policy);
        var findings = DailyFindings.Of(input, slo, policy, items, problems);
        return new DailyReviewResult
        {
            Day = counts.Day,
            Thresholds = input.Thresholds,
            Slo = slo,
            Incident = counts.Counters,
            Policy = policy,
            Signoff = signoff,
            Checklist = items,
            Decision = Decisions.Of(findings.Where(f => f.Required).Select(f => f.Verdict)),
            Findings = [.. findings.OrderBy(f => f.Verdict.Rank()).ThenByDescending(f => f.Required)],
            Moment = input.Moment.Kind,
            Due = [.. input.Runbook.Phases.Where(p => p.Name == input.Moment.Phase).SelectMany(p => p.Steps).Select(s => s.Id)],
            Latency = counts.Latency,
            Floor = counts.Floor,
            Budget = input.Moment.Looks.Contains(ReviewLook.Slo)
                ? [
                    new ReviewBudget("runs", Allowed(1 - input.Thresholds.MinAvailabilityRate, slo.RunTotal), counts.FailedRunTotal),
                    new ReviewBudget("events", Allowed(input.Thresholds.MaxErrorRate, slo.EventTotal), slo.ErrorTotal),
                ]
                : [],
            Faults = counts.Faults,
            Sources = input.Sources,
            Zone = review.Zone,
            Runbook = input.Runbook.Name,
            RunbookDigest = input.Runbook.Digest,
        };
    }

    /// <summary>What a level asks for; a level that isn't known, and none, are the last. Null where the review has no levels.</summary>
    public static ReviewLevel? LevelOf(Review review, string level) => review.Levels.FirstOrDefault(l => l.Name == level)
        ?? (review.Levels.Count > 0 ? review.Levels[^1] : null);

    // 1 - 0.99 isn't 0.01 to a double.
    private static double Allowed(double share, long total) => Math.Round(share * total, 9);

    private static ReviewedPolicy PolicyOf(ReviewArtifact? policy, Review review, List<string> problems)
    {
        var level = policy?.Text(problems, "escalation_level") ?? "";
        var asked = LevelOf(review, level);
        return new ReviewedPolicy(level, asked?.Severity ?? "", asked?.OnCall ?? "",
            policy?.Bool(problems, "policy", "manual_approval_only") ?? false, policy?.Text(problems, "policy", "oncall_escalation") ?? "");
    }
}

/// <summary>The seven items of the workflow. Their ids and rules are those of its script.</summary>
internal static class DailyItems
{
    public static IReadOnlyList<ReviewItem> Of(DailyInput input, ReviewSlo slo, ReviewedPolicy policy)
    {
        var (review, asked) = (input.Runbook.Review!, input.Thresholds);
        var level = DailyJudge.LevelOf(review, policy.EscalationLevel);
        var (looksAtPolicy, looksAtSignoff, looksAtSlo) = (
            input.Policy is not null && Looks(input, ReviewLook.Policy), input.Signoff is not null && Looks(input, ReviewLook.Signoff),
                Looks(input, ReviewLook.Slo));
        return
        [
            Item("policy_artifact_presence", "The policy of the day is there", looksAtPolicy, input.Policy?.Root is not null, Proof(input.Policy)),
            Item("signoff_artifact_presence", "The signoff of the day is there", looksAtSignoff, input.Signoff?.Root is not null,
                Proof(input.Signoff)),
            Item("slo_probe_measurable", "There are events and runs to measure", looksAtSlo, slo.EventTotal > 0 && slo.RunTotal > 0,
                FormattableString.Invariant($"event_total={slo.EventTotal}, run_total={slo.RunTotal}")),
            Item("slo_availability_guard", "Availability is at least what is asked", looksAtSlo, slo.AvailabilityRate >= asked.MinAvailabilityRate,
                $"availability_rate={Number(slo.AvailabilityRate)}, min_availability_rate={Number(asked.MinAvailabilityRate)}"),
            Item("slo_error_budget_guard", "The error rate is at most what is allowed", looksAtSlo, slo.ErrorRate <= asked.MaxErrorRate,
                $"error_rate={Number(slo.ErrorRate)}, max_error_rate={Number(asked.MaxErrorRate)}"),
            Item("severity_ownership_deterministic", "Who is called is who the level asks for", looksAtPolicy,
                policy.EscalationLevel.Length == 0 || policy.OncallEscalation == level?.OnCall,
                $"escalation_level={policy.EscalationLevel}, severity={policy.Severity}, ownership={policy.Ownership}, "
                + $"oncall_escalation={policy.OncallEscalation}"),
            Item("incident_manual_approval_guard", "A level that asks for manual approval has it", looksAtPolicy,
                policy.EscalationLevel.Length == 0 || level?.ManualApproval != true || policy.ManualApprovalOnly,
                $"escalation_level={policy.EscalationLevel}, manual_approval_only={(policy.ManualApprovalOnly ? "true" : "false")}"),
        ];
    }

    /// <summary>A number with all its digits.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static bool Looks(DailyInput input, ReviewLook at) => input.Moment.Looks.Contains(at);

    // What isn't looked at has neither passed nor failed: it isn't required, and it isn't a pass.
    private static ReviewItem Item(string id, string title, bool looked, bool passed, string evidence) =>
        looked ? new ReviewItem(id, title, true, passed, evidence) : new ReviewItem(id, title, false, false, "not looked at");

    private static string Proof(ReviewArtifact? artifact) => artifact is null ? "" : artifact.Problems.Count == 0 ? artifact.Path
        : artifact.Problems[0];
}
