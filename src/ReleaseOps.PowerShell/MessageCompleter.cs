using System.Collections;

namespace ReleaseOps.PowerShell;

/// <summary>Messages of the runbook that the command line names.</summary>
public sealed class MessageCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookNamed(bound, folder)?.Messages.Select(m => (m.Name, m.When ?? m.Name)) ?? [];
}
