using System.Collections;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Checks of the watch that ask a person, in the runbook that the command line names.</summary>
public sealed class WatchCheckCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookNamed(bound, folder)?.Watch?.Checks.Where(c => c.Work is ConfirmWork).Select(c => (c.Id, c.Title ?? c.Id)) ?? [];
}
