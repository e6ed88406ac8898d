namespace ReleaseOps.Runbooks;

/// <summary>What may go out as a hotfix, and what must be known before it does.</summary>
/// <param name="Base">The git revision that the change is compared with: what is live. The common ancestor with it is taken.</param>
public sealed record Hotfix(Template Base)
{
    /// <summary>What <c>hotfix</c> has in the status message.</summary>
    internal static readonly IReadOnlyList<string> StatusFields =
    [
        "ticket", "severity", "impact", "decision", "scope", "branch", "commit", "base", "class", "domains", "frozen_rules", "contract", "checks",
        "approvals", "ready", "eta",
    ];

    /// <summary>The classes of change that are allowed; one is declared for each hotfix. Empty where none need be.</summary>
    public IReadOnlyList<HotfixClass> Classes { get; init; } = [];

    /// <summary>How a ticket reads: a regular expression for the whole of it; null where names have none.</summary>
    public string? Ticket { get; init; }

    /// <summary>How the branch is named, with placeholders: <c>hotfix/&lt;ticket&gt;-&lt;short-description&gt;</c>; null for any way.</summary>
    public Template? Branch { get; init; }

    /// <summary>How the pull request is titled: <c>Hotfix: &lt;ticket&gt; &lt;impact summary&gt;</c>; null for any way.</summary>
    public Template? PullRequest { get; init; }

    /// <summary>How the tag is named, if one is used: <c>0.1.0-rc.3+hotfix.&lt;n&gt;</c>; null for any way.</summary>
    public Template? Tag { get; init; }

    /// <summary>What a change must not do, or not without somebody's word.</summary>
    public IReadOnlyList<HotfixRule> Rules { get; init; } = [];

    /// <summary>The parts of the product, each with the checks that a change of it needs.</summary>
    public IReadOnlyList<HotfixDomain> Domains { get; init; } = [];

    /// <summary>Where the API's description is, which must not break a client; null where there is none.</summary>
    public HotfixContract? Contract { get; init; }

    /// <summary>Name of the poll whose roles must approve the hotfix; null where nobody need.</summary>
    public string? Approvals { get; init; }

    /// <summary>The conditions under which one goes back first, before anything is patched.</summary>
    public IReadOnlyList<RollbackFirstCondition> RollbackFirst { get; init; } = [];

    /// <summary>The status message, over <c>hotfix</c>, <c>params</c> and <c>release</c>; null for none.</summary>
    public Template? Status { get; init; }
}

/// <summary>A class of change that may go out as a hotfix.</summary>
/// <param name="Name">Its name: <c>configuration</c>.</param>
public sealed record HotfixClass(string Name)
{
    /// <summary>What it is, for people.</summary>
    public string? Title { get; init; }

    /// <summary>Globs of the only paths that such a change may touch; empty for any.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Ids of the steps that such a change needs.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];
}

/// <summary>What follows where a rule fits a change.</summary>
public enum HotfixConsequence
{
    /// <summary>The change is no hotfix.</summary>
    Refuse,

    /// <summary>The rule's steps are needed: somebody is asked, or something more is checked.</summary>
    Check,
}

/// <summary>
/// Something that a hotfix must not do, or not without more. It fits a change where a changed file fits each of what it names; where it
/// names an expression, each place that fits is a finding with file and line.
/// </summary>
/// <param name="Name">Its name: <c>frozen-paths</c>.</param>
public sealed record HotfixRule(string Name)
{
    /// <summary>What it keeps, in a sentence for people: <c>Mutations go through /actions only</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Globs of the paths that it is about; empty for all.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Globs of paths that it leaves out.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>What was done to the file: added, modified, deleted, renamed; empty for anything.</summary>
    public IReadOnlyList<FileChange> Change { get; init; } = [];

    /// <summary>
    /// A regular expression that an added line fits, anywhere in it, in RE2's notation as in CEL, like those below; null where lines don't matter.
    /// </summary>
    public string? Added { get; init; }

    /// <summary>A regular expression that a removed line fits; null where lines don't matter.</summary>
    public string? Removed { get; init; }

    /// <summary>A regular expression that the new file's text does not fit: what must be in it is missing. Null where that doesn't matter.</summary>
    public string? Lacks { get; init; }

    /// <summary>A regular expression: a line that <see cref="Added"/> or <see cref="Removed"/> fits is left out where this fits too; null for none.</summary>
    public string? Unless { get; init; }

    /// <summary>What follows.</summary>
    public HotfixConsequence Then { get; init; }

    /// <summary>Ids of the steps that are needed where it fits.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Where it stands in the file.</summary>
    public Position At { get; init; }
}

/// <summary>What was done to a file.</summary>
public enum FileChange
{
    /// <summary>It is new.</summary>
    Added,
    /// <summary>Its content, mode or type is another.</summary>
    Modified,
    /// <summary>It is gone.</summary>
    Deleted,
    /// <summary>It has another path.</summary>
    Renamed,
}

/// <summary>A part of the product.</summary>
/// <param name="Name">Its name: <c>stock</c>.</param>
public sealed record HotfixDomain(string Name)
{
    /// <summary>Globs of its paths.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Ids of the steps that a change of it needs. A changed path that is in no domain needs those of all of them.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];
}

/// <summary>An API's description in the repository: OpenAPI, JSON or YAML.</summary>
/// <param name="File">Its path in the repository.</param>
public sealed record HotfixContract(Template File)
{
    /// <summary>The least level of a difference that refuses the hotfix.</summary>
    public ChangeLevel FailOn { get; init; } = ChangeLevel.Breaking;

    /// <summary>Path, in the repository, of a list of differences that are known and accepted; null for none.</summary>
    public Template? Ignore { get; init; }
}

/// <summary>A condition under which one goes back first. Exactly one of its questions is there.</summary>
/// <param name="Name">Its name: <c>data-integrity</c>.</param>
public sealed record RollbackFirstCondition(string Name)
{
    /// <summary>What it says, in a sentence: <c>Customer-critical path remains unavailable after initial mitigation</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The question for a person; null for a machine's.</summary>
    public string? Ask { get; init; }

    /// <summary>A criterion over metrics that is true where it holds; null for another question.</summary>
    public Criterion? When { get; init; }

    /// <summary>Id of a step whose failure is a yes, and whose pass is a no; null for another question.</summary>
    public string? Step { get; init; }

    /// <summary>True where it asks whether the hotfix takes longer than its severity leaves to mitigate.</summary>
    public bool IsTooLate { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public Position At { get; init; }
}
