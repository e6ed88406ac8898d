using System.CommandLine;
using ReleaseOps.Evidence;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops watch acknowledge|mitigate|... RUNBOOK</c>: what people tell the watch of a release, from any terminal.</summary>
internal static class WatchWordCommand
{
    public static IEnumerable<Command> All() =>
    [
        Make(WatchWordKind.Acknowledge, "Takes an incident on: you look after it.", Incident()),
        Make(WatchWordKind.Mitigate, "Says that an incident is mitigated, and by what; it counts once its signal has stayed away.", Incident(), needsText: true),
        Make(WatchWordKind.Resolve, "Closes an incident.", Incident()),
        Make(WatchWordKind.Open, "Opens an incident that no metric shows.", value: Severity(), needsText: true),
        Make(WatchWordKind.Triage, "Gives an incident another severity.", Incident(), Severity(), needsText: true),
        Make(WatchWordKind.Review, "Says that a review is done.", new Argument<string>("review") { Description = "Its time, as the runbook has it: T+2h." }),
        Make(WatchWordKind.Confirm, "Confirms what a check asks a person.", new Argument<string>("check") { Description = "The check's id." }, role: Role(required: false)),
        Make(WatchWordKind.Accept, "Accepts the end of hypercare, in a role.", role: Role(required: true)),
        Make(WatchWordKind.Commander, "Hands the watch over to another incident commander.", value: new Argument<string>("name") { Description = "The new commander's name." }),
        Make(WatchWordKind.Stop, "Ends the watch before its time.", needsText: true),
    ];

    private static Argument<string> Incident() => new("incident") { Description = "The incident's id: INC-1." };

    private static Option<string> Severity() => new("--severity") { Description = "Its severity, a name of the runbook's ladder.", Required = true };

    private static Option<string?> Role(bool required) => new("--role") { Description = "The role that you speak in.", Required = required };

    private static Command Make(
        WatchWordKind kind, string description, Argument<string>? subject = null, Symbol? value = null, Option<string?>? role = null, bool needsText = false)
    {
        var runbook = CommonOptions.Runbook();
        // The other name is the one that `rollout abort` and `rollback` know.
        var text = new Option<string?>("--text", "--reason")
        {
            Description = "What happened, was done or found, or why; it stands in the ledger and in the evidence.",
            Required = needsText,
        };
        var parameters = CommonOptions.Parameters();
        var evidence = CommonOptions.Evidence();
        var command = new Command(kind.ToString().ToLowerInvariant(), description) { runbook };
        if (subject is not null)
            command.Add(subject);
        if (value is Argument<string> named)
            command.Add(named);
        if (value is Option<string> chosen)
            command.Add(chosen);
        command.Add(text);
        if (role is not null)
            command.Add(role);
        command.Add(parameters);
        command.Add(evidence);
        command.SetAction(parsed =>
        {
            var plan = StabilityWatch.Plan(CommonOptions.Load(parsed.GetValue(runbook)!), CommonOptions.ParametersFrom(parsed.GetValue(parameters)));
            var options = CommonOptions.RunWith(null, parsed.GetValue(evidence));
            var word = new WatchWord(kind, options.Actor, options.Clock.GetUtcNow())
            {
                Subject = subject is null ? null : parsed.GetValue(subject),
                Value = value switch { Argument<string> a => parsed.GetValue(a), Option<string> o => parsed.GetValue(o), _ => null },
                Role = role is null ? null : parsed.GetValue(role),
                Text = parsed.GetValue(text),
            };
            var delivery = StabilityWatch.Say(plan, word, new WatchOptions(options));
            Console.Out.WriteLine(OneLine.Of($"Told the watch of {plan.Release}: {WatchProgress.Said(word)}; {CommonOptions.Words(delivery)}."));
            return ExitCode.Go;
        });
        return command;
    }
}
