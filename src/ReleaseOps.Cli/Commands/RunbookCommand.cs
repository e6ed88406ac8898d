using System.CommandLine;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops runbook list | show | check | new</c>.</summary>
internal static class RunbookCommand
{
    public static Command Make() => new("runbook", "Finds, shows, checks and makes runbooks.") { List(), Show(), Check(), New() };

    private static Command List()
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists the runbooks that can be run by name.") { json };
        command.SetAction(parsed =>
        {
            var found = CommonOptions.Finder().List();
            if (parsed.GetValue(json))
            {
                JsonOut.Write(w =>
                {
                    w.WriteStartArray();
                    foreach (var r in found)
                    {
                        w.WriteStartObject();
                        w.WriteString("name", r.Name);
                        w.WriteString("title", r.Title);
                        w.WriteString("product", r.Product);
                        w.WriteString("file", r.File);
                        w.WriteEndObject();
                    }
                    w.WriteEndArray();
                });
                return ExitCode.Go;
            }
            var width = found.Select(r => r.Name.Length).DefaultIfEmpty(0).Max();
            foreach (var r in found)
                Console.Out.WriteLine($"{r.Name.PadRight(width)}  {OneLine.Of(r.Title)}");
            return ExitCode.Go;
        });
        return command;
    }

    private static Command Show()
    {
        var runbook = CommonOptions.Runbook();
        var command = new Command("show", "Prints a runbook's file.") { runbook };
        command.SetAction(parsed =>
        {
            var file = CommonOptions.Finder().Find(parsed.GetValue(runbook)!);
            Console.Out.WriteLine("# " + file);
            Console.Out.Write(File.ReadAllText(RunbookReader.Load(file).File));
            return ExitCode.Go;
        });
        return command;
    }

    private static Command Check()
    {
        var runbooks = new Argument<string[]>("runbook") { Description = "Paths or names.", Arity = ArgumentArity.OneOrMore };
        var json = CommonOptions.Json();
        var command = new Command("check", "Reads runbooks and lists every problem with its place.") { runbooks, json };
        command.SetAction(parsed =>
        {
            var readings = parsed.GetValue(runbooks)!.Select(name => RunbookReader.Read(CommonOptions.Finder().Find(name))).ToList();
            var problems = readings.SelectMany(r => r.Problems).ToList();
            if (parsed.GetValue(json))
                WriteJson(problems);
            else
            {
                foreach (var problem in problems)
                    Console.Out.WriteLine(OneLine.Of(problem.ToString()));
                foreach (var good in readings.Select(r => r.Runbook).OfType<Runbook>())
                    Console.Out.WriteLine($"{good.File}: runbook '{good.Name}', {good.Phases.Count} phases, {good.AllSteps().Count()} steps: OK");
            }
            return readings.All(r => r.Runbook is not null) ? ExitCode.Go : ExitCode.Usage;
        });
        return command;
    }

    private static Command New()
    {
        var name = new Argument<string>("name") { Description = "The new runbook's name: lower-case letters, digits and dashes." };
        var folder = CommonOptions.NeverEmpty(new Option<string>("--folder") { Description = "Where it is written.", DefaultValueFactory = _ => "runbooks" });
        var command = new Command("new", "Writes a small runbook to start from.") { name, folder };
        command.SetAction(parsed =>
        {
            var file = NewRunbook.Write(parsed.GetValue(name)!, Path.GetFullPath(parsed.GetValue(folder)!));
            Console.Out.WriteLine(file);
            return ExitCode.Go;
        });
        return command;
    }

    private static void WriteJson(List<RunbookProblem> problems) => JsonOut.Write(w =>
    {
        w.WriteStartArray();
        foreach (var p in problems)
        {
            w.WriteStartObject();
            w.WriteString("file", p.File);
            w.WriteNumber("line", p.Line);
            w.WriteNumber("column", p.Column);
            w.WriteString("level", p.Level.ToString());
            w.WriteString("id", p.Id.ToString());
            w.WriteString("message", p.Message);
            w.WriteString("hint", p.Hint);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    });
}
