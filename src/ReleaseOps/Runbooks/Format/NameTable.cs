namespace ReleaseOps.Runbooks.Format;

/// <summary>The kinds of things that have names and are referred to.</summary>
internal enum NameKind
{
    Phase,
    Step,
    Role,
    Source,
    Metric,
    Gate,
    Trigger,
    Message,
    Poll,
    Severity,
    Parameter,
}

/// <summary>
/// The names that a runbook gives to things, and the references to them. References are settled when all names are known.
/// </summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, Reference>?[] _names = new Dictionary<string, Reference>?[(int)NameKind.Parameter + 1];
    private readonly List<Use> _uses = [];

    /// <summary>The names of a kind, in the order of the file.</summary>
    public IReadOnlyCollection<string> Of(NameKind kind) => Table(kind).Keys;

    /// <summary>Takes a name; one that is taken already is a problem.</summary>
    public void Define(NameKind kind, string name, Position at, Reading reading)
    {
        if (!Table(kind).TryAdd(name, new Reference(name, at)))
            reading.Error(at, ErrorId.DuplicateId,
                $"a second {Word(kind)} '{Reading.Show(name)}'; the first stands at {Table(kind)[name].At}");
    }

    /// <summary>Notes that a name is used.</summary>
    public void Refer(NameKind kind, string name, Position at) => _uses.Add(new Use(kind, name, at));

    /// <summary>Reports each reference to nothing.</summary>
    public void Settle(Reading reading)
    {
        foreach (var (kind, name, at) in _uses)
        {
            if (!Table(kind).ContainsKey(name))
                reading.Error(at, ErrorId.UnknownReference, $"no {Word(kind)} '{Reading.Show(name)}' in this runbook",
                    reading.HintFor(name, Of(kind)) ?? Where(kind));
        }
    }

    private Dictionary<string, Reference> Table(NameKind kind) =>
        _names[(int)kind] ??= new Dictionary<string, Reference>(StringComparer.Ordinal);

    private static string Word(NameKind kind) => kind switch
    {
        NameKind.Phase => "phase",
        NameKind.Step => "step",
        NameKind.Role => "role",
        NameKind.Source => "source",
        NameKind.Metric => "metric",
        NameKind.Gate => "gate",
        NameKind.Trigger => "trigger",
        NameKind.Message => "message",
        NameKind.Poll => "poll",
        NameKind.Severity => "severity",
        _ => "parameter",
    };

    private static string? Where(NameKind kind) => kind switch
    {
        NameKind.Phase or NameKind.Step => null,
        NameKind.Severity => "add it under 'severities'",
        _ => $"add it under '{Word(kind)}s'",
    };

    private sealed record Use(NameKind Kind, string Name, Position At);
}
