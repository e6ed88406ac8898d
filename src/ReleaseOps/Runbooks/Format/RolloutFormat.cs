namespace ReleaseOps.Runbooks.Format;

/// <summary><c>rollout</c>: a release in stages.</summary>
internal static class RolloutFormat
{
    private static readonly Key<string> StageName = new("name", Names.Stage, "Unique in its rollout.") { Required = true };
    private static readonly Key<double> Weight = new("weight", new NumberShape(0, 100), "Share of the traffic, in percent.")
    { Required = true };
    private static readonly Key<IReadOnlyList<Template>> Action = new("action", WorkFormat.Arguments,
        "The program, then its arguments, that moves the traffic; none where something else does.");
    private static readonly Key<IReadOnlyList<Step>> Steps = new("steps", StepFormat.List,
        "What is done at its beginning, in order, after the action.");
    private static readonly Key<TimeSpan> Watch = new("watch", DurationShape.Any, "How long it is watched before its gate is judged.");
    private static readonly Key<TimeSpan> Interval = new("interval", DurationShape.Any,
        "The time from one look to the next; the rollout's unless told otherwise.");
    private static readonly Key<IReadOnlyList<Step>> Checks = new("checks", StepFormat.List,
        "What is looked at once the watch is over; each required one must pass.");
    private static readonly Key<Reference> Gate = new("gate", new ReferenceShape(NameKind.Gate, "the name of a gate"),
        "The gate at its end.");
    private static readonly Key<Reference> Approval = new("approval", new ReferenceShape(NameKind.Role, "the name of a role"),
        "The role that must approve it first.");

    private static readonly MapShape<Stage> StageShape = new("a stage",
        [StageName, Weight, Action, StepFormat.Timeout, StepFormat.Idempotent, StepFormat.Verify, Steps, Watch, Interval, Checks, Gate, Approval],
        BuildStage)
    { Check = CheckStage };

    private static readonly Key<IReadOnlyList<Reference>> Abort = new("abort",
        new ListShape<Reference>(new ReferenceShape(NameKind.Trigger, "the name of a trigger"), "a list of triggers"),
        "The triggers that are looked at throughout.");
    private static readonly Key<IReadOnlyList<Stage>> Stages = new("stages", new ListShape<Stage>(StageShape, "a list of stages"),
        "The stages, in order.")
    { Required = true };
    private static readonly Key<TimeSpan> Every = new("interval", DurationShape.Any, "The time from one look to the next; 30s unless told otherwise.");
    private static readonly Key<TimeSpan> HoldLimit = new("limit", DurationShape.Any, "How long a hold waits for a person; 30m unless told otherwise.");
    private static readonly Key<HoldEnd> HoldEnd = new("then", new ChoiceShape<HoldEnd>("rollback or stop",
        ("rollback", Runbooks.HoldEnd.Rollback), ("stop", Runbooks.HoldEnd.Stop)),
        "What follows when nobody answered: rollback (unless told otherwise), or stop (stay, and end on HOLD).");
    private static readonly Key<Hold> OnHold = new("hold", new MapShape<Hold>("a hold's limit and end", [HoldLimit, HoldEnd],
        f => new Hold(f.GetValue(HoldLimit), f.GetValue(HoldEnd))), "What a HOLD waits for: { limit: 30m, then: rollback }.");
    private static readonly Key<Reference> Poll = new("poll", new ReferenceShape(NameKind.Poll, "the name of a poll"),
        "The poll that must have come to GO on this plan before it starts.");

    public static readonly MapShape<Rollout> Shape = new("a rollout", [Abort, Every, OnHold, Poll, Stages], Build) { Check = CheckStages };

    private static Rollout Build(Fields fields)
    {
        var hold = fields.Get(OnHold);
        return new Rollout(fields.List(Stages))
        {
            Abort = [.. fields.List(Abort).Select(trigger => trigger.Name)],
            Interval = fields.GetValue(Every) ?? Rollout.DefaultInterval,
            HoldLimit = hold?.Limit ?? Rollout.DefaultHoldLimit,
            HoldEnd = hold?.End ?? Runbooks.HoldEnd.Rollback,
            Poll = fields.Get(Poll)?.Name,
        };
    }

    private static Stage BuildStage(Fields fields)
    {
        var weight = fields.GetValue(Weight) ?? 0;
        return new(fields.Need(StageName), weight)
        {
            Steps = [.. ActionOf(fields, weight), .. fields.List(Steps)],
            Watch = fields.GetValue(Watch) ?? TimeSpan.Zero,
            Interval = fields.GetValue(Interval),
            Checks = fields.List(Checks),
            Gate = fields.Get(Gate)?.Name,
            Approval = fields.Get(Approval)?.Name,
            At = fields.At,
        };
    }

    /// <summary>The short form is a step like any other, so that a plan shows it and a crash is survived like any other's.</summary>
    private static IEnumerable<Step> ActionOf(Fields fields, double weight)
    {
        if (!fields.Has(Action))
            yield break;
        var changes = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{weight} % of the traffic");
        yield return new Step(fields.Need(StageName) + ":action", new CommandWork(fields.List(Action)))
        {
            Changes = Template.OfParts(changes, fields.At, [new TemplatePart(changes, null, 0)]),
            Timeout = fields.GetValue(StepFormat.Timeout) ?? Step.DefaultTimeout,
            Idempotent = fields.GetValue(StepFormat.Idempotent) ?? false,
            Verify = fields.Get(StepFormat.Verify),
            At = fields.At,
        };
    }

    private static void CheckStage(Fields fields, Reading reading)
    {
        if (fields.Has(Action) && fields.Get(StageName) is { } name)
        {
            reading.Names.Define(NameKind.Step, name + ":action", fields.PositionOf(Action), reading);
            reading.Needs.AddStep(name + ":action", []);
        }
        foreach (var key in ((Key[])[StepFormat.Timeout, StepFormat.Idempotent, StepFormat.Verify]).Where(k => fields.Has(k) && !fields.Has(Action)))
            reading.Error(fields.PositionOf(key), ErrorId.UnknownKey, $"'{key.Name}' goes with 'action', and this stage has none",
                "a step under 'steps' has its own");
    }

    private static void CheckStages(Fields fields, Reading reading)
    {
        var names = new Dictionary<string, Stage>(StringComparer.Ordinal);
        foreach (var stage in fields.List(Stages))
        {
            if (!names.TryAdd(stage.Name, stage))
                reading.Error(stage.At, ErrorId.DuplicateId, $"a second stage '{stage.Name}'; the first stands at {names[stage.Name].At}");
            if (stage is { Weight: > 0, Gate: null, Checks.Count: 0 } && !fields.Has(Abort))
                reading.Warn(stage.At, $"nothing judges stage '{stage.Name}': it proceeds whatever the new version does",
                    "give it a gate or checks, or the rollout triggers under 'abort'");
            if (stage.Interval > stage.Watch)
                reading.Warn(stage.At,
                    $"stage '{stage.Name}' looks every {Durations.Format(stage.Interval.Value)}, "
                    + $"but is watched for {Durations.Format(stage.Watch)} only");
        }
    }

    private sealed record Hold(TimeSpan? Limit, HoldEnd? End);
}
