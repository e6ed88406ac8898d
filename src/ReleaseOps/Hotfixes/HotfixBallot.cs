using System.Security.Cryptography;
using System.Text;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Hotfixes;

/// <summary>The approvals of a hotfix. They are about the runbook and the two commits: another commit voids them. Pure.</summary>
internal static class HotfixBallot
{
    /// <summary>What an approval binds to: SHA-256 (lower-case hex) over the runbook's digest and the commits.</summary>
    public static string DigestOf(Runbook runbook, string baseCommit, string commit) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"hotfix\n{runbook.Digest}\n{baseCommit}\n{commit}\n")));

    /// <summary>Counts them; who approves in one role can't approve in another, because two are asked so that two look.</summary>
    public static GateResult Count(Poll poll, IReadOnlyList<Vote> votes, string digest)
    {
        var counted = PollTally.Count(poll, votes, digest);
        var last = votes.Where(v => v.Poll == poll.Name && v.PlanDigest == digest).GroupBy(v => v.Role, StringComparer.Ordinal).Select(g => g.Last());
        var twice = last.Where(v => v.Choice == VoteChoice.Go).GroupBy(v => v.By, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).ToList();
        return twice.Count == 0 ? counted : counted with
        {
            Decision = counted.Decision.Worse(Decision.Hold),
            Findings =
            [
                .. counted.Findings,
                .. twice.Select(g => new Finding(poll.Name, Verdict.Inconclusive,
                    $"{g.Key} approved as {string.Join(" and as ", g.Select(v => v.Role))}: another person must look as well")),
            ],
        };
    }
}
