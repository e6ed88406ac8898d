using System.Collections;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>
/// Roles of the runbook that the command line names: the one that the subject waits for, those that speak on a hotfix, or those that vote.
/// </summary>
public sealed class RoleCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder)
    {
        if (RunbookNamed(bound, folder) is not { } runbook)
            return [];
        if (bound.Contains("Hotfix"))
            return OfHotfix(runbook, bound["Step"]);
        if (bound["Subject"]?.ToString() is { Length: > 0 } subject)
            return ReleaseVotes.Subjects(runbook).Where(s => s.Subject == subject).Select(s => (s.Role, "approves " + subject));
        var polls = runbook.Polls.Where(p => bound["Poll"] is null || p.Name == bound["Poll"]!.ToString());
        return polls.SelectMany(p => p.Asks).DistinctBy(a => a.Role).Select(a => (a.Role, a.Question));
    }

    private static IEnumerable<(string Text, string ToolTip)> OfHotfix(Runbook runbook, object? step)
    {
        string?[] named = step switch
        {
            string one => [one],
            IEnumerable several => [.. several.Cast<object?>().Select(s => s?.ToString())],
            _ => [],
        };
        if (named.Length == 0)
            return runbook.Polls.Where(p => p.Name == runbook.Hotfix?.Approvals).SelectMany(p => p.Asks).Select(a => (a.Role, a.Question));
        return HotfixStepCompleter.Asked(runbook).Where(a => named.Contains(a.Step.Id)).Select(a => a.Role).OfType<string>().Distinct()
            .Select(r => (r, "answers it"));
    }
}
