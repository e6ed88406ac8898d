namespace ReleaseOps.Channels;

/// <summary>
/// A notice as mail: plain text, with headers that can't be forged by what stands in a title. Its Message-ID comes
/// from the notice's key, so it is the same at each try, and many mail systems show such a mail once; References (RFC 5322 3.6.4) keep a
/// thread's mails together; Auto-Submitted (RFC 3834) keeps absence notes away.
/// </summary>
/// <param name="From">Who it comes from.</param>
/// <param name="To">Who it goes to.</param>
/// <param name="Headers">The other headers, in order.</param>
/// <param name="Text">The text.</param>
internal sealed record MailDraft(string From, IReadOnlyList<string> To, IReadOnlyList<KeyValuePair<string, string>> Headers, string Text)
{
    // Well below the 998 of a line (RFC 5322 2.1.1), however it is encoded.
    private const int LongestSubject = 150;
    private const int LongestText = 200_000;

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The mail for a notice, which is masked.</summary>
    internal static MailDraft Of(BoundChannel channel, Notice notice)
    {
        var from = OneLine.Of(channel.From);
        var host = from[(from.LastIndexOf('@') + 1)..].TrimEnd('>', ' ');
        host = host.Length > 0 && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') ? host : "releaseops.invalid";
        var thread = $"<releaseops.{DedupKeys.Digest(notice.Thread)}@{host}>";
        return new MailDraft(from, [.. channel.To.Select(to => OneLine.Of(to))],
        [
            new("Message-ID", $"<releaseops.{DedupKeys.Digest(notice.Key)}@{host}>"),
            new("In-Reply-To", thread),
            new("References", thread),
            new("Auto-Submitted", "auto-generated"),
        ], NoticeText.Plain(notice, LongestText).TrimEnd() + "\n\n-- \n" + NoticeText.Origin(notice) + "\n")
        {
            // "=?" begins what mail programs decode (RFC 2047): a title that has it could show as something else than it is.
            Subject = NoticeText.Short(NoticeText.Title(notice).Replace("=?", "= ?", StringComparison.Ordinal), LongestSubject),
        };
    }

    /// <summary>The mail as a person reads it.</summary>
    public override string ToString() => string.Join('\n',
        [$"From: {From}", $"To: {string.Join(", ", To)}", $"Subject: {Subject}", .. Headers.Select(h => $"{h.Key}: {h.Value}"), "", Text]);
}
