using System.CommandLine;
using System.Text.Json;
using ReleaseOps.Expressions;

namespace ReleaseOps.Cli.Commands;

/// <summary><c>releaseops criterion EXPR</c>: tries an expression, so that its author needs no run to see what it says.</summary>
internal static class CriterionCommand
{
    private const long LargestInput = 64 << 20;

    public static Command Make()
    {
        var expression = new Argument<string>("expression") { Description = "A CEL expression: 'status == 200'." };
        var with = CommonOptions.NeverEmpty(new Option<string?>("--with") { Description = "A JSON file; each member of its object is a variable. '-' reads standard input." });
        var json = CommonOptions.Json();
        var command = new Command("criterion", "Evaluates a criterion and prints its value.") { expression, with, json };
        command.SetAction(parsed => Run(parsed.GetValue(expression)!, parsed.GetValue(with), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string source, string? with, bool json)
    {
        using var document = with is null ? null : Read(with);
        var values = document is null
            ? new Dictionary<string, object?>()
            : document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => (object?)m.Value, StringComparer.Ordinal);
        var result = CelExpression.TryParse(source, out var error)?.Evaluate(values) ?? new CelResult(null, error);
        if (json)
            Console.Out.WriteLine(CelJson.Document(result));
        else if (result.Error is { } failed)
        {
            Console.Error.WriteLine("releaseops: " + OneLine.Of(failed.Message));
            Console.Error.WriteLine("  " + source.ReplaceLineEndings(" "));
            Console.Error.WriteLine("  " + new string(' ', Math.Max(failed.Column - 1, 0)) + "^");
            Console.Error.WriteLine($"  ({failed.Id})");
        }
        else
            Console.Out.WriteLine(CelText.Write(result.Value, int.MaxValue));
        return result.Error switch
        {
            null => ExitCode.Go,
            { Id: ErrorId.ExpressionSyntax } => ExitCode.Usage,
            _ => ExitCode.Hold,
        };
    }

    private static JsonDocument Read(string path)
    {
        try
        {
            using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            if (stream.CanSeek && stream.Length > LargestInput)
                throw new ReleaseOpsException(ErrorId.BadDocument, $"'{path}' is larger than {LargestInput >> 20} MiB.", "Give a smaller file.", path);
            var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new ReleaseOpsException(
                    ErrorId.BadDocument, $"'{path}' holds no JSON object.", "Its members are the variables: {\"status\": 200}.", path);
        }
        catch (JsonException error)
        {
            throw new ReleaseOpsException(ErrorId.BadDocument, $"'{path}' is not JSON: {error.Message}", "Mend the file.", path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseOpsException(ErrorId.FileUnreadable, $"'{path}' can't be read: {error.Message}", "Check the path.", path, error);
        }
    }
}
