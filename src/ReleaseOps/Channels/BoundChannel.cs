using ReleaseOps.Runbooks;

namespace ReleaseOps.Channels;

/// <summary>A channel with everything filled in, its secrets too.</summary>
/// <param name="Name">Its name in the runbook.</param>
/// <param name="Kind">Where it leads.</param>
/// <param name="Address">The place, as its kind has it.</param>
internal sealed record BoundChannel(string Name, ChannelKind Kind, string Address)
{
    public string? Secret { get; init; }

    public string? Api { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public string? From { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public SmtpTls Tls { get; init; }

    /// <summary>A Handlebars template for JSON; null for our own JSON.</summary>
    public string? Body { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Mention { get; init; } = [];

    public TimeSpan? Pace { get; init; }

    /// <summary>Full path of the folder that a file's relative path starts from.</summary>
    public required string Folder { get; init; }

    /// <summary>Fills in a channel.</summary>
    /// <exception cref="ReleaseOpsException">MissingSecret, MissingParameter, BindingFailed.</exception>
    public static BoundChannel Of(Channel channel, BindingScope scope, string folder) => new(channel.Name, channel.Kind, scope.Bind(channel.Address))
    {
        Secret = Bound(channel.Secret, scope),
        Api = Bound(channel.Api, scope),
        User = Bound(channel.User, scope),
        Password = Bound(channel.Password, scope),
        From = Bound(channel.From, scope),
        To = [.. channel.To.Select(scope.Bind)],
        Tls = channel.Tls,
        Body = channel.Body,
        Headers = channel.Headers.ToDictionary(h => h.Key, h => scope.Bind(h.Value), StringComparer.OrdinalIgnoreCase),
        Mention = channel.Mention,
        Pace = channel.Pace,
        Folder = folder,
    };

    /// <summary>The same with stars for what lets us in, also where the runbook has it in plain text.</summary>
    public BoundChannel Hidden() => this with
    {
        Address = Kind is ChannelKind.PagerDuty or ChannelKind.Opsgenie ? SecretMask.Stars : Address,
        Secret = Secret is null ? null : SecretMask.Stars,
        Password = Password is null ? null : SecretMask.Stars,
    };

    /// <summary>Without its secrets.</summary>
    public override string ToString() => $"{Name} ({Kind})";

    private static string? Bound(Template? template, BindingScope scope) => template is null ? null : scope.Bind(template);
}
