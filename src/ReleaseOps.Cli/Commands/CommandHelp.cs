using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ReleaseOps.Cli.Commands;

/// <summary>
/// The help of a command. System.CommandLine shows a word's own arguments behind those of the command that it belongs to
/// (<c>watch &lt;runbook&gt; status &lt;runbook&gt;</c>); the word takes its own only, and that is what is shown.
/// </summary>
internal sealed class CommandHelp(HelpAction inner) : SynchronousCommandLineAction
{
    // Who asks how a command is written hasn't written it right yet.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var to = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        var code = inner.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = to;
        var command = parseResult.CommandResult.Command;
        to.Write(command.Parents.OfType<Command>().Aggregate(text.ToString(), (help, parent) => help.Replace(
            string.Concat(parent.Arguments.Select(a => $" <{a.Name}>")) + $" {command.Name} ", $" {command.Name} ", StringComparison.Ordinal)));
        return code;
    }
}
