namespace ReleaseOps.Probes;

/// <summary>A look at the world with everything filled in, ready to be made: one of the records below.</summary>
public abstract record Look;

/// <summary>Start a program directly, or a script in its shell.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments, each as it is.</param>
public sealed record CommandLook(string Program, IReadOnlyList<string> Arguments) : Look
{
    /// <summary>Variables added to the environment; the values may be secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What is written to its standard input, which is then closed; null for an empty one. A script comes this way.</summary>
    public string? Input { get; init; }

    /// <summary>The folder it runs in.</summary>
    public required string Folder { get; init; }

    /// <summary>True where exit codes 2 to 5 mean "could not tell" (pytest).</summary>
    public bool PytestExitCodes { get; init; }
}

/// <summary>Ask URLs, one after the other.</summary>
/// <param name="Urls">The URLs.</param>
public sealed record HttpLook(IReadOnlyList<Uri> Urls) : Look
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>Headers to send; the values may be secrets.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body to send; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>How many redirects are followed.</summary>
    public required int Redirects { get; init; }

    /// <summary>The largest body that is read, in bytes.</summary>
    public required long MaxBody { get; init; }

    /// <summary>True where no answer counts as seen and bad.</summary>
    public bool NoAnswerFails { get; init; }

    /// <summary>The schema that the body of each answer is held against; null for none.</summary>
    public SchemaLook? Schema { get; init; }
}

/// <summary>Where a schema stands.</summary>
/// <param name="Description">The file, URL or <c>REV:path</c> of an OpenAPI description or a JSON Schema.</param>
/// <param name="Folder">Full path of the folder that a relative path starts from.</param>
public sealed record SchemaLook(string Description, string Folder)
{
    /// <summary>
    /// JSON pointer to the schema, empty for the whole file; null where the description's schema of each answer is meant: that of its method,
    /// path, status and content type.
    /// </summary>
    public string? Pointer { get; init; }
}

/// <summary>Ask git about a working tree.</summary>
/// <param name="Folder">Full path of the working tree.</param>
public sealed record GitLook(string Folder) : Look;

/// <summary>The kinds of file that are read.</summary>
public enum FileKind
{
    /// <summary>Its facts only.</summary>
    Facts,
    /// <summary>A SHA256SUMS file.</summary>
    Checksums,
    /// <summary>A JSON or YAML document.</summary>
    Document,
    /// <summary>JUnit XML.</summary>
    JUnit,
}

/// <summary>Read a file.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Kind">How it is read.</param>
public sealed record FileLook(string Path, FileKind Kind) : Look
{
    /// <summary>Older than this is Inconclusive; null when any age will do.</summary>
    public TimeSpan? MaxAge { get; init; }
}

/// <summary>Ask a person.</summary>
/// <param name="Statement">What the person confirms.</param>
/// <param name="Role">The role that may answer; null for anyone.</param>
public sealed record ConfirmLook(string Statement, string? Role) : Look;

/// <summary>Ask a PostgreSQL database.</summary>
/// <param name="Source">The database.</param>
/// <param name="Query">One SELECT.</param>
/// <param name="Parameters">The runbook's parameters, for <c>@name</c> in the query.</param>
public sealed record SqlLook(BoundSource Source, string Query, IReadOnlyDictionary<string, object> Parameters) : Look;

/// <summary>Look at the alerts of a Prometheus or an Alertmanager.</summary>
/// <param name="Source">The server.</param>
/// <param name="Match">Labels that an alert must have to count, with their values.</param>
public sealed record AlertsLook(BoundSource Source, IReadOnlyDictionary<string, string> Match) : Look;
