using ReleaseOps.Contracts;

namespace ReleaseOps.Evidence;

/// <summary>A comparison of two API descriptions as rows: a row a difference, an operation a phase.</summary>
internal static class ContractRows
{
    public static IReadOnlyList<ReportRow> Of(ContractResult result)
    {
        var changes = result.Changes.Select(c => Row(c, c.Level >= result.FailOn ? Verdict.Failed : Verdict.Passed, c.Text));
        var ignored = result.Ignored.Select(i => Row(i.Change, Verdict.Skipped, $"{i.Change.Text}; accepted: {i.Reason}"));
        var findings = result.Findings.Select(f => new ReportRow("API", f.Subject, f.Verdict, f.Text) { Required = f.Required, Findings = [f] });
        List<ReportRow> rows = [.. changes, .. ignored, .. findings];
        // A suite without a case says nothing; that nothing differs is something.
        return rows.Count > 0 ? rows : [new ReportRow("API", "contract", Verdict.Passed, ContractFindings.Line(result)) { Required = true }];
    }

    /// <summary>The differences that decide, as findings with their places.</summary>
    public static IReadOnlyList<Finding> Findings(ContractResult result) =>
        [.. result.Changes.Where(c => c.Level >= result.FailOn).Select(c => Finding(c, Verdict.Failed, c.Text)), .. result.Findings];

    private static ReportRow Row(ContractChange change, Verdict verdict, string text) =>
        new(ContractText.Operation(change), change.Id, verdict, text) { Required = true, Findings = [Finding(change, verdict, text)] };

    private static Finding Finding(ContractChange change, Verdict verdict, string text) => new(change.Id, verdict, $"{ContractText.Operation(change)}: {text}")
    {
        Source = (change.Revision ?? change.Base)?.ToString(),
    };
}
