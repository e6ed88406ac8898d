namespace ReleaseOps.Runbooks;

/// <summary>What kind of place a channel leads to.</summary>
public enum ChannelKind
{
    /// <summary>The screen of whoever sends, as Markdown.</summary>
    Console,
    /// <summary>A Markdown file that grows; its address is the path.</summary>
    File,
    /// <summary>Slack; its address is an incoming webhook's URL.</summary>
    Slack,
    /// <summary>Microsoft Teams; its address is a webhook's URL (Workflows, or an incoming webhook).</summary>
    Teams,
    /// <summary>A status page at Statuspage; its address is the page's id.</summary>
    Statuspage,
    /// <summary>PagerDuty, Events API v2; its address is the integration's routing key.</summary>
    PagerDuty,
    /// <summary>Opsgenie alerts; its address is the integration's API key.</summary>
    Opsgenie,
    /// <summary>Any HTTP service; its address is the URL.</summary>
    Webhook,
    /// <summary>Mail; its address is HOST or HOST:PORT of an SMTP server.</summary>
    Smtp,
}

/// <summary>Whether mail goes to its server over TLS.</summary>
public enum SmtpTls
{
    /// <summary>STARTTLS (RFC 3207), and no mail where the server doesn't offer it.</summary>
    StartTls,
    /// <summary>Unencrypted: for a relay on the same machine.</summary>
    None,
}

/// <summary>A way by which messages reach people.</summary>
/// <param name="Name">Its name: <c>ops</c>, <c>#deployments</c>.</param>
/// <param name="Kind">Where it leads.</param>
/// <param name="Address">The place, as its kind has it.</param>
public sealed record Channel(string Name, ChannelKind Kind, Template Address)
{
    /// <summary>What lets us in (Statuspage's token), or signs (a webhook's secret); null for none.</summary>
    public Template? Secret { get; init; }

    /// <summary>Address of the service's API, for the EU region or a proxy; null for the service's own.</summary>
    public Template? Api { get; init; }

    /// <summary>The user at the mail server; null for none.</summary>
    public Template? User { get; init; }

    /// <summary>The password that goes with <see cref="User"/>.</summary>
    public Template? Password { get; init; }

    /// <summary>Who mail comes from.</summary>
    public Template? From { get; init; }

    /// <summary>Who mail goes to.</summary>
    public IReadOnlyList<Template> To { get; init; } = [];

    /// <summary>Whether mail goes over TLS.</summary>
    public SmtpTls Tls { get; init; }

    /// <summary>What a webhook sends, a Handlebars template for JSON; null for our own JSON.</summary>
    public string? Body { get; init; }

    /// <summary>Headers that a webhook sends.</summary>
    public IReadOnlyDictionary<string, Template> Headers { get; init; } = new Dictionary<string, Template>();

    /// <summary>Who is called by name in Slack: <c>here</c>, <c>channel</c>, or ids of users (U..., W...) and user groups (S...).</summary>
    public IReadOnlyList<string> Mention { get; init; } = [];

    /// <summary>The least time from one message to the next; null for what the service asks for.</summary>
    public TimeSpan? Pace { get; init; }

    /// <summary>Names of the secrets that it needs, each once.</summary>
    public IEnumerable<string> SecretNames => Templates().SelectMany(template => template.SecretNames).Distinct(StringComparer.Ordinal);

    /// <summary>Every text in which something may be filled in.</summary>
    public IEnumerable<Template> Templates() =>
        ((Template?[])[Address, Secret, Api, User, Password, From]).OfType<Template>().Concat(To).Concat(Headers.Values);
}
