using System.Management.Automation;
using static ReleaseOps.ErrorId;

namespace ReleaseOps.PowerShell;

/// <summary>The engine's errors as PowerShell shows them.</summary>
internal static class EngineErrors
{
    /// <summary>True for errors after which no further pipeline item could do better: the disk, the ledger, ReleaseOps itself.</summary>
    public static bool EndsPipeline(ErrorId id) =>
        id is Internal or LedgerTampered or LedgerLost or LedgerUnwritable or DiskFull or EvidenceUnwritable or Usage;

    public static ErrorRecord ToRecord(ReleaseOpsException error) =>
        new(error, error.Id.ToString(), CategoryOf(error.Id), error.Subject)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = error.Remedy ?? "" },
        };

    private static ErrorCategory CategoryOf(ErrorId id) => id switch
    {
        RunbookNotFound or RunNotFound or UnknownPhase or UnknownStep or UnknownParameter or UnknownReference or ProgramNotFound
            or UnknownChannel or UnknownIncident => ErrorCategory.ObjectNotFound,
        RunbookInvalid or RunbookEmpty or RunbookNotText or BadDocument or BadSamples or LedgerTampered => ErrorCategory.InvalidData,
        RunbookTooLarge or BodyTooLarge or ExpressionTooCostly => ErrorCategory.LimitsExceeded,
        RunbookUnreadable or FileUnreadable or GitFailed => ErrorCategory.ReadError,
        RunbookExists or FileExists => ErrorCategory.ResourceExists,
        MissingParameter or ParameterType or ParameterPattern or MissingSecret or SecretTooShort or Usage or ExpressionSyntax
            or BadValue or PathOutside or MissingField => ErrorCategory.InvalidArgument,
        LedgerHeld or WatchRunning => ErrorCategory.ResourceBusy,
        LedgerUnwritable or DiskFull or EvidenceUnwritable => ErrorCategory.WriteError,
        LedgerLost or RunUnfinished or PlanChanged or BadTransition => ErrorCategory.InvalidOperation,
        IsRollout or NothingToRun or NoRolloutRunning or NoWatchRunning => ErrorCategory.InvalidOperation,
        // Refused by a rule of the release, not by the system: the hour, the votes, the role.
        OutsideWindow or NotApproved or PollNotGo or RoleMayNot => ErrorCategory.PermissionDenied,
        BadSamples or EvidenceTampered => ErrorCategory.InvalidData,
        AccessDenied => ErrorCategory.SecurityError,
        TimedOut => ErrorCategory.OperationTimeout,
        Unreachable or TlsFailed or NoticeWaiting => ErrorCategory.ConnectionError,
        NoticeRefused => ErrorCategory.InvalidResult,
        Interrupted => ErrorCategory.OperationStopped,
        _ => ErrorCategory.NotSpecified,
    };
}
