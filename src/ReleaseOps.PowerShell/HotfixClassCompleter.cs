using System.Collections;

namespace ReleaseOps.PowerShell;

/// <summary>Classes of hotfixes of the runbook that the command line names.</summary>
public sealed class HotfixClassCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookNamed(bound, folder)?.Hotfix?.Classes.Select(c => (c.Name, c.Title ?? c.Name)) ?? [];
}
