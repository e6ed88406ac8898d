using System.CommandLine;
using ReleaseOps.Evidence;
using ReleaseOps.Hotfixes;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops contract BASE REVISION</c>: holds one API description against another.</summary>
internal static class ContractCommand
{
    private const string Sources = "a file, a URL, or a file of a git revision: main:api/openapi.yaml";

    private static readonly Argument<string> Base = CommonOptions.NeverEmpty(
        new Argument<string>("base") { Description = $"The older description: {Sources}." });
    private static readonly Argument<string> Revision = CommonOptions.NeverEmpty(
        new Argument<string>("revision") { Description = "The newer description; likewise." });
    private static readonly Option<ChangeLevel?> FailOn = new("--fail-on")
    {
        Description = "The least level of a difference that makes exit code 1 (default: breaking).",
        HelpName = "breaking|warning|info",
        CustomParser = given => given.Tokens[0].Value switch
        {
            "breaking" => ChangeLevel.Breaking,
            "warning" => ChangeLevel.Warning,
            "info" => ChangeLevel.Info,
            _ => Refused(given),
        },
    };
    private static readonly Option<string?> Ignore = CommonOptions.NeverEmpty(new Option<string?>("--ignore")
    {
        Description = "A list of differences that are known and accepted, each with a reason and a last day.",
    });
    private static readonly Option<string?> Markdown = CommonOptions.NeverEmpty(new Option<string?>("--markdown")
    {
        Description = "Write a report in Markdown to this file.",
    });
    private static readonly Option<string?> JUnit = CommonOptions.NeverEmpty(new Option<string?>("--junit") { Description = "Write JUnit XML to this file." });
    private static readonly Option<string?> Folder = CommonOptions.NeverEmpty(new Option<string?>("--folder")
    {
        Description = "The folder that relative paths start from, and the git repository (default: this one).",
    });
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Make()
    {
        var command = new Command("contract",
            "Compares two OpenAPI descriptions as a client of the older one sees them: exit 1 where something breaks, 3 where nobody can tell.")
        {
            Base, Revision, FailOn, Ignore, Markdown, JUnit, Folder, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(parsed.GetValue(Folder) ?? ".");
        var now = TimeProvider.System.GetUtcNow();
        var result = await ContractDrift.CompareAsync(parsed.GetValue(Base)!, parsed.GetValue(Revision)!, folder, new ContractOptions
        {
            FailOn = parsed.GetValue(FailOn) ?? ChangeLevel.Breaking,
            Ignore = parsed.GetValue(Ignore) is { } ignore ? Path.GetFullPath(ignore) : null,
            Today = DateOnly.FromDateTime(now.UtcDateTime),
        }, cancellation).ConfigureAwait(false);
        if (parsed.GetValue(Markdown) is { } markdown)
            EvidenceExport.Write(result, Path.GetFullPath(markdown), EvidenceFormat.Markdown, now);
        if (parsed.GetValue(JUnit) is { } junit)
            EvidenceExport.Write(result, Path.GetFullPath(junit), EvidenceFormat.JUnit, now);
        var json = parsed.GetValue(Json);
        if (json)
            Console.Out.Write(ContractJson.Text(result));
        else
            ContractText.Write(Console.Out, result);
        CiReport.Write(result, folder, Environment.GetEnvironmentVariable, json ? Console.Error : Console.Out);
        return ExitCode.Of(result.Decision);
    }

    private static ChangeLevel? Refused(System.CommandLine.Parsing.ArgumentResult given)
    {
        given.AddError("--fail-on is breaking, warning or info.");
        return null;
    }
}
