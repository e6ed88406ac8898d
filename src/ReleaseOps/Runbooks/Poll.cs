namespace ReleaseOps.Runbooks;

/// <summary>A go/no-go poll by roles.</summary>
/// <param name="Name">The poll's name.</param>
/// <param name="Asks">What each role is asked, in order.</param>
public sealed record Poll(string Name, IReadOnlyList<PollQuestion> Asks)
{
    /// <summary>How many roles must have voted; all of them unless told otherwise.</summary>
    public int Quorum { get; init; }

    /// <summary>The gate that must come to Go as well: the table of criteria; null for none.</summary>
    public string? Gate { get; init; }
}

/// <summary>What one role is asked in a poll.</summary>
/// <param name="Role">The role.</param>
/// <param name="Question">The question.</param>
public sealed record PollQuestion(string Role, string Question);

/// <summary>A rung of the way up, when somebody doesn't answer or can't help.</summary>
/// <param name="Level">L1, L2 ...</param>
/// <param name="To">Who.</param>
/// <param name="For">What it is for.</param>
public sealed record EscalationLevel(string Level, string To, string For);
