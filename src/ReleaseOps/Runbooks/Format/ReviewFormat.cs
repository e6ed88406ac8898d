namespace ReleaseOps.Runbooks.Format;

/// <summary><c>review</c>: what a review of an event log counts, what it asks of the counts, and when.</summary>
internal static class ReviewFormat
{
    private static readonly Key<string> Zone = new("zone", ZoneShape.Any, "The time zone of a day in the log; UTC unless told otherwise.");
    private static readonly Key<string> ErrorEvent = new("error-event", TextShape.Any,
        "The event of a line that is an error; 'error' unless told otherwise.");
    private static readonly Key<double> MinAvailability = new("min-availability", new NumberShape(0, 1),
        "The least share of runs without an error, 0 to 1; 0.99 unless told otherwise.");
    private static readonly Key<double> MaxErrorRate = new("max-error-rate", new NumberShape(0, 1),
        "The largest share of errors among events, 0 to 1; 0.2 unless told otherwise.");
    private static readonly Key<double> MaxUncounted = new("max-uncounted", new NumberShape(0, 100),
        "The share of lines, in percent, that may be no event of which all is known; 1 unless told otherwise. Beyond it the review is HOLD.");
    private static readonly Key<string> EventLog = new("event-log", TextShape.Any, "Path of the event log (JSON Lines), where none is named.");
    private static readonly Key<Reference> From = new("source", new ReferenceShape(NameKind.Source, "the name of a source"),
        "The PostgreSQL source that has the events as rows.");
    private static readonly Key<string> Table = new("table", TextShape.Any, "The table or view there; 'events' unless told otherwise.");

    private static readonly Key<string> Policy = new("policy", new DayPathShape("the path of the policy"),
        "Path of a day's policy: reports/policy_<day>.json.");
    private static readonly Key<string> Signoff = new("signoff", new DayPathShape("the path of the signoff"),
        "Path of a day's signoff: reports/signoff_<day>.json.");
    private static readonly Key<string> Report = new("report", new DayPathShape("the path of the review"),
        "Path of a day's review, without its ending; review_<day> unless told otherwise.");
    private static readonly Key<ReviewFilePlaces> Artifacts = new("artifacts",
        new MapShape<ReviewFilePlaces>("a map of artifacts", [Policy, Signoff, Report],
        f => new ReviewFilePlaces { Policy = f.Get(Policy), Signoff = f.Get(Signoff), Report = f.Get(Report) ?? new ReviewFilePlaces().Report }),
        "Where the documents are that are judged beside the log, and where the review goes.");

    private static readonly Key<Reference> Severity = new("severity", new ReferenceShape(NameKind.Severity, "the name of a severity"),
        "The severity that it is.")
    { Required = true };
    private static readonly Key<string> OnCall = new("on-call", TextShape.Any, "Who must be called: primary_oncall, or none.") { Required = true };
    private static readonly Key<bool> ManualApproval = new("manual-approval", BooleanShape.Any,
        "true where nothing may run without a person's approval.");
    private static readonly Key<IReadOnlyList<ReviewLevel>> Levels = new("levels", new NamedShape<ReviewLevel, ReviewLevel>(Names.ReviewLevel,
        new MapShape<ReviewLevel>("a level", [Severity, OnCall, ManualApproval],
            f => new ReviewLevel("", f.Need(Severity).Name, f.Need(OnCall)) { ManualApproval = f.GetValue(ManualApproval) ?? false }),
        (name, level) => level with { Name = name }, "a map of levels to severities"),
        "What each level of the policy asks for, worst first; a level that isn't here counts as the last.");

    public static readonly MapShape<Review> Shape = new("a review",
        [Zone, ErrorEvent, MinAvailability, MaxErrorRate, MaxUncounted, EventLog, From, Table, ReviewLineFormat.Latency, ReviewLineFormat.Counters,
         ReviewLineFormat.Floor, Artifacts, Levels, ReviewMomentFormat.Clock, ReviewMomentFormat.Moments, ReviewMomentFormat.Weekly], Build)
    { Check = Check };

    private static Review Build(Fields fields)
    {
        var usual = new Review();
        return usual with
        {
            Zone = fields.Get(Zone) ?? usual.Zone,
            ErrorEvent = fields.Get(ErrorEvent) ?? usual.ErrorEvent,
            MinAvailabilityRate = fields.GetValue(MinAvailability) ?? usual.MinAvailabilityRate,
            MaxErrorRate = fields.GetValue(MaxErrorRate) ?? usual.MaxErrorRate,
            MaxUncounted = fields.GetValue(MaxUncounted) ?? usual.MaxUncounted,
            EventLog = fields.Get(EventLog),
            Source = fields.Get(From)?.Name,
            Table = fields.Get(Table) ?? usual.Table,
            Latency = fields.List(ReviewLineFormat.Latency),
            Counters = fields.List(ReviewLineFormat.Counters),
            Floor = fields.List(ReviewLineFormat.Floor),
            Files = fields.Get(Artifacts) ?? usual.Files,
            Levels = fields.List(Levels),
            Clock = fields.Get(ReviewMomentFormat.Clock) ?? usual.Clock,
            Moments = fields.Get(ReviewMomentFormat.Moments) ?? usual.Moments,
            Weekly = fields.Get(ReviewMomentFormat.Weekly) ?? usual.Weekly,
        };
    }

    private static void Check(Fields fields, Reading reading)
    {
        if (fields.Get(Artifacts)?.Policy is not null && !fields.Has(Levels))
            reading.Error(fields.PositionOf(Artifacts), ErrorId.MissingKey, "nothing says what the policy's levels ask for", "add 'levels'");
        if (fields.Get(From) is { } source)
            reading.WhenWhole(runbook => CheckSource(runbook, source, reading));
        else if (fields.Has(Table))
            reading.Error(fields.PositionOf(Table), ErrorId.MissingKey, "a table is in a source, and none is named", "add 'source'");
    }

    private static void CheckSource(Runbook runbook, Reference source, Reading reading)
    {
        if (runbook.Sources.FirstOrDefault(s => s.Name == source.Name) is { Kind: not SourceKind.Postgres })
            reading.Error(source.At, ErrorId.BadValue, $"events are asked of the source '{source.Name}', which is no PostgreSQL database",
                "name another one with 'source'");
    }
}
