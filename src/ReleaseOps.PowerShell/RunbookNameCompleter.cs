using System.Collections;

namespace ReleaseOps.PowerShell;

/// <summary>Names of runbooks.</summary>
public sealed class RunbookNameCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookFiles.From(folder).List().Where(r => r.ShadowedBy is null).Select(r => (r.Name, r.Title));
}
