using System.Collections;

namespace ReleaseOps.PowerShell;

/// <summary>Reviews of the watch of the runbook that the command line names, by time.</summary>
public sealed class ReviewCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookNamed(bound, folder) is { Watch: { } watch } runbook
            ? runbook.Schedule.Where(r => r.At.FromT0 >= TimeSpan.Zero && r.At.FromT0 <= watch.Window)
                .OrderBy(r => r.At.FromT0).Select(r => (r.At.ToString(), r.What))
            : [];
}
