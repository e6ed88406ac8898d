using System.CommandLine;
using ReleaseOps.Evidence;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops postmortem RUNBOOK INCIDENT</c>: a draft from what the ledger knows, with what people must add marked.</summary>
internal static class PostmortemCommand
{
    public static Command Make()
    {
        var (runbook, parameters, evidence, json) =
            (CommonOptions.Runbook(), CommonOptions.Parameters(), CommonOptions.Evidence(), CommonOptions.Json());
        var incident = new Argument<string>("incident") { Description = "The incident's id: INC-1." };
        var output = CommonOptions.NeverEmpty(new Option<string?>("--output", "-o") { Description = "Write it into this new file, as Markdown (default: standard output)." });
        var command = new Command("postmortem", "Drafts the postmortem of an incident as Markdown: what the ledger knows is filled in, what people must add is marked TO DO.")
        {
            runbook, incident, output, parameters, evidence, json,
        };
        CommonOptions.NotTogether(command, output, json);
        command.SetAction(parsed =>
        {
            var plan = Planner.MakeMessages(CommonOptions.Load(parsed.GetValue(runbook)!), CommonOptions.ParametersFrom(parsed.GetValue(parameters)));
            var draft = IncidentPostmortems.Draft(plan, parsed.GetValue(incident)!, CommonOptions.RunWith(null, parsed.GetValue(evidence)));
            if (parsed.GetValue(json))
                Console.Out.Write(IncidentJson.Text(draft));
            else if (parsed.GetValue(output) is { } path)
            {
                PostmortemMarkdown.WriteNew(path, draft);
                Console.Out.WriteLine($"{path}: {draft.ToDo.Count} places for people to fill in.");
            }
            else
                Console.Out.Write(PostmortemMarkdown.Text(draft));
            return ExitCode.Go;
        });
        return command;
    }
}
