using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReleaseOps.PowerShell;

/// <summary>
/// The conditions of going back first that a person answers, as a hashtable to fill in. None of them has an answer in it: who presses Tab
/// and Enter has said nothing, and is told so.
/// </summary>
public sealed class RollbackFirstCompleter : RunbookCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder) => [];

    private protected override IEnumerable<CompletionResult> Others(IDictionary bound, string folder, string typed)
    {
        var asked = typed.Length > 0 ? [] : RunbookNamed(bound, folder)?.Hotfix?.RollbackFirst.Where(c => c.Ask is not null).ToList() ?? [];
        if (asked.Count > 0)
            yield return new CompletionResult(
                $"@{{ {string.Join("; ", asked.Select(c => $"'{CodeGeneration.EscapeSingleQuotedStringContent(c.Name)}' = $null"))} }}",
                "answers", CompletionResultType.ParameterValue, string.Join(Environment.NewLine, asked.Select(c => $"{c.Name}: {c.Ask}")));
    }
}
