namespace ReleaseOps.Runbooks;

/// <summary>A runbook that can't be used: its problems are listed in the message and in <see cref="Problems"/>.</summary>
public sealed class RunbookInvalidException : ReleaseOpsException
{
    // A message is read on a terminal; the whole list is in Problems.
    private const int MostInMessage = 20;

    internal RunbookInvalidException(string file, IReadOnlyList<RunbookProblem> problems)
        : base(IdOf(problems), MessageOf(file, problems), "Correct the file; `releaseops runbook check` lists all of its problems.",
            file) =>
        Problems = problems;

    /// <summary>All problems of the file, warnings too, in its order.</summary>
    public IReadOnlyList<RunbookProblem> Problems { get; }

    // A file that couldn't be read at all has an id of its own.
    private static ErrorId IdOf(IReadOnlyList<RunbookProblem> problems) =>
        problems.FirstOrDefault(p => p.Level == ProblemLevel.Error)?.Id is
            ErrorId.RunbookNotFound or ErrorId.RunbookUnreadable or ErrorId.RunbookTooLarge or ErrorId.RunbookNotText
            or ErrorId.RunbookEmpty
            ? problems.First(p => p.Level == ProblemLevel.Error).Id
            : ErrorId.RunbookInvalid;

    private static string MessageOf(string file, IReadOnlyList<RunbookProblem> problems)
    {
        var errors = problems.Where(p => p.Level == ProblemLevel.Error).ToArray();
        var lines = errors.Take(MostInMessage).Select(p => p.ToString()).ToList();
        if (errors.Length > MostInMessage)
            lines.Add($"... and {errors.Length - MostInMessage} more.");
        return errors.Length == 1
            ? lines[0]
            : $"The runbook '{file}' has {errors.Length} errors:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}";
    }
}
