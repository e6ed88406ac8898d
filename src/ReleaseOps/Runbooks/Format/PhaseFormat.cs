namespace ReleaseOps.Runbooks.Format;

/// <summary><c>phases</c>: the named parts of the procedure.</summary>
internal static class PhaseFormat
{
    private static readonly Key<string> StageName = new("name", Names.Stage, "Unique in its rollout.") { Required = true };
    private static readonly Key<double> Weight = new("weight", new NumberShape(0, 100), "Share of the traffic, in percent.")
    { Required = true };
    private static readonly Key<IReadOnlyList<Template>> Action = new("action", WorkFormat.Arguments,
        "The program, then its arguments, that moves the traffic; none where something else does.");
    private static readonly Key<TimeSpan> Watch = new("watch", DurationShape.Any, "How long it is watched before its gate is judged.");
    private static readonly Key<TimeSpan> Interval = new("interval", DurationShape.Any, "The time from one look to the next.");
    private static readonly Key<Reference> Gate = new("gate", new ReferenceShape(NameKind.Gate, "the name of a gate"),
        "The gate at its end.");
    private static readonly Key<Reference> Approval = new("approval", new ReferenceShape(NameKind.Role, "the name of a role"),
        "The role that must approve it first.");

    private static readonly MapShape<Stage> StageShape = new("a stage", [StageName, Weight, Action, Watch, Interval, Gate, Approval],
        BuildStage);

    private static readonly Key<IReadOnlyList<Reference>> Abort = new("abort",
        new ListShape<Reference>(new ReferenceShape(NameKind.Trigger, "the name of a trigger"), "a list of triggers"),
        "The triggers that end it.");
    private static readonly Key<IReadOnlyList<Stage>> Stages = new("stages", new ListShape<Stage>(StageShape, "a list of stages"),
        "The stages, in order.")
    { Required = true };

    private static readonly MapShape<Rollout> RolloutShape = new("a rollout", [Abort, Stages],
        f => new Rollout(f.List(Stages)) { Abort = [.. f.List(Abort).Select(trigger => trigger.Name)] })
    { Check = CheckStages };

    private static readonly Key<string> Name = new("phase", Names.Phase, "Its name, unique in its runbook.") { Required = true };
    private static readonly Key<string> Title = new("title", TextShape.Any, "One line for people.");
    private static readonly Key<TimeOffset> At = new("at", TimeOffsetShape.Any, "When it is due, against T-0: T-60m, T+0, T+2h.");
    private static readonly Key<string> Owner = new("owner", TextShape.Any, "Who answers for it.");
    private static readonly Key<bool> Parallel = new("parallel", BooleanShape.Any,
        "true where its independent steps may run side by side.");
    private static readonly Key<IReadOnlyList<Step>> Steps = new("steps", StepFormat.List, "Its steps, in order.");
    private static readonly Key<Rollout> Rollout = new("rollout", RolloutShape,
        "A release in stages: the triggers that end it, and its stages.");

    private static readonly MapShape<Phase> Shape = new("a phase", [Name, Title, At, Owner], Build)
    {
        Alternatives = [new Alternative(Steps, Parallel), new Alternative(Rollout)],
        Check = (_, reading) => reading.Needs.EndPhase(),
    };

    public static readonly Shape<IReadOnlyList<Phase>> List = new ListShape<Phase>(Shape, "a list of phases");

    private static Phase Build(Fields fields) => new(fields.Need(Name))
    {
        Title = fields.Get(Title),
        At = fields.GetValue(At),
        Owner = fields.Get(Owner),
        Parallel = fields.GetValue(Parallel) ?? false,
        Steps = fields.List(Steps),
        Rollout = fields.Get(Rollout),
        Position = fields.At,
    };

    private static Stage BuildStage(Fields fields) => new(fields.Need(StageName), fields.GetValue(Weight) ?? 0)
    {
        Action = fields.List(Action),
        Watch = fields.GetValue(Watch) ?? TimeSpan.Zero,
        Interval = fields.GetValue(Interval),
        Gate = fields.Get(Gate)?.Name,
        Approval = fields.Get(Approval)?.Name,
        At = fields.At,
    };

    private static void CheckStages(Fields fields, Reading reading)
    {
        var names = new Dictionary<string, Stage>(StringComparer.Ordinal);
        foreach (var stage in fields.List(Stages))
        {
            if (!names.TryAdd(stage.Name, stage))
                reading.Error(stage.At, ErrorId.DuplicateId, $"a second stage '{stage.Name}'; the first stands at {names[stage.Name].At}");
            if (stage.Interval > stage.Watch)
                reading.Warn(stage.At,
                    $"stage '{stage.Name}' looks every {Durations.Format(stage.Interval.Value)}, "
                    + $"but is watched for {Durations.Format(stage.Watch)} only");
        }
    }
}
