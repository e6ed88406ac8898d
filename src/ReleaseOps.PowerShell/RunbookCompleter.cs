using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Completes what a runbook knows. A completer that can't tell offers nothing; it never fails.</summary>
public abstract class RunbookCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = WildcardPattern.Get(WildcardPattern.Escape(wordToComplete.Trim('\'', '"')) + "*", WildcardOptions.IgnoreCase);
        try
        {
            var folder = CurrentFolder();
            return
            [
                .. Offers(fakeBoundParameters, folder).Where(o => typed.IsMatch(o.Text)).Select(o => Result(o.Text, o.ToolTip)),
                .. Others(fakeBoundParameters, folder, wordToComplete),
            ];
        }
        catch (Exception e) when (e is ReleaseOpsException or RuntimeException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>What could stand there, each with a tooltip.</summary>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Offers(IDictionary bound, string folder);

    /// <summary>What else could stand there, for what has been typed, ready to be put in.</summary>
    private protected virtual IEnumerable<CompletionResult> Others(IDictionary bound, string folder, string typed) => [];

    /// <summary>The runbook that the command line names; null where it names none.</summary>
    private protected static Runbook? RunbookNamed(IDictionary bound, string folder)
    {
        if (bound["Runbook"] is { } given && (given is PSObject wrapped ? wrapped.BaseObject : given) is Runbook runbook)
            return runbook;
        return (bound["Name"] ?? bound["Path"])?.ToString() is { } named ? RunbookReader.Load(RunbookFiles.From(folder).Find(named)) : null;
    }

    private static string CurrentFolder()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand("Get-Location").AddParameter("PSProvider", "FileSystem").Invoke<PathInfo>()[0].ProviderPath;
    }

    private static CompletionResult Result(string text, string toolTip)
    {
        var plain = text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/' or '+');
        return new CompletionResult(
            plain ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'", text, CompletionResultType.ParameterValue, toolTip);
    }
}
