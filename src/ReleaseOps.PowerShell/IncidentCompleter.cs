using System.Collections;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Open incidents of the release that the command line names, as its ledger has them.</summary>
public sealed class IncidentCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder)
    {
        if (RunbookNamed(bound, folder) is not { } runbook)
            return [];
        var plan = Planner.MakeMessages(runbook, ParameterValues.ToText(bound["Parameter"] as Hashtable));
        var options = new RunOptions
        {
            Folder = folder,
            EvidenceRoot = Path.GetFullPath(bound["EvidencePath"]?.ToString() ?? ReleaseCmdlet.DefaultEvidencePath, folder),
            Actor = Environment.UserName,
        };
        return IncidentUpdates.Read(plan, options).Where(i => i.Status != IncidentStatus.Resolved).Select(i => (i.Id, $"{i.Severity}: {i.Text}"));
    }
}
