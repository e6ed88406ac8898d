using System.CommandLine;
using ReleaseOps.Evidence;
using ReleaseOps.Rollouts;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops decision RUNBOOK</c>: go or no-go at this moment, with the table of criteria, the votes, the severity and the advice.</summary>
internal static class DecisionCommand
{
    private static readonly Argument<string> Runbook = CommonOptions.Runbook();
    private static readonly Option<string[]> Parameters = CommonOptions.Parameters();
    private static readonly Option<string?> Poll = new("--poll") { Description = "The poll, where the runbook has several." };
    private static readonly Option<string[]> Answers = new("--answer")
    {
        Description = "A person's answer to a question of the decision tree, QUESTION=yes or QUESTION=no; may be given several times.",
    };
    private static readonly Option<string?> Folder = CommonOptions.Folder();
    private static readonly Option<string?> Evidence = CommonOptions.Evidence();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Make()
    {
        var command = new Command("decision", "Says whether it is go or no-go at this moment: criteria, votes, severity, advice. It changes nothing.")
        {
            Runbook, Parameters, Poll, Answers, Folder, Evidence, Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = CommonOptions.WholePlan(parsed.GetValue(Runbook)!, parsed.GetValue(Parameters));
            var options = new DecisionOptions(CommonOptions.RunWith(parsed.GetValue(Folder), parsed.GetValue(Evidence)))
            {
                Poll = parsed.GetValue(Poll),
                Answers = CommonOptions.AnswersFrom(parsed.GetValue(Answers) ?? []),
            };
            var report = await ReleaseDecision.DecideAsync(plan, options, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(Json))
                Console.Out.Write(DecisionJson.Text(report));
            else
                DecisionText.Write(Console.Out, report);
            return ExitCode.Of(report.Decision);
        });
        return command;
    }
}
