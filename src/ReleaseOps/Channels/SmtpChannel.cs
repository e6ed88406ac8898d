using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
using static System.FormattableString;

namespace ReleaseOps.Channels;

/// <summary>
/// A mail server (RFC 5321): port 587, and STARTTLS (RFC 3207) unless the channel says <c>tls: none</c>. A mail that may be a repeat can't
/// be told from one that isn't, but by its Message-ID, which is the same. The one file that knows the mail library.
/// </summary>
/// <param name="bound">The channel.</param>
/// <param name="mask">Hides secrets in what the server says.</param>
/// <param name="clock">The clock of the deadline.</param>
internal sealed class SmtpChannel(BoundChannel bound, SecretMask mask, TimeProvider clock) : IChannel
{
    /// <summary>The longest that a try may take. Mail servers let strangers wait on purpose.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private const int SubmissionPort = 587;

    public string Name => bound.Name;

    public bool Dedups => false;

    public TimeSpan Pace => bound.Pace ?? TimeSpan.Zero;

    public ChannelRequest Preview(Notice notice, string? remote)
    {
        var draft = MailDraft.Of(bound, notice.Masked(mask));
        return new ChannelRequest(Name, "MAIL", mask.Apply(bound.Address), mask.Apply(draft.ToString()));
    }

    public async Task<SendOutcome> SendAsync(Notice notice, string? remote, bool mayBeThere, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            notice.NeedWhole(Name);
            var (host, port) = Server();
            using var message = Message(MailDraft.Of(bound, notice.Masked(mask)));
            using var client = new SmtpClient(host, port)
            {
                EnableSsl = bound.Tls == SmtpTls.StartTls,
                UseDefaultCredentials = false,
                Credentials = bound.User is { } user ? new NetworkCredential(user, bound.Password) : null,
            };
            return await SendAsync(client, message, cancellation).ConfigureAwait(false);
        }
        catch (ReleaseOpsException refusal) when (refusal.Id == ErrorId.NoticeRefused)
        {
            return refusal.Outcome();
        }
    }

    private async Task<SendOutcome> SendAsync(SmtpClient client, MailMessage message, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            await client.SendMailAsync(message, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            return new SendOutcome(SendState.Sent, "taken by the mail server");
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception) when (deadline.IsCancellationRequested)
        {
            return new SendOutcome(SendState.Unclear, $"the mail server didn't take it within {Durations.Format(Deadline)}");
        }
        catch (SmtpFailedRecipientException e)
        {
            return Failed(e, message.To.Count);
        }
        catch (SmtpException e)
        {
            return new SendOutcome(StateOf(e), Said(e));
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or FormatException)
        {
            return new SendOutcome(SendState.Unclear, Said(e));
        }
    }

    // Who is refused doesn't keep the mail from the others: sent again, they would have it twice.
    private SendOutcome Failed(SmtpFailedRecipientException e, int all)
    {
        var failures = e is SmtpFailedRecipientsException { InnerExceptions.Length: > 0 } several ? several.InnerExceptions : [e];
        var who = OutsideText.OneLine(string.Join(", ", failures.Select(f => Invariant($"{f.FailedRecipient} ({(int)f.StatusCode})"))), mask);
        if (failures.Length < all)
            return new SendOutcome(SendState.Sent, "taken by the mail server, but not for " + who);
        return new SendOutcome(failures.Any(f => IsForNow(f.StatusCode)) ? SendState.Later : SendState.Refused, "refused for " + who);
    }

    // RFC 5321 4.2.1: 4yz may work later, 5yz won't.
    private static SendState StateOf(SmtpException e) => e.InnerException switch
    {
        // No connection, or no TLS on it: nothing was sent yet.
        SocketException or System.Security.Authentication.AuthenticationException => SendState.Later,
        null when IsForNow(e.StatusCode) => SendState.Later,
        // Without a code it is a server that doesn't offer what it must: STARTTLS, a way to log in.
        null => SendState.Refused,
        _ => SendState.Unclear,
    };

    private static bool IsForNow(SmtpStatusCode code) => (int)code is >= 400 and < 500;

    private string Said(Exception e)
    {
        var code = e is SmtpException { StatusCode: > 0 } smtp ? Invariant($"{(int)smtp.StatusCode}: ") : "";
        return code + OutsideText.OneLine(e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message, mask);
    }

    private (string Host, int Port) Server()
    {
        var at = bound.Address.LastIndexOf(':');
        var host = at < 0 || bound.Address.EndsWith(']') ? bound.Address : bound.Address[..at];
        var port = host.Length == bound.Address.Length ? SubmissionPort
            : ushort.TryParse(bound.Address[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written : 0;
        host = host.Trim('[', ']');
        return Uri.CheckHostName(host) != UriHostNameType.Unknown && port > 0 ? (host, port)
            : throw NoticeRules.Refused(Name, $"the address of channel {Name} isn't HOST or HOST:PORT", "Correct the channel.");
    }

    private MailMessage Message(MailDraft draft)
    {
        var message = new MailMessage
        {
            From = Address(draft.From),
            Subject = draft.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            Body = draft.Text,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        if (draft.To.Count == 0)
            throw NoticeRules.Refused(Name, $"channel {Name} goes to nobody", "Give it a 'to'.");
        foreach (var to in draft.To)
            message.To.Add(Address(to));
        foreach (var (name, value) in draft.Headers)
            message.Headers.Add(name, value);
        return message;
    }

    // Of several addresses in one text the library takes the last one, and the others for a name.
    private MailAddress Address(string text) =>
        MailAddress.TryCreate(text, out var address) && !address.DisplayName.Contains('@', StringComparison.Ordinal) ? address
        : throw NoticeRules.Refused(Name, $"'{OutsideText.OneLine(text, mask, 100)}', an address of channel {Name}, isn't a mail address",
            "Correct the channel.");
}
