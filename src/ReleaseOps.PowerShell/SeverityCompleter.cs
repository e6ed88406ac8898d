using System.Collections;

namespace ReleaseOps.PowerShell;

/// <summary>Severities of the runbook that the command line names, worst first.</summary>
public sealed class SeverityCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookNamed(bound, folder)?.Severities.Select(s => (s.Name, s.Definition)) ?? [];
}
