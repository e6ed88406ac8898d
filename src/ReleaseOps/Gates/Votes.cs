namespace ReleaseOps.Gates;

/// <summary>What a role says in a poll.</summary>
public enum VoteChoice
{
    /// <summary>Not now; later.</summary>
    Postpone,
    /// <summary>No.</summary>
    NoGo,
    /// <summary>Yes.</summary>
    Go,
}

/// <summary>A vote, as the ledger has it.</summary>
/// <param name="Poll">The poll.</param>
/// <param name="Role">The role that voted.</param>
/// <param name="Choice">What it said.</param>
/// <param name="By">Who: a login name.</param>
/// <param name="At">When, UTC.</param>
/// <param name="PlanDigest">Digest of the plan that it was cast on; a vote on another plan is void.</param>
public sealed record Vote(string Poll, string Role, VoteChoice Choice, string By, DateTimeOffset At, string PlanDigest)
{
    /// <summary>What the voter added; null for nothing.</summary>
    public string? Comment { get; init; }
}

/// <summary>A person's approval of one thing, as the ledger has it.</summary>
/// <param name="Subject">What: id of a step or <c>phase:stage</c>, or <c>hotfix</c>.</param>
/// <param name="Role">In which role.</param>
/// <param name="Given">True for yes.</param>
/// <param name="By">Who: a login name.</param>
/// <param name="At">When, UTC.</param>
/// <param name="PlanDigest">Digest of the plan that it was given on; on another plan it is void.</param>
public sealed record Approval(string Subject, string Role, bool Given, string By, DateTimeOffset At, string PlanDigest);
