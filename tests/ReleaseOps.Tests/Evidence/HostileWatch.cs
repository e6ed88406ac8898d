using ReleaseOps.Gates;
using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Evidence;

/// <summary>The watch with one text in every place that text from outside can reach.</summary>
internal static class HostileWatch
{
    public static WatchResult With(string text)
    {
        var sample = WatchSample.Small;
        var plain = HostileResult.With(text);
        return sample with
        {
            Run = text,
            Runbook = text,
            Title = text,
            Release = new Release(text, text),
            Actor = text,
            Commander = text,
            Stopped = text,
            Incidents = [.. sample.Incidents.Select(i => i with
            {
                Id = text,
                Source = text,
                Severity = text,
                Text = text,
                Owner = text,
                Escalation = text,
                AcknowledgedBy = text,
                MitigatedBy = text,
                Mitigation = text,
                ResolvedBy = text,
            })],
            Reviews = [.. sample.Reviews.Select(r => r with { Due = text, What = text, Owner = text, DoneBy = text, Note = text })],
            Thresholds = [.. sample.Thresholds.Select(t => t with
            {
                Name = text,
                Kind = text,
                Condition = text,
                Latest = Spoil(t.Latest, text),
                Action = text,
                Normal = text,
            })],
            Severities = [.. sample.Severities.Select(f => Spoil(f, text))],
            Slos = [.. sample.Slos.Select(s => s with { Slo = text, Text = text, Burns = [.. s.Burns.Select(b => b with { Text = text })] })],
            Gates = [.. sample.Gates.Select(g => new GateResult(text, g.Decision, [.. g.Findings.Select(f => Spoil(f, text))]))],
            Checks = [.. sample.Checks.Select(c => c with { Id = text, Detail = text, Log = text, Notes = [text], Findings = [.. c.Findings.Select(f => Spoil(f, text))] })],
            Gaps = [.. sample.Gaps.Select(g => g with { Why = text })],
            Exit = sample.Exit! with { LastBreak = text, Accepted = new Dictionary<string, string?> { [text] = text } },
            Calls = [.. sample.Calls.Select(c => c with { Key = text, Subject = text, Text = text })],
            Words = [.. sample.Words.Select(w => w with { By = text, Subject = text, Value = text, Role = text, Text = text })],
            Plots = [.. sample.Plots.Concat(sample.Budgets).Select(p => p with { Metric = text, Unit = text, Limits = [new PlotLimit(text, 1), new PlotLimit(text, 1e9)] })],
            Findings = [.. sample.Findings.Select(f => Spoil(f, text))],
            Plan = plain.Plan with { Steps = [], Rollback = [], Phases = [], Runbook = WatchSample.Plan.Runbook },
        };
    }

    private static Finding Spoil(Finding finding, string text) => finding with
    {
        Subject = text,
        Text = text,
        Condition = text,
        Observed = text,
        Query = text,
        Source = $"{text}:1:2",
        Evidence = text,
    };
}
