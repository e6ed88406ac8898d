using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary><c>channels</c>: where messages go.</summary>
internal static class ChannelFormat
{
    private static readonly Shape<Template> SecretUrl = new TemplateShape("a webhook's URL", secrets: true) { Check = WorkFormat.StartsLikeUrl };

    private static readonly Key<Template> Slack = new("slack", SecretUrl, "An incoming webhook of Slack: ${{ secrets.SLACK_WEBHOOK_URL }}.");
    private static readonly Key<IReadOnlyList<string>> Mention = new("mention", new ListShape<string>(new MentionShape(), "a list of mentions"),
        "Who is called by name in each message: here, channel, or ids of users (U..., W...) and user groups (S...).");
    private static readonly Key<Template> Teams = new("teams", SecretUrl, "A webhook of Microsoft Teams (Workflows): ${{ secrets.TEAMS_WEBHOOK_URL }}.");
    private static readonly Key<Template> Statuspage = new("statuspage", new TemplateShape("a page's id", secrets: true), "The id of a page at Statuspage.");
    private static readonly Key<Template> Token = new("token", new TemplateShape("a token", secrets: true), "What lets us in: ${{ secrets.STATUSPAGE_TOKEN }}.");
    private static readonly Key<Template> Api = new("api", new TemplateShape("a URL") { Check = WorkFormat.StartsLikeUrl },
        "Address of the service's API, for its EU region or a proxy; the service's own unless told otherwise.");
    private static readonly Key<Template> PagerDuty = new("pagerduty", new TemplateShape("a routing key", secrets: true),
        "The routing key of an integration (Events API v2): ${{ secrets.PAGERDUTY_ROUTING_KEY }}.");
    private static readonly Key<Template> Opsgenie = new("opsgenie", new TemplateShape("an API key", secrets: true),
        "The key of an API integration: ${{ secrets.OPSGENIE_API_KEY }}.");
    private static readonly Key<Template> Webhook = new("webhook", SecretUrl, "Any service that takes JSON by POST.");
    private static readonly Key<Template> Sign = new("sign", new TemplateShape("a secret", secrets: true),
        "The secret that each request is signed with, by HMAC-SHA256 as Standard Webhooks has it.");
    private static readonly Key<IReadOnlyList<NamedTemplate>> Headers = new("headers", new NamedShape<Template, NamedTemplate>(
        Names.Header, new TemplateShape("a header's value", secrets: true, mayBeEmpty: true),
        (name, value) => new NamedTemplate(name, value), "a map of headers to values"), "Headers to send; secrets may stand here.");
    private static readonly Key<string> Body = new("body", new HandlebarsShape("a Handlebars template for JSON"),
        "What is sent, as a Handlebars template for JSON: {{title}}, {{text}}, {{severity}} ... Our own JSON unless told otherwise.");
    private static readonly Key<Template> Smtp = new("smtp", new TemplateShape("a mail server"), "A mail server: HOST or HOST:PORT; 587 unless told otherwise.");
    private static readonly Key<SmtpTls> Tls = new("tls", new ChoiceShape<SmtpTls>("starttls or none", ("starttls", SmtpTls.StartTls), ("none", SmtpTls.None)),
        "starttls (no mail where the server doesn't offer it), which is taken unless told otherwise, or none.");
    private static readonly Key<Template> User = new("user", new TemplateShape("a user's name", secrets: true), "The user at the mail server.");
    private static readonly Key<Template> Password = new("password", new TemplateShape("a password", secrets: true), "The password that goes with it.");
    private static readonly Key<Template> From = new("from", new TemplateShape("a mail address"), "Who it comes from.") { Required = true };
    private static readonly Key<IReadOnlyList<Template>> To = new("to", new OneOrManyShape<Template>(new TemplateShape("a mail address"), "a list of mail addresses"),
        "Who it goes to.")
    { Required = true };
    private static readonly Key<Template> File = new("file", new TemplateShape("a path"), "A Markdown file that grows by each message.");
    private static readonly Key<TimeSpan> Pace = new("pace", DurationShape.Any,
        "The least time from one message to the next; what the service asks for unless told otherwise.");

    private static readonly IReadOnlyList<ChannelAlternative> Kinds =
    [
        new(ChannelKind.Slack, Slack, Mention),
        new(ChannelKind.Teams, Teams),
        new(ChannelKind.Statuspage, Statuspage, Token, Api),
        new(ChannelKind.PagerDuty, PagerDuty, Api),
        new(ChannelKind.Opsgenie, Opsgenie, Api),
        new(ChannelKind.Webhook, Webhook, Sign, Headers, Body),
        new(ChannelKind.Smtp, Smtp, Tls, User, Password, From, To),
        new(ChannelKind.File, File),
    ];

    public static readonly Shape<IReadOnlyList<Channel>> Channels = new NamedShape<Channel, Channel>(Names.Channel,
        new MapShape<Channel>("a channel", [Pace], Build) { Alternatives = Kinds, Check = Check },
        (name, channel) => channel with { Name = name }, "a map of names to channels");

    private static Channel Build(Fields fields)
    {
        var kind = (ChannelAlternative)fields.Chosen!;
        return new Channel("", kind.Kind, fields.Need((Key<Template>)kind.Main))
        {
            Secret = fields.Get(Token) ?? fields.Get(Sign),
            Api = fields.Get(Api),
            User = fields.Get(User),
            Password = fields.Get(Password),
            From = fields.Get(From),
            To = fields.List(To),
            Tls = fields.GetValue(Tls) ?? SmtpTls.StartTls,
            Body = fields.Get(Body),
            Headers = fields.List(Headers).ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase),
            Mention = fields.List(Mention),
            Pace = fields.GetValue(Pace),
        };
    }

    private static void Check(Fields fields, Reading reading)
    {
        if (fields.Has(Statuspage) && !fields.Has(Token))
            reading.Error(fields.At, ErrorId.MissingKey, "a status page needs a 'token'", "token: ${{ secrets.STATUSPAGE_TOKEN }}");
        if (fields.Has(Password) && fields.GetValue(Tls) == SmtpTls.None)
            reading.Error(fields.PositionOf(Password), ErrorId.BadValue, "a password isn't sent without TLS", "leave out 'tls: none'");
        if (fields.Has(User) != fields.Has(Password))
            reading.Error(fields.PositionOf(fields.Has(User) ? User : Password), ErrorId.MissingKey, "'user' and 'password' go together");
    }

    private sealed class ChannelAlternative(ChannelKind kind, Key main, params IReadOnlyList<Key> own) : Alternative(main, own)
    {
        public ChannelKind Kind => kind;
    }

    private sealed record NamedTemplate(string Name, Template Value);

    /// <summary><c>here</c>, <c>channel</c>, or an id at Slack.</summary>
    private sealed class MentionShape() : ScalarShape<string>("here, channel, or an id at Slack (U..., W..., S...)")
    {
        protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
        {
            value = scalar.Text;
            return value is "here" or "channel" || (value.Length is > 2 and <= 30 && value[0] is 'U' or 'W' or 'S' && value.All(char.IsAsciiLetterOrDigit))
                || Misfit(scalar, reading);
        }

        public override JsonObject Schema(SchemaDefinitions definitions) =>
            new() { ["type"] = "string", ["pattern"] = "^(here|channel|[UWS][A-Za-z0-9]{2,29})$" };
    }
}
