using ReleaseOps.Checklists;
using ReleaseOps.Steps;

namespace ReleaseOps.Tests.Evidence;

/// <summary>The sample with one text in every place that text from outside can reach.</summary>
internal static class HostileResult
{
    public static ChecklistResult With(string text, bool dryRun = false)
    {
        var sample = dryRun ? Sample.DryRun : Sample.Result;
        return sample with
        {
            Run = dryRun ? null : text,
            Runbook = text,
            Title = text,
            Release = new Release(text, text),
            Actor = text,
            Steps = [.. sample.Steps.Select(s => s with
            {
                Detail = text,
                Changes = s.Changes is null ? null : text,
                Log = s.Log is null ? null : text,
                Notes = [.. s.Notes.Select(_ => text)],
                Findings = [.. s.Findings.Select(f => Spoil(f, text))],
            })],
            Findings = [.. sample.Findings.Select(f => Spoil(f, text))],
            Plan = sample.Plan with
            {
                Runbook = Sample.Runbook,
                Release = new Release(text, text),
                Steps = [.. sample.Plan.Steps.Select(s => Spoil(s, text))],
                Rollback = [.. sample.Plan.Rollback.Select(s => Spoil(s, text))],
                Parameters = new Dictionary<string, object?> { [text] = text },
                Missing = [text],
                Secrets = [text],
                Phases = [text, text],
                Digest = text,
            },
        };
    }

    private static PlannedStep Spoil(PlannedStep step, string text) => step with
    {
        Does = text,
        Title = text,
        Changes = step.Changes is null ? null : text,
        Expect = [text],
        If = text,
        Owner = text,
    };

    private static Finding Spoil(Finding finding, string text) =>
        finding with { Subject = text, Text = text, Condition = text, Observed = text, Source = $"{text}:1:2", Evidence = text };
}
