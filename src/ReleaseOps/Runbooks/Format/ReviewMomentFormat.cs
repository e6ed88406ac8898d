namespace ReleaseOps.Runbooks.Format;

/// <summary>When a day is looked at, and how a week is looked back on.</summary>
internal static class ReviewMomentFormat
{
    public static readonly Key<string> Clock = new("clock", ZoneShape.Any, "The time zone of the moments' hours; UTC unless told otherwise.");

    private static readonly Key<TimeOnly> At = new("at", TimeOfDayShape.Any, "When it is due, by the review's clock: '08:30'.");
    private static readonly Key<IReadOnlyList<ReviewLook>> Looks = new("looks-at", new ListShape<ReviewLook>(new ChoiceShape<ReviewLook>(
        "policy, signoff, slo, latency or floor", ("policy", ReviewLook.Policy), ("signoff", ReviewLook.Signoff), ("slo", ReviewLook.Slo),
        ("latency", ReviewLook.Latency), ("floor", ReviewLook.Floor)), "a list of what is looked at"),
        "What is looked at then; policy and signoff before it opens, and all of it later, unless told otherwise.");
    private static readonly Key<bool> Latest = new("latest", BooleanShape.Any,
        "true where the newest policy and signoff up to the day count; else those of the day only.");
    private static readonly Key<Reference> Phase = new("phase", new ReferenceShape(NameKind.Phase, "the name of a phase"),
        "The phase whose steps are due then; 'releaseops checklist' runs it.");

    private static readonly Key<ReviewMoment> PreOpen = Moment("pre-open", ReviewMomentKind.PreOpen, "The look before it opens.");
    private static readonly Key<ReviewMoment> Session = Moment("session", ReviewMomentKind.Session, "The look while it goes on.");
    private static readonly Key<ReviewMoment> PostClose = Moment("post-close", ReviewMomentKind.PostClose, "The look after it has closed.");

    public static readonly Key<IReadOnlyList<ReviewMoment>> Moments = new("moments", new MapShape<IReadOnlyList<ReviewMoment>>(
        "a map of moments", [PreOpen, Session, PostClose],
        f => [.. new[] { PreOpen, Session, PostClose }.Zip(ReviewMoment.Usual, (key, usual) => f.Get(key) ?? usual)]),
        "What each moment of a day looks at.");

    private static readonly Key<int> Days = new("days", new IntegerShape(1, 31), "How many trading days a week has; 5 unless told otherwise.");
    private static readonly Key<IReadOnlyList<DateOnly>> Closed = new("closed", new ListShape<DateOnly>(DateShape.Any, "a list of days"),
        "Weekdays on which nothing was traded.");
    private static readonly Key<int> Top = new("top", new IntegerShape(1, 100), "How many failure classes are shown; 5 unless told otherwise.");
    private static readonly Key<IReadOnlyList<string>> GroupBy = new("group-by", new ListShape<string>(new LabelShape(), "a list of labels"),
        "The labels by which alerts are the same; alertname unless told otherwise.");
    private static readonly Key<Reference> Owner = new("owner", new ReferenceShape(NameKind.Role, "the name of a role"),
        "Who owns a change that is proposed, until somebody else takes it.");
    private static readonly Key<TimeSpan> Due = new("due", DurationShape.Any, "How long there is for it; 14d unless told otherwise.");
    private static readonly Key<IReadOnlyList<ReasonCode>> Reasons = new("reasons", new NamedShape<string,
        ReasonCode>(Names.ReasonCode, TextShape.Any,
        (code, meaning) => new ReasonCode(code, meaning), "a map of codes to what they mean"),
        "The codes that interventions give as their reason.");
    private static readonly Key<string> Report = new("report", new DayPathShape("the path of the week's review"),
        "Path of a week's review, without its ending; weekly_review_<day> unless told otherwise. The day is the last one.");

    public static readonly Key<WeeklyRules> Weekly = new("weekly", new MapShape<WeeklyRules>(
        "the review of a week", [Days, Closed, Top, GroupBy, Owner, Due, Reasons, Report], Build), "How a week is looked back on.");

    private static WeeklyRules Build(Fields fields)
    {
        var usual = new WeeklyRules();
        return new WeeklyRules
        {
            Days = fields.GetValue(Days) ?? usual.Days,
            Closed = fields.List(Closed),
            Top = fields.GetValue(Top) ?? usual.Top,
            GroupBy = fields.Get(GroupBy) ?? usual.GroupBy,
            Owner = fields.Get(Owner)?.Name,
            Due = fields.GetValue(Due) ?? usual.Due,
            Reasons = fields.List(Reasons),
            Report = fields.Get(Report) ?? usual.Report,
        };
    }

    private static Key<ReviewMoment> Moment(string name, ReviewMomentKind kind, string help)
    {
        var usual = ReviewMoment.Usual.Single(m => m.Kind == kind);
        return new Key<ReviewMoment>(name, new MapShape<ReviewMoment>("a moment", [At, Looks, Latest, Phase],
            f => usual with
            {
                At = f.GetValue(At),
                Looks = f.Get(Looks) ?? usual.Looks,
                Latest = f.GetValue(Latest) ?? usual.Latest,
                Phase = f.Get(Phase)?.Name,
            }), help);
    }

    /// <summary>The name of a label.</summary>
    private sealed class LabelShape() : ScalarShape<string>(Names.AlertLabel.Expected)
    {
        protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
        {
            value = scalar.Text;
            return Names.AlertLabel.Fits(value) || Misfit(scalar, reading);
        }

        public override System.Text.Json.Nodes.JsonObject Schema(SchemaDefinitions definitions) => Names.AlertLabel.Schema(definitions);
    }
}
