namespace ReleaseOps.Runbooks.Format;

/// <summary><c>watch</c>: how a release is watched once it is out.</summary>
internal static class WatchFormat
{
    /// <summary>A look is one line of the ledger: more of them than a file should have, and that anybody reads again at each resume.</summary>
    private const int MostLooks = 200_000;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private static readonly Shape<Reference> SeverityName = new ReferenceShape(NameKind.Severity, "the name of a severity");
    private static readonly Shape<Reference> RoleName = new ReferenceShape(NameKind.Role, "the name of a role");

    private static readonly Key<Criterion> When = new("when", GuardFormat.Expression, "What is bad where it holds: a criterion over metrics.")
    { Required = true };
    private static readonly Key<Criterion> Normal = new("normal", GuardFormat.Expression, "The threshold of every other day, to compare with.");
    private static readonly Key<string> Action = new("action", TextShape.Any, "What is done about it, for people.");
    private static readonly Key<Reference> Severity = new("severity", SeverityName,
        "The severity of the incident that it opens; it opens none unless told otherwise.");

    private static readonly Key<IReadOnlyList<Threshold>> Thresholds = new("thresholds", new NamedShape<Threshold, Threshold>(Names.Threshold,
        new MapShape<Threshold>("a threshold", [When, Normal, GuardFormat.For, GuardFormat.Consecutive, Action, Severity, GuardFormat.Description],
            BuildThreshold),
        (name, threshold) => threshold with { Name = name }, "a map of names to thresholds"),
        "What is worth knowing on day one, stricter than normal. A threshold decides nothing: it is shown and called.");

    private static readonly Key<IReadOnlyList<Reference>> Triggers = new("triggers",
        new ListShape<Reference>(new ReferenceShape(NameKind.Trigger, "the name of a trigger"), "a list of triggers"),
        "The triggers that are looked at; each is over metrics.");
    private static readonly Key<IReadOnlyList<WatchGate>> Gates = new("gates", new NamedShape<bool, WatchGate>(Names.GateUsed,
        new ChoiceShape<bool>("required or optional", ("required", true), ("optional", false)),
        (gate, required) => new WatchGate(gate, required), "a map of gates to required or optional"),
        "The gates that are judged at the end: required, or optional (judged and shown).");

    private static readonly Key<TimeSpan> Every = new("every", DurationShape.Any,
        "The time from one run of them to the next; the beginning and the end only unless told otherwise.");
    private static readonly Key<IReadOnlyList<Step>> Steps = new("steps", StepFormat.List, "The steps, in order; none may change anything.")
    { Required = true };
    private static readonly Key<Checked> Checks = new("checks", new MapShape<Checked>("the checks of a watch", [Every, Steps],
        f => new Checked(f.GetValue(Every), f.List(Steps)))
    { Check = (_, reading) => reading.Needs.EndWatch() },
        "Steps that are looked at when it begins, in between, and before it is decided.");

    private static readonly Shape<IReadOnlyList<Reference>> SeverityNames = new ListShape<Reference>(SeverityName, "a list of severities");
    private static readonly Key<IReadOnlyList<Reference>> Open = new("open", SeverityNames,
        "The severities of which an open incident without verified mitigation makes NO-GO.");
    private static readonly Key<IReadOnlyList<Reference>> Ever = new("ever", SeverityNames,
        "The severities of which any incident makes NO-GO, mitigated or not.");
    private static readonly Key<NoGo> NoGoFor = new("no-go", new MapShape<NoGo>("a map of open and ever", [Open, Ever],
        f => new NoGo(NamesOf(f.List(Open)), NamesOf(f.List(Ever)))), "The severities whose incidents make NO-GO.");

    private static readonly Key<TimeSpan> Longest = new("longest", DurationShape.Any, "The longest gap in what was seen; 15m unless told otherwise.");
    private static readonly Key<double> Share = new("share", new NumberShape(0, 100),
        "The share of looks, in percent, that may have seen nothing; 5 unless told otherwise.");
    private static readonly Key<Gaps> GapsAllowed = new("gaps", new MapShape<Gaps>("a map of longest and share", [Longest, Share],
        f => new Gaps(f.GetValue(Longest), f.GetValue(Share))), "What may be left unseen in a watch that comes to GO.");

    private static readonly Key<TimeSpan> Clean = new("clean", DurationShape.Any, "How long it must have been without a break, gaps left out.")
    { Required = true };
    private static readonly Key<Reference> Targets = new("targets", new ReferenceShape(NameKind.Gate, "the name of a gate"),
        "The gate that each look must pass; it has no 'compare'.");
    private static readonly Key<IReadOnlyList<Reference>> Accept = new("accept", new ListShape<Reference>(RoleName, "a list of roles"),
        "The roles that must accept the closure.");
    private static readonly Key<WatchExit> Exit = new("exit", new MapShape<WatchExit>("the end of hypercare", [Clean, Targets, Accept],
        f => new WatchExit(f.GetValue(Clean) ?? default) { Targets = f.Get(Targets)?.Name, Accept = NamesOf(f.List(Accept)) })
    { Check = CheckExit }, "What ends the time of special care; the window's end unless told otherwise.");

