using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Runbooks;

/// <summary>Reads name, title and product of a runbook for a list; the rest is neither checked nor made into anything.</summary>
internal static class RunbookHead
{
    public static RunbookSummary Read(string file, RunbookSource source)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var summary = new RunbookSummary(name, name, name, file, source);
        if (!RunbookFile.TryRead(file, out var bytes, out var problem) || RunbookFile.Decode(bytes, file, out problem) is not { } text)
            return summary with { Problem = problem };
        var reading = new Reading(file, new SourceText(text));
        return YamlTree.Read(reading) is YamlMap map
            ? summary with { Title = Text(map, "title") ?? name, Product = Text(map, "product") ?? name }
            : summary with { Problem = reading.Problems() is [var first, ..] ? first : NotAMap(file) };
    }

    private static RunbookProblem NotAMap(string file) => new(file, 1, 1, ErrorId.BadValue, ProblemLevel.Error, "expected a runbook", null);

    private static string? Text(YamlMap map, string key) =>
        map.Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value is YamlScalar { IsAbsent: false } scalar
            ? Reading.Show(scalar.Text)
            : null;
}
