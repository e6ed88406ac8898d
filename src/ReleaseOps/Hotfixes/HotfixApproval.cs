using ReleaseOps.Steps;

namespace ReleaseOps.Hotfixes;

/// <summary>What somebody said of a hotfix.</summary>
/// <param name="Commit">The commit that it is about: on another one it is void.</param>
/// <param name="Step">The check that was answered; null where the hotfix itself was approved.</param>
/// <param name="Role">In which role.</param>
/// <param name="Given">True for yes.</param>
/// <param name="By">Who: a login name.</param>
/// <param name="At">When, UTC.</param>
public sealed record HotfixApproval(string Commit, string? Step, string Role, bool Given, string By, DateTimeOffset At)
{
    /// <summary>How the word was taken.</summary>
    public required Delivery Delivery { get; init; }
}
