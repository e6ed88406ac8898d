using System.Globalization;
using ReleaseOps.Expressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Counts a poll.</summary>
public static class PollTally
{
    private const int MaxComment = 200;

    /// <summary>
    /// Counts: the last vote of each role that is asked, cast on this plan. Any NO-GO is NoGo; a POSTPONE, or fewer votes than the quorum,
    /// is Hold; else Go. One finding a role, and one for each vote that is void.
    /// </summary>
    /// <param name="poll">The poll.</param>
    /// <param name="votes">Every vote that the ledger has, oldest first.</param>
    /// <param name="planDigest">Digest of the plan that is decided on.</param>
    public static GateResult Count(Poll poll, IReadOnlyList<Vote> votes, string planDigest)
    {
        ArgumentNullException.ThrowIfNull(poll);
        ArgumentNullException.ThrowIfNull(votes);
        ArgumentNullException.ThrowIfNull(planDigest);
        var cast = votes.Where(v => v.Poll == poll.Name).ToList();
        var asked = poll.Asks.DistinctBy(a => a.Role).ToList();
        var roles = asked.Select(a => a.Role).ToHashSet(StringComparer.Ordinal);
        var valid = cast.ToLookup(v => v.PlanDigest == planDigest && roles.Contains(v.Role));
        var last = valid[true].GroupBy(v => v.Role).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        var quorum = poll.Quorum > 0 ? Math.Min(poll.Quorum, asked.Count) : asked.Count;
        var decision = last.Values.Any(v => v.Choice == VoteChoice.NoGo) ? Decision.NoGo
            : asked.Count == 0 || last.Count < quorum || last.Values.Any(v => v.Choice != VoteChoice.Go) ? Decision.Hold
            : Decision.Go;
        return new GateResult(poll.Name, decision,
        [
            .. asked.Select(a => last.TryGetValue(a.Role, out var vote) ? Counted(vote, a) : Missing(a, last.Count < quorum)),
            .. valid[false].Select(vote => Void(vote, roles.Contains(vote.Role))),
        ]);
    }

    private static Finding Counted(Vote vote, PollQuestion question) => new(vote.Role, vote.Choice switch
    {
        VoteChoice.Go => Verdict.Passed,
        VoteChoice.NoGo => Verdict.Failed,
        _ => Verdict.Inconclusive,
    }, Sentence(vote))
    { Condition = question.Question, Observed = Word(vote.Choice) };

    /// <summary>A role that hasn't voted decides only as long as the quorum isn't reached.</summary>
    private static Finding Missing(PollQuestion question, bool needed) =>
        new(question.Role, Verdict.Inconclusive, $"{question.Role} hasn't voted" + (needed ? "" : ", and the quorum is reached without it"))
        { Condition = question.Question, Reason = ErrorId.NoData, Required = needed };

    private static Finding Void(Vote vote, bool asked) =>
        new(vote.Role, Verdict.Skipped,
            $"{Sentence(vote)}: void, {(asked ? "it was cast on another plan" : "the poll doesn't ask this role")}")
        { Observed = Word(vote.Choice), Required = false };

    private static string Sentence(Vote vote)
    {
        var at = vote.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var comment = vote.Comment is { Length: > 0 } said ? $" ({CelText.Shorten(CelText.Visible(said), MaxComment)})" : "";
        return $"{vote.Role} says {Word(vote.Choice)}, {CelText.Visible(vote.By)} at {at}{comment}";
    }

    private static string Word(VoteChoice choice) => choice switch { VoteChoice.Go => "GO", VoteChoice.NoGo => "NO-GO", _ => "POSTPONE" };
}
