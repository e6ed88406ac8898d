namespace ReleaseOps.Runbooks;

/// <summary>What a step does: one of the records below.</summary>
public abstract record StepWork;

/// <summary>How an exit code is read.</summary>
public enum ExitCodes
{
    /// <summary>0 is good, anything else is bad.</summary>
    Zero,
    /// <summary>pytest's: 0 passed, 1 failed tests; 2 interrupted, 3 internal error, 4 usage error, 5 no tests: could not tell.</summary>
    Pytest,
}

/// <summary>The shell that a script is for.</summary>
public enum ScriptShell
{
    /// <summary>bash, with <c>-euo pipefail</c>.</summary>
    Bash,
    /// <summary>POSIX sh, with <c>-eu</c>.</summary>
    Sh,
    /// <summary>PowerShell, with <c>$ErrorActionPreference = 'Stop'</c>.</summary>
    Pwsh,
}

/// <summary>Starts a program directly, never through a shell.</summary>
/// <param name="Arguments">The program, then its arguments; at least one.</param>
public sealed record CommandWork(IReadOnlyList<Template> Arguments) : StepWork
{
    /// <summary>Variables added to the environment. Secrets may stand here, and nowhere in <see cref="Arguments"/>.</summary>
    public IReadOnlyDictionary<string, Template> Environment { get; init; } = new Dictionary<string, Template>();

    /// <summary>The folder that it runs in; null for the run's own.</summary>
    public Template? Folder { get; init; }

    /// <summary>How its exit code is read.</summary>
    public ExitCodes ExitCodes { get; init; }
}

/// <summary>
/// Runs a script in a shell. Parameters reach it as the environment variables <c>PARAM_NAME</c>; <c>${{ }}</c> inside it is refused.
/// </summary>
/// <param name="Script">The script as written.</param>
/// <param name="Shell">The shell it is for.</param>
public sealed record ScriptWork(string Script, ScriptShell Shell) : StepWork
{
    /// <summary>Variables added to the environment. Secrets may stand here.</summary>
    public IReadOnlyDictionary<string, Template> Environment { get; init; } = new Dictionary<string, Template>();

    /// <summary>The folder that it runs in; null for the run's own.</summary>
    public Template? Folder { get; init; }

    /// <summary>How its exit code is read.</summary>
    public ExitCodes ExitCodes { get; init; }
}

/// <summary>Asks one or more URLs; each answer must meet the step's criteria.</summary>
/// <param name="Urls">The URLs, http or https; at least one.</param>
public sealed record HttpWork(IReadOnlyList<Template> Urls) : StepWork
{
    /// <summary>The method; GET unless told otherwise.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Headers to send. Secrets may stand here.</summary>
    public IReadOnlyDictionary<string, Template> Headers { get; init; } = new Dictionary<string, Template>();

    /// <summary>The body to send; null for none. Secrets may stand here.</summary>
    public Template? Body { get; init; }

    /// <summary>How many redirects are followed, 0 to 10; 0 unless told otherwise.</summary>
    public int Redirects { get; init; }

    /// <summary>The largest body that is read, in bytes; 4 MiB unless told otherwise.</summary>
    public long MaxBody { get; init; } = 4 << 20;

    /// <summary>
    /// True where no answer (refused, unreachable, too late) is a failure and not "could not tell": for a health check, silence is an answer.
    /// </summary>
    public bool NoAnswerFails { get; init; }

    /// <summary>
    /// The schema that the body of each answer is held against: <c>FILE</c>, or <c>FILE#/json/pointer</c>; null for none.
    /// </summary>
    public Template? Schema { get; init; }

    /// <summary>
    /// The OpenAPI description of which the schema for each answer is taken, by its method, path, status and content type; null for none. A step
    /// has this or <see cref="Schema"/>.
    /// </summary>
    public Template? Contract { get; init; }
}

/// <summary>The facts of a git working tree: branch, commit, whether it is clean, what changed, tags, upstream.</summary>
/// <param name="Folder">The working tree; <c>.</c> for the run's own folder.</param>
public sealed record GitWork(Template Folder) : StepWork;

/// <summary>The facts of a file: whether it is there, its size, age and SHA-256.</summary>
/// <param name="Path">The file.</param>
public sealed record FileWork(Template Path) : StepWork
{
    /// <summary>Older than this is Inconclusive; null when any age will do.</summary>
    public TimeSpan? MaxAge { get; init; }
}

/// <summary>Checks the files that a SHA256SUMS file names, as <c>sha256sum -c</c> does.</summary>
/// <param name="Path">The SHA256SUMS file; the names in it are relative to its folder.</param>
public sealed record ChecksumsWork(Template Path) : StepWork;

/// <summary>Reads a JSON or YAML document (a manifest).</summary>
/// <param name="Path">The file; its ending tells the format.</param>
public sealed record DocumentWork(Template Path) : StepWork
{
    /// <summary>Older than this is Inconclusive; null when any age will do.</summary>
    public TimeSpan? MaxAge { get; init; }
}

/// <summary>Reads test results in JUnit XML.</summary>
/// <param name="Path">The file.</param>
public sealed record JUnitWork(Template Path) : StepWork
{
    /// <summary>Older than this is Inconclusive; null when any age will do.</summary>
    public TimeSpan? MaxAge { get; init; }
}

/// <summary>Asks a person. Without one, the answer is Inconclusive, never a pass.</summary>
/// <param name="Statement">What the person confirms.</param>
public sealed record ConfirmWork(Template Statement) : StepWork
{
    /// <summary>The role that may answer; null for anyone.</summary>
    public string? By { get; init; }
}

/// <summary>Sends one of the runbook's messages.</summary>
/// <param name="Message">The message's name.</param>
public sealed record MessageWork(string Message) : StepWork;

/// <summary>Asks a PostgreSQL database, in a read-only transaction.</summary>
/// <param name="Query">One SELECT, as written; parameters reach it as <c>@name</c>, never as text.</param>
/// <param name="Source">Name of the source.</param>
public sealed record SqlWork(string Query, string Source) : StepWork;

/// <summary>Looks at the alerts of a Prometheus or an Alertmanager.</summary>
/// <param name="Source">Name of the source.</param>
public sealed record AlertsWork(string Source) : StepWork
{
    /// <summary>Labels that an alert must have to count, with their values; empty for every alert.</summary>
    public IReadOnlyDictionary<string, Template> Match { get; init; } = new Dictionary<string, Template>();
}

/// <summary>Judges one of the runbook's gates, once.</summary>
/// <param name="Gate">The gate's name.</param>
public sealed record GateWork(string Gate) : StepWork;

/// <summary>Measures metrics for a while and keeps what it saw in a file: a baseline.</summary>
/// <param name="Path">The file.</param>
public sealed record MeasureWork(Template Path) : StepWork
{
    /// <summary>Names of the metrics; empty for all of the runbook's.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>For how long.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The time from one look to the next.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Waits for the votes of a poll, and comes to its decision.</summary>
/// <param name="Poll">The poll's name.</param>
public sealed record PollWork(string Poll) : StepWork;
