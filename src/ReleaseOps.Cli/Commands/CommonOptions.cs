using System.CommandLine;
using System.Globalization;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Commands;

/// <summary>Options that several commands share, so that they read and mean the same everywhere.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print the result as one JSON document on standard output." };

    public static Option<string[]> Parameters() => new("--param", "-p")
    {
        Description = "A parameter's value, NAME=VALUE; may be given several times.",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string?> Evidence() => NeverEmpty(new Option<string?>("--evidence")
    {
        Description = "Folder for ledgers and evidence (default: RELEASEOPS_EVIDENCE, else ./evidence).",
    });

    public static Option<string?> Folder() => NeverEmpty(new Option<string?>("--folder")
    {
        Description = "The folder that commands run in (default: this one).",
    });

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Show what would be done, and do nothing." };

    public static Option<bool> ConfirmOnce() => new("--confirm") { Description = "Show the plan and ask before anything is begun." };

    public static Option<string?> Resume() => new("--resume")
    {
        Description = "Go on with a run that was cut short (its id; the last one when none is given).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<string?> Abandon() => new("--abandon")
    {
        Description = "Give up a run that was cut short (its id; the last one when none is given), and run nothing.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static void NotTogether(Command command, Option one, Option other) => command.Validators.Add(given =>
    {
        if (given.GetResult(one) is not null && given.GetResult(other) is not null)
            given.AddError($"{one.Name} and {other.Name} don't go together.");
    });

    /// <summary>One of these at most.</summary>
    public static void OneOf(Command command, params Option[] options)
    {
        for (var first = 0; first < options.Length; first++)
            for (var second = first + 1; second < options.Length; second++)
                NotTogether(command, options[first], options[second]);
    }

    /// <summary>Refuses an empty path, which is a variable of the caller's script that wasn't set, and never what was meant.</summary>
    public static Option<T> NeverEmpty<T>(Option<T> path, string what = "a path")
    {
        path.Validators.Add(given =>
        {
            if (given.Tokens.Any(t => t.Value.Length == 0))
                given.AddError($"{path.Name} takes {what}, and this one is empty.");
        });
        return path;
    }

    /// <summary>Refuses an empty argument, which is a variable that wasn't set, too.</summary>
    public static Argument<T> NeverEmpty<T>(Argument<T> argument)
    {
        argument.Validators.Add(given =>
        {
            if (given.Tokens.Any(t => t.Value.Length == 0))
                given.AddError($"<{argument.Name}> is empty.");
        });
        return argument;
    }

    /// <summary>A duration as runbooks write them: 30s, 5m, 24h.</summary>
    public static Option<TimeSpan> Duration(string name, string description, TimeSpan usual, TimeSpan shortest) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = given =>
        {
            if (!Durations.TryParse(given.Tokens[0].Value, out var duration) || duration < shortest)
                given.AddError($"{name} takes a duration such as 30s, 5m or 1h, at least {Durations.Format(shortest)}.");
            return duration;
        },
    };

    /// <summary>A number, the same in every culture.</summary>
    public static Option<double> Number(string name, string description, double usual, double low, double high) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = given =>
        {
            if (!double.TryParse(given.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number >= low && number <= high))
                given.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {low} to {high}."));
            return number;
        },
    };

    public static Argument<string> Runbook() => new("runbook") { Description = "Path of a runbook, or its name." };

    public static string EvidenceRoot(string? given)
    {
        var named = given ?? Environment.GetEnvironmentVariable("RELEASEOPS_EVIDENCE");
        return Path.GetFullPath(string.IsNullOrEmpty(named) ? "evidence" : named);
    }

    public static Dictionary<string, string> ParametersFrom(string[]? given) => PairsFrom("--param", given);

    /// <summary>Values by name, NAME=VALUE.</summary>
    /// <exception cref="ReleaseOpsException">Usage.</exception>
    public static Dictionary<string, string> PairsFrom(string option, string[]? given)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in given ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new ReleaseOpsException(ErrorId.Usage, $"{option} '{pair}' is not NAME=VALUE.", $"Write for example {option} version=1.2.3.", pair);
            values[pair[..at]] = pair[(at + 1)..];
        }
        return values;
    }

    /// <summary>People's answers, NAME=yes or NAME=no.</summary>
    /// <exception cref="ReleaseOpsException">Usage.</exception>
    public static Dictionary<string, bool> AnswersFrom(string[] given)
    {
        var answers = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var answer in given)
        {
            var at = answer.LastIndexOf('=');
            answers[at > 0 ? answer[..at] : answer] = (at > 0 ? answer[(at + 1)..] : "") switch
            {
                "yes" => true,
                "no" => false,
                _ => throw new ReleaseOpsException(
                    ErrorId.Usage, $"--answer '{answer}' is not NAME=yes or NAME=no.",
                    "Write for example --answer 'Is data being lost?=no', with the question or the condition as the runbook names it.", answer),
            };
        }
        return answers;
    }

    public static RunbookFinder Finder() => new(Environment.CurrentDirectory, Environment.GetEnvironmentVariable(RunbookFinder.Variable));

    public static Runbook Load(string nameOrPath) => RunbookReader.Load(Finder().Find(nameOrPath));

    /// <summary>The plan of a whole runbook, which votes, approvals and signals are about.</summary>
    public static Plan WholePlan(string nameOrPath, string[]? parameters) =>
        Planner.Make(Load(nameOrPath), ParametersFrom(parameters), Selection.All);

    /// <summary>How a run is run from here, without anybody to ask or to tell.</summary>
    public static RunOptions RunWith(string? folder, string? evidence) => new()
    {
        Folder = Path.GetFullPath(folder ?? "."),
        EvidenceRoot = EvidenceRoot(evidence),
        Actor = Environment.UserName,
    };

    public static string Words(Delivery delivery) =>
        delivery == Delivery.Recorded ? "recorded" : "sent to the run that holds the release, which records it";
}
