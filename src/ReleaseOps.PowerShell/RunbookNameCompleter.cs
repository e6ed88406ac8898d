using System.Collections;
using System.Management.Automation;

namespace ReleaseOps.PowerShell;

/// <summary>Names of runbooks, and where a path was begun its files and folders.</summary>
public sealed class RunbookNameCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) =>
        RunbookFiles.From(folder).List().Where(r => r.ShadowedBy is null).Select(r => (r.Name, r.Title));

    // PowerShell completes no files by itself where there is a completer.
    private protected override IEnumerable<CompletionResult> Others(IDictionary bound, string folder, string typed) =>
        typed.Length == 0 ? [] : CompletionCompleters.CompleteFilename(typed)
        .Where(f => f.ResultType == CompletionResultType.ProviderContainer
            ? typed.AsSpan().IndexOfAny('/', '\\') >= 0
            : Path.GetExtension(f.ListItemText) is ".yaml" or ".yml");
}
