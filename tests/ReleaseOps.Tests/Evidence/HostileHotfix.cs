using ReleaseOps.Contracts;
using ReleaseOps.Hotfixes;

namespace ReleaseOps.Tests.Evidence;

/// <summary>The hotfix with one text in every place that a change, a description of an API or a person can put one.</summary>
internal static class HostileHotfix
{
    public static HotfixResult With(string text)
    {
        var (sample, plain) = (HotfixSample.Result, HostileResult.With(text));
        return sample with
        {
            Run = text,
            Runbook = text,
            Title = text,
            Release = new Release(text, text),
            Actor = text,
            Change = new HotfixChange(text, text)
            {
                Branch = text,
                Ticket = text,
                Class = text,
                Severity = text,
                Files = 2,
                Domains = [text, text],
                Uncommitted = [text, text],
            },
            Eligibility = [.. sample.Eligibility.Select(f => Spoil(f, text))],
            Naming = [.. sample.Naming.Select(f => Spoil(f, text))],
            Contract = Contract(text),
            Steps = plain.Steps,
            Approvals = sample.Approvals! with { Findings = [.. sample.Approvals.Findings.Select(f => Spoil(f, text))] },
            RollbackFirst = [.. sample.RollbackFirst.Select(f => Spoil(f, text))],
            // A line more or less of the status is a row more or less of its table.
            Status = $"first\n{text.ReplaceLineEndings(" ")}\nlast\n",
            Findings = [.. sample.Findings.Select(f => Spoil(f, text))],
            Plan = plain.Plan,
        };
    }

    public static ContractResult Contract(string text) => HotfixSample.Contract with
    {
        Base = text,
        Revision = text,
        Changes = [.. HotfixSample.Contract.Changes.Select(c => Spoil(c, text))],
        Ignored = [.. HotfixSample.Contract.Ignored.Select(i => i with { Change = Spoil(i.Change, text), Reason = text })],
        Findings = [.. HotfixSample.Contract.Findings.Select(f => Spoil(f, text))],
    };

    private static ContractChange Spoil(ContractChange change, string text) => change with
    {
        Text = text,
        Method = text,
        Path = text,
        OperationId = text,
        Base = change.Base is null ? null : new ContractPlace(text, 1, 2),
        Revision = change.Revision is null ? null : new ContractPlace(text, 1, 2),
    };

    private static Finding Spoil(Finding finding, string text) =>
        finding with { Subject = text, Text = text, Condition = text, Observed = text, Source = finding.Source is null ? text : $"{text}:7", Evidence = text };
}
