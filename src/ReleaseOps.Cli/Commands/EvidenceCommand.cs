using System.CommandLine;
using ReleaseOps.Evidence;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops evidence export</c>: the documents of a run, to a place of the caller's choice.</summary>
internal static class EvidenceCommand
{
    public static Command Make() => new("evidence", "Works with the evidence that runs leave.") { Export() };

    private static Command Export()
    {
        var folder = new Argument<string>("folder") { Description = "A run's evidence folder, as the run printed it." };
        folder.Validators.Add(given =>
        {
            if (given.Tokens.Any(t => t.Value.Length == 0))
                given.AddError("The evidence folder's path is empty.");
        });
        var to = CommonOptions.NeverEmpty(new Option<string>("--to") { Description = "Folder to write to.", Required = true });
        var formats = new Option<EvidenceFormat[]>("--format")
        {
            Description = "json, markdown, junit, or html (of a watch); may be given several times (default: all that there are).",
            DefaultValueFactory = _ => [],
        };
        var force = new Option<bool>("--force") { Description = "Replace files that are there." };
        var command = new Command("export", "Copies a run's documents, after holding them against their checksums.") { folder, to, formats, force };
        command.SetAction(parsed =>
        {
            var written = EvidenceCopy.Write(
                Path.GetFullPath(parsed.GetValue(folder)!), Path.GetFullPath(parsed.GetValue(to)!), parsed.GetValue(formats)!, parsed.GetValue(force));
            foreach (var file in written)
                Console.Out.WriteLine(file);
            return ExitCode.Go;
        });
        return command;
    }
}
