namespace ReleaseOps.Runbooks.Format;

/// <summary>What is gathered while one file is read: problems, names, who refers to them, and the expressions in it.</summary>
/// <param name="file">The file, as problems name it.</param>
/// <param name="source">Its text.</param>
internal sealed class Reading(string file, SourceText source)
{
    // More than are shown, so that the first ones by place are among them; beyond that the file isn't a runbook.
    private const int MostKept = 1000;

    private readonly List<RunbookProblem> _problems = [];
    private readonly List<Action<Runbook>> _whenWhole = [];
    private int _dropped;
    private int _hints;

    public SourceText Source { get; } = source;

    /// <summary>What the file is written in, as problems name it.</summary>
    public string Format { get; init; } = "the runbook format";

    /// <summary>The names that the runbook gives to things, and the references to them.</summary>
    public NameTable Names { get; } = new();

    /// <summary>Which step needs which.</summary>
    public NeedsTable Needs { get; } = new();

    /// <summary>The expressions and templates, each with what it may speak of.</summary>
    public ExpressionTable Expressions { get; } = new();

    public bool HasErrors { get; private set; }

    /// <summary>Keeps a check for when the whole file has been read; it is left out where the file doesn't fit.</summary>
    public void WhenWhole(Action<Runbook> check) => _whenWhole.Add(check);

    /// <summary>Makes the checks that were kept.</summary>
    public void CheckWhole(Runbook runbook) => _whenWhole.ForEach(check => check(runbook));

    public void Error(Position at, ErrorId id, string message, string? hint = null)
    {
        HasErrors = true;
        Add(at, id, ProblemLevel.Error, message, hint);
    }

    public void Warn(Position at, string message, string? hint = null) =>
        Add(at, ErrorId.Suspicious, ProblemLevel.Warning, message, hint);

    /// <summary>
    /// A hint as <see cref="Nearest.Hint"/> gives it; no more of them than problems are shown, since each costs a look at many names.
    /// </summary>
    public string? HintFor(string name, IEnumerable<string> known) =>
        _hints++ < RunbookReading.MostProblems ? Nearest.Hint(name, known) : null;

    /// <summary>All problems in the order of the file, the list bounded.</summary>
    public IReadOnlyList<RunbookProblem> Problems()
    {
        var sorted = _problems.OrderBy(p => p.Line).ThenBy(p => p.Column).ToList();
        var more = _dropped + sorted.Count - RunbookReading.MostProblems;
        if (more <= 0)
            return sorted;
        // An error must not be cut off by warnings before it: the last line is an error where any is left out.
        var level = HasErrors ? ProblemLevel.Error : ProblemLevel.Warning;
        var last = sorted[RunbookReading.MostProblems - 1];
        sorted.RemoveRange(RunbookReading.MostProblems, sorted.Count - RunbookReading.MostProblems);
        sorted.Add(new RunbookProblem(file, last.Line, last.Column, ErrorId.RunbookInvalid, level, $"and {more} more problems", null));
        return sorted;
    }

    /// <summary>Text of the file, fit to stand in a message: one short line without control characters.</summary>
    public static string Show(string text)
    {
        const int longest = 60;
        var shown = text.Length <= longest ? text : text[..longest] + "...";
        return string.Concat(shown.Select(c => char.IsControl(c) ? ' ' : c));
    }

    private void Add(Position at, ErrorId id, ProblemLevel level, string message, string? hint)
    {
        if (_problems.Count < MostKept)
            _problems.Add(new RunbookProblem(file, at.Line, at.Column, id, level, message, hint));
        else
            _dropped++;
    }
}
