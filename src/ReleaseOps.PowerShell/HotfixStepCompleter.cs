using System.Collections;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Ids of the checks of a hotfix that ask a person; those of the role, where the command line names one.</summary>
public sealed class HotfixStepCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder)
    {
        var role = bound["Role"]?.ToString();
        return RunbookNamed(bound, folder)?.Phases.SelectMany(p => p.Steps)
            .Where(s => s.Work is ConfirmWork && (role is null || s.Role is null || s.Role == role)).Select(s => (s.Id, s.Title ?? s.Id)) ?? [];
    }
}
