namespace ReleaseOps.Runbooks.Format;

/// <summary><c>phases</c>: the named parts of the procedure.</summary>
internal static class PhaseFormat
{
    private static readonly Key<string> Name = new("phase", Names.Phase, "Its name, unique in its runbook.") { Required = true };
    private static readonly Key<string> Title = new("title", TextShape.Any, "One line for people.");
    private static readonly Key<TimeOffset> At = new("at", TimeOffsetShape.Any, "When it is due, against T-0: T-60m, T+0, T+2h.");
    private static readonly Key<string> Owner = new("owner", TextShape.Any, "Who answers for it.");
    private static readonly Key<bool> Parallel = new("parallel", BooleanShape.Any,
        "true where its independent steps may run side by side.");
    private static readonly Key<IReadOnlyList<Step>> Steps = new("steps", StepFormat.List, "Its steps, in order.");
    private static readonly Key<Rollout> Rollout = new("rollout", RolloutFormat.Shape,
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
}
