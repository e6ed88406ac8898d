using System.CommandLine;
using ReleaseOps.Gates;
using ReleaseOps.Rollouts;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops vote RUNBOOK [POLL] go|no-go|postpone --role ROLE</c>.</summary>
internal static class VoteCommand
{
    public static Command Make()
    {
        var runbook = CommonOptions.Runbook();
        var words = new Argument<string[]>("[poll] go|no-go|postpone")
        {
            Description = "The poll, where the runbook has several; then what the role says.",
            Arity = new ArgumentArity(1, 2),
        };
        words.Validators.Add(given =>
        {
            if (given.Tokens.Count > 0 && ChoiceOf(given.Tokens[^1].Value) is null)
                given.AddError($"'{given.Tokens[^1].Value}' is no vote; say go, no-go or postpone.");
        });
        var role = new Option<string>("--role") { Description = "The role that you vote in.", Required = true };
        var comment = new Option<string?>("--comment") { Description = "What you add." };
        var parameters = CommonOptions.Parameters();
        var evidence = CommonOptions.Evidence();
        var command = new Command("vote", "Casts a vote in a poll. It binds to the runbook and its parameters: give the release's own.")
        {
            runbook, words, role, comment, parameters, evidence,
        };
        command.SetAction(parsed =>
        {
            var said = parsed.GetValue(words)!;
            var plan = CommonOptions.WholePlan(parsed.GetValue(runbook)!, parsed.GetValue(parameters));
            var (vote, delivery) = ReleaseVotes.Cast(
                plan, said.Length == 2 ? said[0] : null, parsed.GetValue(role)!, ChoiceOf(said[^1])!.Value, parsed.GetValue(comment),
                CommonOptions.RunWith(null, parsed.GetValue(evidence)));
            Console.Out.WriteLine($"{vote.By} as {vote.Role}: {said[^1]} in the poll '{vote.Poll}' of {plan.Release}; {CommonOptions.Words(delivery)}.");
            return ExitCode.Go;
        });
        return command;
    }

    private static VoteChoice? ChoiceOf(string word) => word switch
    {
        "go" => VoteChoice.Go,
        "no-go" => VoteChoice.NoGo,
        "postpone" => VoteChoice.Postpone,
        _ => null,
    };
}
