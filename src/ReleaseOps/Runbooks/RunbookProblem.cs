using System.Globalization;

namespace ReleaseOps.Runbooks;

/// <summary>How bad a problem is.</summary>
public enum ProblemLevel
{
    /// <summary>The runbook can't be used.</summary>
    Error,
    /// <summary>It can be used, but probably isn't what was meant.</summary>
    Warning,
}

/// <summary>Something wrong with a runbook, with its place.</summary>
/// <param name="File">The file, as it was named to the reader.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1, in characters.</param>
/// <param name="Id">Which problem, from the closed list.</param>
/// <param name="Level">Whether the runbook can be used all the same.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do about it; null where the message says it all.</param>
public sealed record RunbookProblem(string File, int Line, int Column, ErrorId Id, ProblemLevel Level, string Message, string? Hint)
{
    /// <summary><c>file:line:column: error UnknownKey: message; hint</c>, the form that editors and CI systems link.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture,
            $"{File}:{Line}:{Column}: {(Level == ProblemLevel.Error ? "error" : "warning")} {Id}: {Message}")
        + (Hint is null ? "" : "; " + Hint);
}

/// <summary>What reading a file came to.</summary>
/// <param name="Runbook">The runbook; null where there is any error.</param>
/// <param name="Problems">All errors and warnings, in the order of the file; at most <see cref="MostProblems"/>, and one more that counts
/// the rest.</param>
public sealed record RunbookReading(Runbook? Runbook, IReadOnlyList<RunbookProblem> Problems)
{
    /// <summary>The most problems that are listed one by one: 200.</summary>
    public const int MostProblems = 200;
}
