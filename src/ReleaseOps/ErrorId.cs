namespace ReleaseOps;

/// <summary>
/// The closed list of what can go wrong. The names are API: they are the first part of a PowerShell error's FullyQualifiedErrorId and
/// stand in <c>--json</c> output and evidence. A name is never reused for something else.
/// </summary>
public enum ErrorId
{
    /// <summary>A fault of ReleaseOps itself; please report it.</summary>
    Internal = 0,

    // Runbooks: finding and reading them

    /// <summary>No runbook of that name or path.</summary>
    RunbookNotFound,
    /// <summary>The runbook has problems; each is listed with its place.</summary>
    RunbookInvalid,
    /// <summary>The file is larger than a runbook may be.</summary>
    RunbookTooLarge,
    /// <summary>The file isn't text in UTF-8.</summary>
    RunbookNotText,
    /// <summary>The file is empty, or holds nothing but comments.</summary>
    RunbookEmpty,
    /// <summary>The file can't be read or written.</summary>
    RunbookUnreadable,
    /// <summary>A file of that name is there already.</summary>
    RunbookExists,

    // Runbooks: problems inside one (each with line and column)

    /// <summary>Not YAML.</summary>
    YamlSyntax,
    /// <summary>Nested deeper than a runbook may be.</summary>
    YamlTooDeep,
    /// <summary>Anchors, aliases, merge keys, tags and several documents aren't part of the runbook format.</summary>
    YamlNotAllowed,
    /// <summary>A key that the format doesn't know.</summary>
    UnknownKey,
    /// <summary>The same key twice in one mapping.</summary>
    DuplicateKey,
    /// <summary>A key that must be there isn't.</summary>
    MissingKey,
    /// <summary>A value of the wrong kind or outside its range.</summary>
    BadValue,
    /// <summary>A duration that isn't written as 30s, 10m, 24h or 7d.</summary>
    BadDuration,
    /// <summary>Two steps with one id, or two things with one name.</summary>
    DuplicateId,
    /// <summary>A name that refers to nothing.</summary>
    UnknownReference,
    /// <summary>Steps that need each other in a circle.</summary>
    CyclicNeeds,
    /// <summary>An expression that doesn't parse.</summary>
    ExpressionSyntax,
    /// <summary>A regular expression that doesn't parse, or needs backtracking.</summary>
    BadPattern,
    /// <summary><c>${{ }}</c> where none may stand: inside a script, or a secret in an argument.</summary>
    BindingNotAllowed,
    /// <summary>Allowed, but probably not what was meant.</summary>
    Suspicious,

    // Parameters and binding

    /// <summary>A parameter that the runbook doesn't have.</summary>
    UnknownParameter,
    /// <summary>Parameters without a value; a real run needs them all.</summary>
    MissingParameter,
    /// <summary>A parameter's value isn't of its type.</summary>
    ParameterType,
    /// <summary>A parameter's value doesn't match its pattern, or isn't one of its choices.</summary>
    ParameterPattern,
    /// <summary>A secret that isn't in the environment.</summary>
    MissingSecret,
    /// <summary>A secret too short to be masked safely.</summary>
    SecretTooShort,
    /// <summary>An expression in <c>${{ }}</c> failed when it was evaluated.</summary>
    BindingFailed,
    /// <summary>No phase of that name.</summary>
    UnknownPhase,
    /// <summary>No step of that id.</summary>
    UnknownStep,
    /// <summary>The phase is a rollout, which a checklist doesn't run.</summary>
    IsRollout,
    /// <summary>The runbook, or the chosen part of it, has no rollout, no rollback, no poll, no metrics: nothing of what was asked for.</summary>
    NothingToRun,

    // Criteria

    /// <summary>An expression failed when it was evaluated: a missing field, a type that doesn't fit, an overflow.</summary>
    ExpressionFailed,
    /// <summary>A criterion whose value isn't a bool.</summary>
    CriterionNotBool,
    /// <summary>An expression that costs more than its bound.</summary>
    ExpressionTooCostly,

    // Looking

