using System.Collections;

namespace ReleaseOps.PowerShell;

/// <summary>Ids of the steps of the runbook that the command line names, in the phases that it names.</summary>
public sealed class StepCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder)
    {
        var phases = bound["Phase"] switch
        {
            string one => [one],
            IEnumerable several => several.Cast<object?>().Select(p => p?.ToString() ?? "").ToArray(),
            _ => [],
        };
        return RunbookNamed(bound, folder)?.Phases
            .Where(p => phases.Length == 0 || phases.Contains(p.Name))
            .SelectMany(p => p.Steps).Select(s => (s.Id, s.Title ?? s.Id)) ?? [];
    }
}
