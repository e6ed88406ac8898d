namespace ReleaseOps.Runbooks.Format;

/// <summary>The runbook format: each key is declared once, and the reader and the JSON Schema both come from here.</summary>
internal static class RunbookFormat
{
    private static readonly Key<IReadOnlyList<string>> May = new("may", new ListShape<string>(Names.Permission, "a list of what it may do"),
        "What it may do: vote, confirm, approve-rollback, approve-restore ...");
    private static readonly Key<string> Holder = new("holder", TextShape.Any, "Who holds it, where that is known.");
    private static readonly Key<string> RoleDescription = new("description", TextShape.Any, "What it answers for.");

    private static readonly Key<TimeOffset> At = new("at", TimeOffsetShape.Any, "When, against T-0: T+2h.") { Required = true };
    private static readonly Key<string> What = new("what", TextShape.Any, "What is due.") { Required = true };
    private static readonly Key<string> Owner = new("owner", TextShape.Any, "Who does it.");
    private static readonly Key<bool> ReviewRequired = new("required", BooleanShape.Any, "true where a watch doesn't come to GO without it.");

    private static readonly Key<string> Name = new("runbook", Names.Runbook, "The runbook's name: small letters, digits and '-'.")
    { Required = true };
    private static readonly Key<string> Title = new("title", TextShape.Any, "One line for people.");
    private static readonly Key<string> Product = new("product", TextShape.Any,
        "The product that it releases; the runbook's name unless told otherwise.");
    private static readonly Key<string> Description = new("description", TextShape.Any, "What it is for, in a paragraph.");
    private static readonly Key<IReadOnlyList<Parameter>> Parameters = new("parameters", ParameterFormat.Map,
        "What its user fills in: params.name in expressions, PARAM_NAME in scripts. 'version' is the release's version.");
    private static readonly Key<IReadOnlyList<Role>> Roles = new("roles", new NamedShape<Role, Role>(Names.Role,
        new MapShape<Role>("a role", [May, Holder, RoleDescription],
            f => new Role("", f.List(May)) { Holder = f.Get(Holder), Description = f.Get(RoleDescription) }),
        (name, role) => role with { Name = name }, "a map of names to roles"), "Who may do what.");
    private static readonly Key<IReadOnlyList<Source>> Sources = new("sources", MetricFormat.Sources, "Where metrics, alerts and rows come from.");
    private static readonly Key<IReadOnlyList<Metric>> Metrics = new("metrics", MetricFormat.Metrics,
        "The named measurements that criteria speak of.");
    private static readonly Key<IReadOnlyList<Phase>> Phases = new("phases", PhaseFormat.List,
        "The phases, in order; they may be left out where there is a watch, a hotfix or a review.");
    private static readonly Key<IReadOnlyList<Gate>> Gates = new("gates", GateFormat.Gates,
        "The named lists of criteria; all of a gate's criteria must hold. They speak of metrics and params.");
    private static readonly Key<IReadOnlyList<Trigger>> Triggers = new("triggers", GuardFormat.Triggers,
        "What ends a rollout: a criterion, or a step that doesn't pass, that holds for a while.");
    private static readonly Key<IReadOnlyList<Waiver>> Waivers = new("waivers", GateFormat.Waivers,
        "Leave to go on although a criterion didn't pass: who gave it, why, and until when.");
    private static readonly Key<DeploymentWindows> Windows = new("windows", DecisionFormat.Windows, "When a rollout may start.");
    private static readonly Key<IReadOnlyList<Poll>> Polls = new("polls", DecisionFormat.Polls, "The go/no-go polls by roles.");
    private static readonly Key<Rollback> Rollback = new("rollback", DecisionFormat.Rollback, "The way back.");
    private static readonly Key<IReadOnlyList<EscalationLevel>> Escalation = new("escalation", DecisionFormat.Escalation,
        "The way up, from the first to the last.");
    private static readonly Key<IReadOnlyList<Severity>> Severities = new("severities", GuardFormat.Severities,
        "The severity ladder, worst first: the first that fits is taken.");
    private static readonly Key<IReadOnlyList<ScheduledReview>> Schedule = new("schedule", new ListShape<ScheduledReview>(
        new MapShape<ScheduledReview>("an entry of the schedule", [At, What, Owner, ReviewRequired], BuildReview)
        { Check = CheckReview },
        "a list of what is due"),
        "What is due when, beside the phases: reviews, calls.");
    private static readonly Key<Watch> Watch = new("watch", WatchFormat.Shape, "How the release is watched once it is out.");
    private static readonly Key<Hotfix> Hotfix = new("hotfix", HotfixFormat.Shape,
        "What may go out as a hotfix, and what must be known before it does: the phases are its checks.");
    private static readonly Key<Review> Review = new("review", ReviewFormat.Shape,
        "What a review of the event log counts, what it asks of the counts, and when.");
    private static readonly Key<IReadOnlyList<Slo>> Slos = new("slos", SloFormat.Slos, "The service level objectives.");
    private static readonly Key<IReadOnlyList<Message>> Messages = new("messages", MessageFormat.Messages, "The texts that go out to people.");
    private static readonly Key<IReadOnlyList<Channel>> Channels = new("channels", ChannelFormat.Channels,
        "The channels by which messages go out. Without a place here, console, file, slack, teams, statuspage, pagerduty and opsgenie have their usual ones.");

    /// <summary>The whole file.</summary>
    public static readonly MapShape<Runbook> Shape = new("a runbook",
        [Name, Title, Product, Description, Parameters, Roles, Sources, Metrics, Phases, Gates, Waivers, Triggers, Windows, Polls, Rollback, Severities,
         Escalation, Schedule, Channels, Messages, Watch, Slos, Hotfix, Review],
        Build)
    {
        OneAtLeast = [Phases, Watch, Hotfix, Review],
        Check = (f, reading) => SourceUse.Check(f.List(Sources), f.List(Metrics), f.List(Slos),
            Runbook.AllSteps(f.List(Phases), f.Get(Rollback), f.Get(Watch)), reading),
    };

    private static ScheduledReview BuildReview(Fields fields) => new(fields.GetValue(At) ?? default, fields.Need(What))
    {
        Owner = fields.Get(Owner),
        Required = fields.GetValue(ReviewRequired) ?? false,
    };

    private static void CheckReview(Fields fields, Reading reading) =>
        reading.WhenWhole(runbook => WatchInPlace.CheckReview(runbook, BuildReview(fields), fields.PositionOf(At), reading));

    // File, digest and secrets aren't in the text: the reader puts them in.
    private static Runbook Build(Fields fields) => new()
    {
        Name = fields.Need(Name),
        Title = fields.Get(Title) ?? fields.Need(Name),
        Product = fields.Get(Product) ?? fields.Need(Name),
        Description = fields.Get(Description),
        File = "",
        Digest = "",
        Parameters = fields.List(Parameters),
        Roles = fields.List(Roles),
        Sources = fields.List(Sources),
        Metrics = fields.List(Metrics),
        Phases = fields.List(Phases),
        Gates = fields.List(Gates),
        Triggers = fields.List(Triggers),
        Rollback = fields.Get(Rollback),
        Severities = fields.List(Severities),
        Schedule = fields.List(Schedule),
        Messages = fields.List(Messages),
        Channels = fields.List(Channels),
        Windows = fields.Get(Windows),
        Polls = fields.List(Polls),
        Waivers = fields.List(Waivers),
        Escalation = fields.List(Escalation),
        Watch = fields.Get(Watch),
        Slos = fields.List(Slos),
        Hotfix = fields.Get(Hotfix),
        Review = fields.Get(Review),
    };
}
