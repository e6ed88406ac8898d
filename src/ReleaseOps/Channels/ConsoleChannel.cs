namespace ReleaseOps.Channels;

/// <summary>
/// The screen of whoever sends, as Markdown. Values can neither drive a terminal nor command a CI system; the author's words can't either.
/// </summary>
/// <param name="bound">The channel.</param>
/// <param name="mask">Hides secrets.</param>
/// <param name="show">Writes to the screen; null where nobody has one.</param>
internal sealed class ConsoleChannel(BoundChannel bound, SecretMask mask, Action<string>? show) : IChannel
{
    public string Name => bound.Name;

    public bool Dedups => false;

    public TimeSpan Pace => bound.Pace ?? TimeSpan.Zero;

    public ChannelRequest Preview(Notice notice, string? remote) => new(Name, "SHOW", "the screen", Text(notice));

    public Task<SendOutcome> SendAsync(Notice notice, string? remote, bool mayBeThere, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            notice.NeedWhole(Name);
        }
        catch (ReleaseOpsException refusal) when (refusal.Id == ErrorId.NoticeRefused)
        {
            return Task.FromResult(refusal.Outcome());
        }
        if (show is null)
            return Task.FromResult(new SendOutcome(SendState.Refused, "there is no screen to show it on"));
        show(Text(notice));
        return Task.FromResult(new SendOutcome(SendState.Sent, "shown"));
    }

    private string Text(Notice notice) => CiText.Defang(MarkdownNotice.Entry(notice.Masked(mask)));
}
