using ReleaseOps.Runbooks;
using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Contracts;

/// <summary>
/// Reads a list of accepted differences: YAML, under the rules of a runbook (bounds, no anchors, unknown and double keys are errors). Pure.
/// </summary>
/// <example><code>
/// - id: response-property-removed
///   method: GET
///   path: /aris3/stock
///   reason: No client has read `legacy` since 0.1.0 (ARIS-12)
///   until: 2026-12-31
///   by: Ada
/// </code></example>
internal static class ContractIgnoreReader
{
    private const string Format = "the format of a list of accepted differences";

    private static readonly (string, string)[] Methods =
        [.. "GET PUT POST DELETE OPTIONS HEAD PATCH TRACE".Split(' ').SelectMany(m => new[] { (m, m), (m.ToLowerInvariant(), m) })];

    private static readonly Key<string> Id = new("id", TextShape.Any, "Kind of difference: response-property-removed.");
    private static readonly Key<string> Method =
        new("method", new ChoiceShape<string>("a method such as GET", Methods), "The operation's method.");
    private static readonly Key<string> Path = new("path", TextShape.Any, "The operation's path, as the description writes it.");
    private static readonly Key<string> Text =
        new("text", TextShape.Any, "A part of the difference's sentence; with a * for any text, the whole of it.");
    private static readonly Key<string> Reason = new("reason", TextShape.Any, "Why it is accepted.") { Required = true };
    private static readonly Key<DateOnly> Until =
        new("until", DateShape.Any, "The first day on which it no longer is.") { Required = true };
    private static readonly Key<string> By = new("by", TextShape.Any, "Who accepted it.");

    /// <summary>The entries, in the order of the file; none where it holds an empty list, or nothing.</summary>
    /// <param name="bytes">Its bytes: text in UTF-8, at most 1 MiB.</param>
    /// <param name="file">The file, as messages and places name it.</param>
    /// <exception cref="ReleaseOpsException">BadDocument: all problems are in the message, each as <c>file:line:column</c>.</exception>
    public static IReadOnlyList<ContractIgnore> Read(ReadOnlyMemory<byte> bytes, string file)
    {
        if (bytes.Length > RunbookFile.Largest)
            throw Refused(file, [Unfit(file, default, $"larger than such a list may be ({RunbookFile.Largest >> 10} KiB)")]);
        if (!RunbookText.TryDecode(bytes.Span, out var text, out var at, out var why))
            throw Refused(file, [Unfit(file, at, why)]);
        var reading = new Reading(file, new SourceText(text)) { Format = Format };
        var root = YamlTree.Read(reading);
        if (root is YamlList { Items.Count: 0 } || (root is null && reading.Problems() is [{ Id: ErrorId.RunbookEmpty }]))
            return [];
        IReadOnlyList<ContractIgnore> entries = [];
        var list = new ListShape<ContractIgnore>(Entry(file), "a list of accepted differences");
        var fits = root is not null && list.TryRead(root, reading, out entries);
        return fits && !reading.HasErrors ? entries : throw Refused(file, reading.Problems());
    }

    private static MapShape<ContractIgnore> Entry(string file) =>
        new("an accepted difference", [Id, Method, Path, Text, Reason, Until, By], fields =>
            new ContractIgnore(
                fields.Need(Reason), fields.GetValue(Until)!.Value, new ContractPlace(file, fields.At.Line, fields.At.Column))
            {
                Id = fields.Get(Id),
                Method = fields.Get(Method),
                Path = fields.Get(Path),
                Text = fields.Get(Text),
                By = fields.Get(By),
            })
        {
            // A list that accepts everything would be a switch that turns the comparison off.
            OneAtLeast = [Id, Method, Path],
        };

    private static ReleaseOpsException Refused(string file, IReadOnlyList<RunbookProblem> problems)
    {
        var errors = problems.Where(p => p.Level == ProblemLevel.Error).ToList();
        return new ReleaseOpsException(ErrorId.BadDocument, errors.Count == 1
            ? errors[0].ToString()
            : $"The list of accepted differences '{file}' has {errors.Count} errors:{Environment.NewLine}"
                + string.Join(Environment.NewLine, errors),
            "Correct the list; without it, every difference counts.", file);
    }

    private static RunbookProblem Unfit(string file, Position at, string why) =>
        new(file, Math.Max(1, at.Line), Math.Max(1, at.Column), ErrorId.BadDocument, ProblemLevel.Error, why,
            "it is a list in YAML, in UTF-8");
}
