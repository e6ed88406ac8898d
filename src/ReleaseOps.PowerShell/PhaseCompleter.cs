using System.Collections;

namespace ReleaseOps.PowerShell;

/// <summary>Phases of the runbook that the command line names.</summary>
public sealed class PhaseCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookNamed(bound, folder)?.Phases.Select(p => (p.Name, p.Title ?? p.Name)) ?? [];
}
