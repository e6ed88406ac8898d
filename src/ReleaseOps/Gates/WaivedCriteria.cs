using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>
/// Waivers: a person's leave to go on. What was seen stays what it was; it only doesn't decide any more, until the waiver ends.
/// </summary>
internal static class WaivedCriteria
{
    public static Finding Apply(Finding finding, Gate gate, GateCriterion criterion, GateInput input)
    {
        if (finding.Verdict is not (Verdict.Failed or Verdict.Inconclusive))
            return finding;
        var waivers = input.Waivers
            .Where(w => w.Gate == gate.Name && (w.Criterion == criterion.Name || w.Criterion == criterion.ToString())).ToList();
        if (waivers.Count == 0)
            return finding;
        var last = waivers.MaxBy(w => w.Until)!;
        return input.Look.At < last.Until
            ? finding with { Text = $"{finding.Text} (waived until {Day(last.Until)} by {last.By}: {last.Reason})", Required = false }
            : finding with { Text = $"{finding.Text} (the waiver by {last.By} ended on {Day(last.Until)})" };
    }

    private static string Day(DateTimeOffset until)
    {
        var utc = until.UtcDateTime;
        return utc.ToString(utc.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    }
}
