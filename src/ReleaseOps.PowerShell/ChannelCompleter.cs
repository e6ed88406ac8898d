using System.Collections;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Channels: those of the runbook that the command line names, and the usual ones.</summary>
public sealed class ChannelCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder)
    {
        var own = RunbookNamed(bound, folder)?.Channels.Select(c => (c.Name, c.Kind.ToString())) ?? [];
        return own.Concat(ChannelDefaults.Names.Select(n => (n, "usual"))).DistinctBy(c => c.Item1);
    }
}
