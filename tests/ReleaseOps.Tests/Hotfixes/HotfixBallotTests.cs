using ReleaseOps.Gates;
using ReleaseOps.Hotfixes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Hotfixes;

public sealed class HotfixBallotTests
{
    private static readonly Poll Approvals = new("hotfix", [new("incident-owner", "May it go out?"), new("release-owner", "May it go out?")]) { Quorum = 2 };

    [Fact]
    public void Two_people_in_two_roles_are_enough() =>
        Assert.Equal(Decision.Go, Count(Vote("incident-owner", "ana"), Vote("release-owner", "bo")).Decision);

    [Fact]
    public void One_person_in_two_roles_is_not()
    {
        var counted = Count(Vote("incident-owner", "ana"), Vote("release-owner", "Ana"));
        Assert.Equal(Decision.Hold, counted.Decision);
        Assert.Contains(counted.Findings, f => f.Verdict == Verdict.Inconclusive && f.Text.Contains("another person", StringComparison.Ordinal));
    }

    [Fact]
    public void A_later_no_takes_a_yes_back() =>
        Assert.Equal(Decision.NoGo, Count(Vote("incident-owner", "ana"), Vote("release-owner", "bo"), Vote("release-owner", "bo", VoteChoice.NoGo)).Decision);

    [Fact]
    public void An_approval_of_another_commit_is_void()
    {
        var (book, other) = (Book("a"), Book("b"));
        var digest = HotfixBallot.DigestOf(book, "base", "commit");
        Assert.NotEqual(digest, HotfixBallot.DigestOf(book, "base", "commit2"));
        Assert.NotEqual(digest, HotfixBallot.DigestOf(book, "base2", "commit"));
        Assert.NotEqual(digest, HotfixBallot.DigestOf(other, "base", "commit"));
        var votes = new[] { Vote("incident-owner", "ana", digest: digest), Vote("release-owner", "bo", digest: "older") };
        Assert.Equal(Decision.Hold, HotfixBallot.Count(Approvals, votes, digest).Decision);
    }

    private static Runbook Book(string digest) => new() { Name = "h", Title = "h", Product = "h", File = "", Digest = digest };

    private static GateResult Count(params Vote[] votes) => HotfixBallot.Count(Approvals, votes, "d");

    private static Vote Vote(string role, string by, VoteChoice choice = VoteChoice.Go, string digest = "d") =>
        new("hotfix", role, choice, by, DateTimeOffset.UnixEpoch, digest);
}
