using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes;

public sealed class ConfirmProbeTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_yes_is_seen_with_who_said_it()
    {
        var attendant = new Answers(new Attestation(true, "alice", "decision-owner", At));
        var seen = await AskAsync(attendant, "decision-owner");
        Assert.Null(seen.CouldNotTell);
        Assert.Equal(true, seen.Values["confirmed"]);
        Assert.Equal("alice", seen.Values["by"]);
        Assert.Equal("decision-owner", seen.Values["role"]);
        Assert.Equal("confirmed by alice as decision-owner", seen.Detail);
        Assert.Equal(new Question("step:1", "Staging is up", "decision-owner"), attendant.Asked);
    }

    [Fact]
    public async Task A_no_is_seen_too()
    {
        var seen = await AskAsync(new Answers(new Attestation(false, "bob", null, At)));
        Assert.Null(seen.CouldNotTell);
        Assert.Equal(false, seen.Values["confirmed"]);
        Assert.Equal("not confirmed by bob", seen.Detail);
    }

    [Fact]
    public async Task Nobody_there_and_no_answer_are_never_a_yes()
    {
        foreach (var attendant in new[] { null, new Answers(null) })
        {
            var seen = await AskAsync(attendant);
            Assert.Equal(ErrorId.NobodyToAsk, seen.CouldNotTell);
            Assert.Empty(seen.Values);
        }
    }

    [Theory]
    [InlineData("observer", "alice answered as observer, but only decision-owner may")]
    [InlineData(null, "alice answered without a role, but only decision-owner may")]
    public async Task A_yes_in_another_role_is_not_one(string? role, string detail)
    {
        var seen = await AskAsync(new Answers(new Attestation(true, "alice", role, At)), "decision-owner");
        Assert.Equal(ErrorId.NobodyToAsk, seen.CouldNotTell);
        Assert.Equal(detail, seen.Detail);
        Assert.Empty(seen.Values);
    }

    [Fact]
    public async Task A_yes_without_a_name_is_not_one() =>
        Assert.Equal(ErrorId.NobodyToAsk, (await AskAsync(new Answers(new Attestation(true, " ", null, At)))).CouldNotTell);

    [Fact]
    public async Task A_question_that_nobody_answers_ends_at_the_deadline()
    {
        var clock = new ManualClock();
        var asking = ConfirmProbe.LookAsync(new("x", null), LookContexts.Plain(clock, TimeSpan.FromMinutes(5), attendant: new Silent()),
            CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(5));
        var seen = await asking;
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.Equal("nobody answered within 5m", seen.Detail);
    }

    [Fact]
    public async Task A_name_cannot_write_to_the_terminal()
    {
        var seen = await AskAsync(new Answers(new Attestation(true, "ali\u001b[31mce\u202e" + new string('x', 900), null, At)));
        Assert.DoesNotContain(seen.Detail, c => char.IsControl(c) || c == '\u202e');
        Assert.InRange(seen.Detail.Length, 1, 250);
    }

    private static Task<Observation> AskAsync(IAttendant? attendant, string? role = null) =>
        ConfirmProbe.LookAsync(new ConfirmLook("Staging is up", role), LookContexts.Plain(attendant: attendant), CancellationToken.None);

    private sealed class Answers(Attestation? answer) : IAttendant
    {
        internal Question? Asked { get; private set; }

        public Task<Attestation?> AskAsync(Question question, CancellationToken cancellation)
        {
            Asked = question;
            return Task.FromResult(answer);
        }
    }

    // As a console does that doesn't let go of its read.
    private sealed class Silent : IAttendant
    {
        public Task<Attestation?> AskAsync(Question question, CancellationToken cancellation) =>
            new TaskCompletionSource<Attestation?>().Task;
    }
}
