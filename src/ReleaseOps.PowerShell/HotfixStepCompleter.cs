using System.Collections;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Ids of the checks of a hotfix that ask a person; those of the role, where the command line names one.</summary>
public sealed class HotfixStepCompleter : RunbookCompleter
{
    /// <summary>The checks that ask a person, each with the role that answers; null for anybody's.</summary>
    internal static IEnumerable<(Step Step, string? Role)> Asked(Runbook runbook) =>
        runbook.Phases.SelectMany(p => p.Steps).Where(s => s.Work is ConfirmWork).Select(s => (s, s.Role ?? ((ConfirmWork)s.Work).By));

    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder)
    {
        var role = bound["Role"]?.ToString();
        return RunbookNamed(bound, folder) is { } runbook
            ? Asked(runbook).Where(a => role is null || a.Role is null || a.Role == role).Select(a => (a.Step.Id, a.Step.Title ?? a.Step.Id))
            : [];
    }
}