    /// <summary>The program isn't there, or may not be started.</summary>
    ProgramNotFound,
    /// <summary>The look took longer than its time-out.</summary>
    TimedOut,
    /// <summary>The program was ended by a signal.</summary>
    Signaled,
    /// <summary>The exit code says that the program couldn't tell (pytest's 2 to 5).</summary>
    ExitCodeInconclusive,
    /// <summary>The host couldn't be reached.</summary>
    Unreachable,
    /// <summary>TLS failed: certificate, name or protocol.</summary>
    TlsFailed,
    /// <summary>More redirects than allowed, or one to a place that isn't allowed.</summary>
    RedirectRefused,
    /// <summary>The answer is larger than its cap.</summary>
    BodyTooLarge,
    /// <summary>The answer or the document isn't valid JSON, YAML or XML.</summary>
    BadDocument,
    /// <summary>The file isn't there, or can't be read.</summary>
    FileUnreadable,
    /// <summary>A path that leaves the folder it must stay in.</summary>
    PathOutside,
    /// <summary>Older than its <c>max-age</c>.</summary>
    Stale,
    /// <summary>Not a git repository, or git couldn't answer.</summary>
    GitFailed,
    /// <summary>Nobody was there to ask.</summary>
    NobodyToAsk,
    /// <summary>Nothing was measured.</summary>
    NoData,
    /// <summary>Several series, where one was expected.</summary>
    SeveralSeries,
    /// <summary>The server refused the query: a mistake in it, or a limit of the server's.</summary>
    QueryRefused,
    /// <summary>The server refused who asks.</summary>
    AccessDenied,
    /// <summary>The server answered that it couldn't: 5xx, 429.</summary>
    ServerFailed,
    /// <summary>The server says that its answer isn't whole.</summary>
    PartialAnswer,

    // Deciding

    /// <summary>Outside the deployment windows, or in a freeze.</summary>
    OutsideWindow,
    /// <summary>Nobody in the role that may approved it.</summary>
    NotApproved,
    /// <summary>The poll that must come first hasn't come to GO on this plan.</summary>
    PollNotGo,
    /// <summary>The role isn't one that may, or isn't there.</summary>
    RoleMayNot,
    /// <summary>No rollout is running that could take a signal.</summary>
    NoRolloutRunning,
    /// <summary>No watch of the release was begun, or the last one has ended: there is nobody to tell.</summary>
    NoWatchRunning,
    /// <summary>A watch of the release was begun and hasn't ended, or another process is with it.</summary>
    WatchRunning,
    /// <summary>A file of measurements or samples that can't be used.</summary>
    BadSamples,

    // Messages and incidents

    /// <summary>A message lacks what its text asks for; the error names each field.</summary>
    MissingField,
    /// <summary>The channel doesn't take the message: the service refused it, or the kind of channel doesn't carry such messages.</summary>
    NoticeRefused,
    /// <summary>The message couldn't be sent; it waits in the outbox and is tried again.</summary>
    NoticeWaiting,
    /// <summary>No channel of that name: neither the runbook has it, nor is it a usual one.</summary>
    UnknownChannel,
    /// <summary>An incident can't go from its status to the one that an update gives it.</summary>
    BadTransition,
    /// <summary>No incident of that id.</summary>
    UnknownIncident,

    // Ledger and evidence

    /// <summary>The chain of the ledger is broken: somebody changed it.</summary>
    LedgerTampered,
    /// <summary>Another process holds this release.</summary>
    LedgerHeld,
    /// <summary>This process has lost the release to another one.</summary>
    LedgerLost,
    /// <summary>The ledger couldn't be written; nothing more is done.</summary>
    LedgerUnwritable,
    /// <summary>The disk is full; nothing more is done.</summary>
    DiskFull,
    /// <summary>The evidence folder can't be written.</summary>
    EvidenceUnwritable,
    /// <summary>A file of that name is there already, and isn't written over.</summary>
    FileExists,
    /// <summary>A file of evidence isn't what its checksum says.</summary>
    EvidenceTampered,
    /// <summary>No run of that name, or none to resume.</summary>
    RunNotFound,
    /// <summary>An earlier run was cut short after it had changed something; resume it or abandon it first.</summary>
    RunUnfinished,
    /// <summary>The plan isn't the one that the run was started with.</summary>
    PlanChanged,

    // Doors

    /// <summary>The command line or the parameters don't fit together.</summary>
    Usage,
    /// <summary>Ended by the operator.</summary>
    Interrupted,
}
