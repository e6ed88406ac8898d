using System.Collections;

namespace ReleaseOps.PowerShell;

/// <summary>Escalation levels of the runbook that the command line names, the first one first.</summary>
public sealed class EscalationCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookNamed(bound, folder)?.Escalation.Select(e => (e.Level, e.To)) ?? [];
}
