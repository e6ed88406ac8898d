using System.Collections;

namespace ReleaseOps.PowerShell;

/// <summary>Roles that must accept the end of hypercare, of the runbook that the command line names.</summary>
public sealed class AcceptingRoleCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookNamed(bound, folder)?.Watch?.Exit?.Accept.Select(r => (r, "accepts the end of hypercare")) ?? [];
}
