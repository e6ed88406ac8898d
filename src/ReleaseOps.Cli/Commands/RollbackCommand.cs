using System.CommandLine;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Evidence;
using ReleaseOps.Rollouts;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops rollback RUNBOOK</c>: the way back by itself: planned, rehearsed, taken, gone on with.</summary>
internal static class RollbackCommand
{
    private static readonly Argument<string> Runbook = CommonOptions.Runbook();
    private static readonly Option<string[]> Parameters = CommonOptions.Parameters();
    private static readonly Option<string?> Evidence = CommonOptions.Evidence();
    private static readonly Option<string?> Folder = CommonOptions.Folder();
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<bool> DryRun = CommonOptions.DryRun();
    private static readonly Option<bool> Confirm = CommonOptions.ConfirmOnce();
    private static readonly Option<string?> Resume = CommonOptions.Resume();
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; a rollback that is begun must say it." };
    private static readonly Option<bool> Rehearse = new("--rehearse")
    {
        Description = "Fill in everything that it would do and look for each program, start nothing, and record that it was rehearsed.",
    };

    public static Command Make()
    {
        var command = new Command("rollback", "Takes the runbook's way back, or rehearses it.")
        {
            Runbook, Parameters, Reason, Rehearse, DryRun, Confirm, Resume, Folder, Evidence, Json,
        };
        command.Validators.Add(given =>
        {
            var begins = given.GetResult(Rehearse) is null && given.GetResult(DryRun) is null && given.GetResult(Resume) is null;
            if (begins && string.IsNullOrWhiteSpace(given.GetValue(Reason)))
                given.AddError("A rollback needs --reason TEXT (or --rehearse, --dry-run, --resume).");
        });
        CommonOptions.NotTogether(command, Resume, Rehearse);
        CommonOptions.NotTogether(command, DryRun, Rehearse);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var plan = ReleaseRollback.Plan(CommonOptions.Load(parsed.GetValue(Runbook)!), CommonOptions.ParametersFrom(parsed.GetValue(Parameters)));
        var json = parsed.GetValue(Json);
        if (parsed.GetValue(DryRun))
            return RunOutput.Show(CanaryRollout.DryRun(plan, Environment.UserName, TimeProvider.System), json);

        using var view = new RolloutView(json);
        var run = CommonOptions.RunWith(parsed.GetValue(Folder), parsed.GetValue(Evidence)) with
        {
            Attendant = ConsoleAttendant.IfSomebodyIsThere(view.Screen),
            Listener = view,
        };
        if (parsed.GetValue(Rehearse))
            return Show(ReleaseRollback.Rehearse(plan, run), json);
        if (parsed.GetValue(Confirm) && !ConsoleAttendant.AskOnce(CanaryRollout.DryRun(plan, run.Actor, run.Clock)))
            return ExitCode.Hold;
        var result = parsed.GetResult(Resume) is not null
            ? await ReleaseRollback.ResumeAsync(plan, parsed.GetValue(Resume), run, cancellation).ConfigureAwait(false)
            : await ReleaseRollback.RunAsync(plan, parsed.GetValue(Reason)!, run, cancellation).ConfigureAwait(false);
        view.Dispose();
        return RunOutput.Finish(result, json);
    }

    private static int Show(IReadOnlyList<Finding> rehearsed, bool json)
    {
        var verdict = Verdicts.Worst(rehearsed.Select(f => f.Verdict));
        if (json)
            JsonOut.Write(writer => Write(writer, rehearsed, verdict));
        else
        {
            foreach (var finding in rehearsed)
                Console.Out.WriteLine(OneLine.Of($"{StatusWord.Of(finding.Verdict)} {finding.Subject}: {finding.Text}"));
            Console.Out.WriteLine($"Rehearsal of the way back: {StatusWord.Of(verdict)}");
        }
        return ExitCode.Of(verdict);
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, IReadOnlyList<Finding> rehearsed, Verdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("verdict", verdict.ToString());
        json.WriteStartArray("findings");
        foreach (var finding in rehearsed)
        {
            json.WriteStartObject();
            json.WriteString("subject", finding.Subject);
            json.WriteString("verdict", finding.Verdict.ToString());
            json.WriteString("text", finding.Text);
            if (finding.Reason is { } reason)
                json.WriteString("reason", reason.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
