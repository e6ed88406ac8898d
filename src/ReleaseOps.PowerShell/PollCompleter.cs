using System.Collections;

namespace ReleaseOps.PowerShell;

/// <summary>Polls of the runbook that the command line names.</summary>
public sealed class PollCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookNamed(bound, folder)?.Polls.Select(p => (p.Name, string.Join(", ", p.Asks.Select(a => a.Role)))) ?? [];
}