    private static readonly Key<TimeOffset> At = new("at", TimeOffsetShape.Any, "When it begins, against T-0: T+6h.") { Required = true };
    private static readonly Key<TimeSpan> Length = new("for", DurationShape.Any, "How long it is.") { Required = true };
    private static readonly Key<string> Why = new("why", TextShape.Any, "The reason; it stands in the evidence.") { Required = true };
    private static readonly Key<IReadOnlyList<Maintenance>> MaintenanceTimes = new("maintenance", new ListShape<Maintenance>(
        new MapShape<Maintenance>("a maintenance", [At, Length, Why],
            f => new Maintenance(f.GetValue(At) ?? default, f.GetValue(Length) ?? default, f.Need(Why))), "a list of maintenances"),
        "Times that don't count against error budgets.");

    private static readonly Key<TimeSpan> Window = new("window", DurationShape.Any, "How long, from T-0.") { Required = true };
    private static readonly Key<TimeSpan> Interval = new("interval", DurationShape.Any, "The time from one look to the next; 1m unless told otherwise.");
    private static readonly Key<Reference> Commander = new("commander", RoleName,
        "The role of the incident commander, who must be named when the watch begins.");
    private static readonly Key<TimeSpan> Clear = new("clear", DurationShape.Any,
        "How long an incident's signal must be gone before its mitigation counts as verified; 15m unless told otherwise.");
    private static readonly Key<TimeSpan> Grace = new("grace", DurationShape.Any,
        "How long after it was due a review is called overdue; 30m unless told otherwise.");

    public static readonly MapShape<Watch> Shape = new("a watch",
        [Window, Interval, Commander, Thresholds, Triggers, Gates, Checks, NoGoFor, Clear, Grace, GapsAllowed, Exit, MaintenanceTimes], Build)
    { Check = Check };

    private static Threshold BuildThreshold(Fields fields) => new("", fields.Need(When))
    {
        Normal = fields.Get(Normal),
        For = fields.GetValue(GuardFormat.For),
        Consecutive = fields.GetValue(GuardFormat.Consecutive),
        Action = fields.Get(Action),
        Severity = fields.Get(Severity)?.Name,
        Description = fields.Get(GuardFormat.Description),
    };

    private static Watch Build(Fields fields)
    {
        var (checks, noGo, gaps) = (fields.Get(Checks), fields.Get(NoGoFor), fields.Get(GapsAllowed));
        return new Watch(fields.GetValue(Window) ?? default)
        {
            Interval = fields.GetValue(Interval) ?? Watch.DefaultInterval,
            Commander = fields.Get(Commander)?.Name,
            Thresholds = fields.List(Thresholds),
            Triggers = NamesOf(fields.List(Triggers)),
            Gates = fields.List(Gates),
            Checks = checks?.Steps ?? [],
            ChecksEvery = checks?.Every,
            NoGoOpen = noGo?.Open ?? [],
            NoGoEver = noGo?.Ever ?? [],
            Clear = fields.GetValue(Clear) ?? Watch.QuarterOfAnHour,
            Grace = fields.GetValue(Grace) ?? Watch.DefaultGrace,
            LongestGap = gaps?.Longest ?? Watch.QuarterOfAnHour,
            MostMissing = gaps?.Share ?? Watch.DefaultMostMissing,
            Exit = fields.Get(Exit),
            Maintenance = fields.List(MaintenanceTimes),
        };
    }

    private static void Check(Fields fields, Reading reading)
    {
        CheckLooks(fields, reading);
        foreach (var trigger in fields.List(Triggers))
            reading.WhenWhole(runbook => WatchInPlace.CheckTrigger(runbook, trigger, reading));
        reading.WhenWhole(runbook => WatchInPlace.CheckJudgement(runbook, fields.At, reading));
    }

    private static void CheckLooks(Fields fields, Reading reading)
    {
        var interval = fields.GetValue(Interval) ?? Watch.DefaultInterval;
        if (interval < ShortestInterval)
            reading.Error(fields.PositionOf(Interval), ErrorId.BadValue, "a watch looks once a second at most", "give an interval of 1s or more");
        else if (fields.GetValue(Window) is not { } window)
            return;
        else if (interval > window)
            reading.Error(fields.PositionOf(Interval), ErrorId.BadValue,
                $"it looks every {Durations.Format(interval)}, but is watched for {Durations.Format(window)} only", "look more often, or watch for longer");
        else if (window / interval > MostLooks)
            reading.Error(fields.PositionOf(Interval), ErrorId.BadValue,
                FormattableString.Invariant($"{window / interval:N0} looks are more than a watch may make ({MostLooks:N0})"),
                "give a longer interval, or a shorter window");
        else if (window.Ticks % interval.Ticks != 0)
            reading.Warn(fields.PositionOf(Window), $"the window isn't a multiple of the interval, {Durations.Format(interval)}: its last part is not looked at",
                "make it one");
    }

    private static void CheckExit(Fields fields, Reading reading)
    {
        if (fields.Get(Targets) is { } targets)
            reading.WhenWhole(runbook => WatchInPlace.CheckTargets(runbook, targets, reading));
    }

    private static IReadOnlyList<string> NamesOf(IReadOnlyList<Reference> references) => [.. references.Select(r => r.Name)];

    private sealed record Checked(TimeSpan? Every, IReadOnlyList<Step> Steps);

    private sealed record NoGo(IReadOnlyList<string> Open, IReadOnlyList<string> Ever);

    private sealed record Gaps(TimeSpan? Longest, double? Share);
}
