namespace ReleaseOps.Probes;

/// <summary>What every probe is given beside its look.</summary>
/// <param name="Run">Id of the run; goes into the environment of its processes.</param>
/// <param name="Step">Id of the step.</param>
/// <param name="Timeout">How long this look may take in all, the reading of the answer included.</param>
/// <param name="Mask">Hides secrets in all that is kept or shown.</param>
/// <param name="Clock">The clock.</param>
public sealed record LookContext(string Run, string Step, TimeSpan Timeout, SecretMask Mask, TimeProvider Clock)
{
    /// <summary>The folder that logs are written to; null to keep none.</summary>
    public string? LogFolder { get; init; }

    /// <summary>Answers questions to a person; null when nobody is there.</summary>
    public IAttendant? Attendant { get; init; }
}

/// <summary>The person at the other end, if there is one: the console, PowerShell's host.</summary>
public interface IAttendant
{
    /// <summary>Asks a person to attest a statement; null when nobody answers.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="cancellation">Ends the asking.</param>
    Task<Attestation?> AskAsync(Question question, CancellationToken cancellation);
}

/// <summary>A question to a person.</summary>
/// <param name="Step">Id of the step that asks.</param>
/// <param name="Statement">What the person is asked to confirm.</param>
/// <param name="Role">The role that may answer; null for anyone.</param>
public sealed record Question(string Step, string Statement, string? Role);

/// <summary>A person's answer in a role.</summary>
/// <param name="Confirmed">True for yes.</param>
/// <param name="By">Who answered: a login name.</param>
/// <param name="Role">In which role; null for none.</param>
/// <param name="At">When, UTC.</param>
public sealed record Attestation(bool Confirmed, string By, string? Role, DateTimeOffset At);
