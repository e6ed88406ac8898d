using System.Collections;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.PowerShell;

/// <summary>Open incidents of the watch that the command line names, as its ledger has them.</summary>
public sealed class IncidentCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder)
    {
        if (RunbookNamed(bound, folder) is not { } runbook)
            return [];
        var plan = StabilityWatch.Plan(runbook, ParameterValues.ToText(bound["Parameter"] as Hashtable));
        var options = new RunOptions
        {
            Folder = folder,
            EvidenceRoot = Path.GetFullPath(bound["EvidencePath"]?.ToString() ?? ReleaseCmdlet.DefaultEvidencePath, folder),
            Actor = Environment.UserName,
        };
        return StabilityWatch.Read(plan, new WatchOptions(options)).Incidents.Where(i => i.IsOpen).Select(i => (i.Id, $"{i.Severity}: {i.Text}"));
    }
}
