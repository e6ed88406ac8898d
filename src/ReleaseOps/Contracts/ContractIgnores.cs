using System.Text.RegularExpressions;
using static System.FormattableString;

namespace ReleaseOps.Contracts;

/// <summary>An entry of the list of accepted differences. A difference fits it where each of what it names fits.</summary>
/// <param name="Reason">Why such a difference is accepted.</param>
/// <param name="Until">The first day on which it no longer is.</param>
/// <param name="At">Where the entry stands: <c>file:line:column</c>.</param>
internal sealed record ContractIgnore(string Reason, DateOnly Until, ContractPlace At)
{
    /// <summary>The kind of difference: <c>response-property-removed</c>; null for any.</summary>
    public string? Id { get; init; }

    /// <summary>The operation's method, in capitals; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>The operation's path, letter by letter; null for any.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// A part of the difference's sentence; where it holds a <c>*</c>, which stands for any text, the whole of it. Null for any.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Who accepted it; null where that isn't said.</summary>
    public string? By { get; init; }

    /// <summary>True where the difference is one that this entry speaks of, whatever the day.</summary>
    public bool Fits(ContractChange change) =>
        (Id is null || Id == change.Id)
        && (Method is null || Method == change.Method)
        && (Path is null || Path == change.Path)
        && (Text is null || FitsText(Text, change.Text));

    /// <summary>True from <see cref="Until"/> on.</summary>
    public bool HasRunOut(DateOnly today) => today >= Until;

    private static bool FitsText(string text, string sentence) => text.Contains('*', StringComparison.Ordinal)
        ? Regex.IsMatch(sentence, $@"\A{Regex.Escape(text).Replace(@"\*", ".*", StringComparison.Ordinal)}\z",
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline)
        : sentence.Contains(text, StringComparison.Ordinal);

    /// <summary>What it accepts, in a few words: <c>response-property-removed of GET /aris3/stock</c>.</summary>
    internal string Named()
    {
        var operation = (Method, Path) switch
        {
            (null, null) => "",
            ({ } method, { } path) => $"{method} {path}",
            var (method, path) => method ?? path,
        };
        return (Id, operation) switch
        {
            (null, _) => $"any difference of {operation}",
            (_, "") => Id,
            _ => $"{Id} of {operation}",
        };
    }
}

/// <summary>What is left of differences once the accepted ones are taken out.</summary>
/// <param name="Changes">Those that nobody accepted, or no longer.</param>
/// <param name="Ignored">The accepted ones.</param>
/// <param name="Findings">Entries that have run out, and entries that fit nothing: Skipped, and they don't decide.</param>
internal sealed record ContractIgnoring(
    IReadOnlyList<ContractChange> Changes, IReadOnlyList<IgnoredChange> Ignored, IReadOnlyList<Finding> Findings);

/// <summary>Takes the accepted differences out. Pure.</summary>
internal static class ContractIgnores
{
    /// <summary>The name of its findings.</summary>
    internal const string Subject = "contract:ignore";

    /// <summary>
    /// Each difference that an entry fits is ignored, whatever its level, for the reason of the first such entry in the list that has not
    /// run out.
    /// </summary>
    /// <param name="changes">The differences.</param>
    /// <param name="entries">The list of accepted differences.</param>
    /// <param name="today">The day it is (UTC): an entry no longer applies from its <c>until</c> on.</param>
    public static ContractIgnoring Apply(IReadOnlyList<ContractChange> changes, IReadOnlyList<ContractIgnore> entries, DateOnly today)
    {
        var left = new List<ContractChange>();
        var ignored = new List<IgnoredChange>();
        var used = new HashSet<ContractIgnore>(ReferenceEqualityComparer.Instance);
        foreach (var change in changes)
        {
            var fitting = entries.Where(e => e.Fits(change)).ToList();
            used.UnionWith(fitting);
            if (fitting.Find(e => !e.HasRunOut(today)) is { } entry)
                ignored.Add(new IgnoredChange(change, entry.Reason, entry.Until));
            else
                left.Add(change);
        }
        return new ContractIgnoring(left, ignored,
            [.. entries.Where(e => e.HasRunOut(today) || !used.Contains(e)).Select(e => Spent(e, used.Contains(e), today))]);
    }

    private static Finding Spent(ContractIgnore entry, bool isUsed, DateOnly today) => new(Subject, Verdict.Skipped, entry.HasRunOut(today)
        ? Invariant($"{entry.Named()} was accepted until {entry.Until:yyyy-MM-dd} and no longer is ({entry.Reason})")
            + (isUsed ? "" : "; nothing is left that it fits: take it out")
        : $"{entry.Named()} is accepted ({entry.Reason}), but no difference fits it; take it out, or correct it")
    {
        Source = entry.At.ToString(),
        Required = false,
    };
}
