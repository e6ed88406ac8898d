using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ReleaseOps.Cli.Screen;

namespace ReleaseOps.Cli.Commands;

/// <summary>The command tree, and what every command has in common: usage errors, error texts, exit codes, signals.</summary>
internal static class Root
{
    public static async Task<int> RunAsync(string[] args)
    {
        // A RootCommand would call itself by its assembly's name.
        var root = new Command("releaseops", "Runs release runbooks: go-live checklists, staged rollouts and rollbacks, stability watches, incidents, hotfixes, with a true dry run, judged, with evidence.")
        {
            new HelpOption { Action = new CommandHelp(new HelpAction()) },
            new VersionOption(),
            ChecklistCommand.Make(),
            RolloutCommand.Make(),
            RollbackCommand.Make(),
            VoteCommand.Make(),
            ApproveCommand.Make(),
            DecisionCommand.Make(),
            WatchCommand.Make(),
            IncidentCommand.Make(),
            PostmortemCommand.Make(),
            HotfixCommand.Make(),
            ContractCommand.Make(),
            ReviewCommand.Make(),
            RunbookCommand.Make(),
            CriterionCommand.Make(),
            MetricsCommand.Make(),
            DriftCommand.Make(),
            EvidenceCommand.Make(),
            DemoCommand.Make(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // System.CommandLine would exit with 1, which is our no-go.
            foreach (var error in Sentences(parsed))
                Console.Error.WriteLine("releaseops: " + error);
            if (Misplaced(parsed.CommandResult) is { } meant)
                Console.Error.WriteLine($"Write: {meant}");
            Console.Error.WriteLine("Try: " + string.Join(' ', CommandPath(parsed.CommandResult)) + " --help");
            return ExitCode.Usage;
        }
        using var signals = new Signals();
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, signals.Token)
                .ConfigureAwait(false);
            return signals.ExitCode ?? code;
        }
        catch (OperationCanceledException) when (signals.ExitCode is not null)
        {
            return signals.ExitCode.Value;
        }
        catch (ReleaseOpsException error)
        {
            ErrorText.Write(Console.Error, error);
            return ExitCode.Of(error);
        }
        catch (Exception fault)
        {
            // Without this the runtime would end with a signal's code and a stack trace, which no pipeline reads as "could not tell".
            ErrorText.Write(Console.Error, new ReleaseOpsException(
                ErrorId.Internal, $"A fault of ReleaseOps itself: {fault.GetType().Name}: {fault.Message}",
                "Please report it, with the command that you gave. What the ledger holds is safe; a run that was begun can be resumed.", null, fault));
            return ExitCode.Hold;
        }
    }

    /// <summary>What is wrong, once; System.CommandLine says of each argument that is missing that one is missing, but not which.</summary>
    private static IEnumerable<string> Sentences(ParseResult parsed)
    {
        var missing = parsed.CommandResult.Command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0
            && parsed.CommandResult.GetResult(a) is not { Tokens.Count: > 0 }).Select(a => $"<{a.Name}>").ToList();
        return parsed.Errors.Select(e => missing.Count > 0 && e.SymbolResult is ArgumentResult { Tokens.Count: 0 }
            ? $"'{parsed.CommandResult.Command.Name}' needs {string.Join(" and ", missing)}." : e.Message).Distinct();
    }

    // `watch shop.yaml status`: the runbook went to the command, and the word behind it has none.
    private static string? Misplaced(CommandResult word) =>
        word.Parent is CommandResult command && word.Command.Arguments.Count(a => a.Arity.MinimumNumberOfValues > 0) == 1
            && command.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).ToList() is [var given]
            && !word.Children.OfType<ArgumentResult>().Any(a => a.Tokens.Count > 0)
            ? $"{string.Join(' ', CommandPath(word))} {given.Value}" : null;

    private static Stack<string> CommandPath(CommandResult? result)
    {
        var names = new Stack<string>();
        for (; result is not null; result = result.Parent as CommandResult)
            names.Push(result.Command.Name);
        return names;
    }
}
