using System.CommandLine;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Hotfixes;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops hotfix RUNBOOK</c>: whether a hotfix may go out; <c>hotfix approve</c>: people's words on it.</summary>
internal static class HotfixCommand
{
    private const string ARevision = "a git revision";

    private static readonly Argument<string> Runbook = CommonOptions.Runbook();
    private static readonly Option<string[]> Parameters = CommonOptions.Parameters();
    private static readonly Option<string?> Base = CommonOptions.NeverEmpty(new Option<string?>("--base")
    {
        Description = "What is live, to compare with: a branch, a tag, a commit (default: the runbook's).",
    }, ARevision);
    private static readonly Option<string> Revision = CommonOptions.NeverEmpty(new Option<string>("--revision")
    {
        Description = "The hotfix: a branch, a tag, a commit.",
        DefaultValueFactory = _ => "HEAD",
    }, ARevision);
    private static readonly Option<string?> Class = new("--class") { Description = "What kind of change it is: one of the runbook's classes." };
    private static readonly Option<string?> Ticket = new("--ticket") { Description = "The ticket (default: that of the branch's name)." };
    private static readonly Option<string?> Severity = new("--severity") { Description = "How bad the incident is: one of the runbook's severities." };
    private static readonly Option<string?> Impact = new("--impact") { Description = "What the customer notices, for the status message." };
    private static readonly Option<string?> Scope = new("--scope") { Description = "What the change does in a line, for the status message." };
    private static readonly Option<string?> Title = new("--title") { Description = "The title of the pull request, to have it judged." };
    private static readonly Option<string?> Tag = new("--tag") { Description = "The tag that it is to get, to have it judged." };
    private static readonly Option<TimeSpan?> Eta = new("--eta")
    {
        Description = "How long it takes until the hotfix is out: 45m, 2h.",
        CustomParser = given =>
        {
            if (Durations.TryParse(given.Tokens[0].Value, out var eta))
                return eta;
            given.AddError("--eta takes a duration such as 45m or 2h.");
            return null;
        },
    };
    private static readonly Option<string[]> Answers = new("--answer")
    {
        Description = "A person's answer to a condition of going back first, NAME=yes or NAME=no; may be given several times.",
    };
    private static readonly Option<bool> DryRun = CommonOptions.DryRun();
    private static readonly Option<string?> Folder = CommonOptions.Folder();
    private static readonly Option<string?> Evidence = CommonOptions.Evidence();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Make()
    {
        var command = new Command("hotfix", "Says whether a hotfix may go out: its change against the rules, its names, its checks, its approvals, and which way to go.")
        {
            Runbook, Base, Revision, Class, Ticket, Severity, Impact, Scope, Title, Tag, Eta, Answers, Parameters, DryRun, Folder, Evidence, Json,
        };
        command.SetAction(RunAsync);
        command.Add(MakeApprove());
        return command;
    }

    private static Command MakeApprove()
    {
        var runbook = CommonOptions.Runbook();
        var steps = new Argument<string[]>("step")
        {
            Description = "The checks that you confirm; none to approve the hotfix itself.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var role = new Option<string>("--role") { Description = "The role that you speak in.", Required = true };
        var refuse = new Option<bool>("--refuse") { Description = "Say no instead of yes." };
        var command = new Command("approve", "Approves a hotfix in a role, or confirms what one of its checks asks. It binds to the commit.")
        {
            runbook, steps, role, refuse, Base, Revision, Parameters, Folder, Evidence,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = HotfixReadiness.Plan(CommonOptions.Load(parsed.GetValue(runbook)!), CommonOptions.ParametersFrom(parsed.GetValue(Parameters)));
            var options = new HotfixOptions(CommonOptions.RunWith(parsed.GetValue(Folder), parsed.GetValue(Evidence)))
            {
                Base = parsed.GetValue(Base),
                Revision = parsed.GetValue(Revision)!,
            };
            foreach (var step in parsed.GetValue(steps) is { Length: > 0 } named ? named : new string?[] { null })
            {
                var said = await HotfixReadiness.ApproveAsync(plan, step, parsed.GetValue(role)!, !parsed.GetValue(refuse), options, cancellation).ConfigureAwait(false);
                var verb = (step, said.Given) switch { (null, true) => "approves", (null, false) => "refuses", (_, true) => "confirms", _ => "denies" };
                Console.Out.WriteLine(
                    $"{said.By} as {said.Role} {verb} {(step is null ? "the hotfix" : $"'{step}'")} of {plan.Release} at {said.Commit}; "
                    + $"{CommonOptions.Words(said.Delivery)}.");
            }
            return ExitCode.Go;
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var plan = HotfixReadiness.Plan(CommonOptions.Load(parsed.GetValue(Runbook)!), CommonOptions.ParametersFrom(parsed.GetValue(Parameters)));
        var json = parsed.GetValue(Json);
        if (parsed.GetValue(DryRun))
            return RunOutput.Show(HotfixReadiness.DryRun(plan, Environment.UserName, TimeProvider.System), json);
        using var view = new ChecklistView(json);
        var run = CommonOptions.RunWith(parsed.GetValue(Folder), parsed.GetValue(Evidence)) with
        {
            Attendant = ConsoleAttendant.IfSomebodyIsThere(view.Screen),
            Listener = view,
        };
        var result = await HotfixReadiness.RunAsync(plan, new HotfixOptions(run)
        {
            Base = parsed.GetValue(Base),
            Revision = parsed.GetValue(Revision)!,
            Class = parsed.GetValue(Class),
            Ticket = parsed.GetValue(Ticket),
            Severity = parsed.GetValue(Severity),
            Impact = parsed.GetValue(Impact),
            Scope = parsed.GetValue(Scope),
            Title = parsed.GetValue(Title),
            Tag = parsed.GetValue(Tag),
            Eta = parsed.GetValue(Eta),
            Answers = CommonOptions.AnswersFrom(parsed.GetValue(Answers) ?? []),
        }, cancellation).ConfigureAwait(false);
        view.Dispose();
        return RunOutput.Finish(result, json, new HotfixAnswer(parsed.GetValue(Runbook)!, [.. Again(parsed, plan)]));
    }

    /// <summary>What must be said again so that an answer is about the same release and goes to the same ledger.</summary>
    private static IEnumerable<string> Again(ParseResult parsed, Plan plan)
    {
        var late = plan.Runbook.Parameters.Where(p => p.Late).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in (parsed.GetValue(Parameters) ?? []).Where(p => !late.Contains(p.Split('=')[0])))
        {
            yield return Parameters.Name;
            yield return parameter;
        }
        foreach (var option in new[] { Folder, Evidence })
        {
            if (parsed.GetValue(option) is not { } path)
                continue;
            yield return option.Name;
            yield return path;
        }
    }
}
