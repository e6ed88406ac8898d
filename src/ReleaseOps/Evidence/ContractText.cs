using System.Globalization;
using ReleaseOps.Contracts;

namespace ReleaseOps.Evidence;

/// <summary>A comparison of two API descriptions as text: the worst differences first, then what it comes to.</summary>
public static class ContractText
{
    /// <summary>Writes it, the decision last.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="result">The comparison.</param>
    public static void Write(TextWriter to, ContractResult result)
    {
        foreach (var change in result.Changes.OrderByDescending(c => c.Level))
        {
            to.WriteLine(OneLine.Of($"{Word(change.Level),-8} {Operation(change)}: {change.Text}"));
            to.WriteLine("         " + OneLine.Of(string.Join("  ", new[] { change.Id, change.Base?.ToString(), change.Revision?.ToString() }.OfType<string>())));
        }
        foreach (var (change, reason, until) in result.Ignored)
            to.WriteLine(OneLine.Of($"accepted {Operation(change)}: {change.Text} [{change.Id}] until {Day(until)}: {reason}"));
        foreach (var finding in result.Findings)
        {
            var place = finding.Source is { } source && !finding.Text.StartsWith(source, StringComparison.Ordinal) ? $" ({source})" : "";
            to.WriteLine(OneLine.Of($"{StatusWord.Of(finding.Verdict),-8} {finding.Text}{place}"));
        }
        to.WriteLine(result.Summary);
    }

    /// <summary>A day as reports write it.</summary>
    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A level as reports say it: breaking, warning, info.</summary>
    internal static string Word(ChangeLevel level) => level switch { ChangeLevel.Breaking => "breaking", ChangeLevel.Warning => "warning", _ => "info" };

    /// <summary>The operation that a difference is about; the whole description where it is about none.</summary>
    internal static string Operation(ContractChange change) => $"{change.Method} {change.Path}".Trim() is { Length: > 0 } operation ? operation : "API";
}
