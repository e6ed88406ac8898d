using System.Collections;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>The role that confirms the check that the command line names, or those that must accept the end of hypercare.</summary>
public sealed class WatchRoleCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder)
    {
        if (RunbookNamed(bound, folder)?.Watch is not { } watch)
            return [];
        if (bound["ConfirmCheck"]?.ToString() is not { Length: > 0 } check)
            return watch.Exit?.Accept.Select(r => (r, "accepts the end of hypercare")) ?? [];
        return watch.Checks.Where(c => c.Id == check).Select(c => (c.Work as ConfirmWork)?.By).OfType<string>().Select(r => (r, "confirms " + check));
    }
}
