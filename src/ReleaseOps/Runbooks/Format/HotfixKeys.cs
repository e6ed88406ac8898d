namespace ReleaseOps.Runbooks.Format;

/// <summary>What classes, rules, domains and conditions of a hotfix have in common.</summary>
internal static class HotfixKeys
{
    public static readonly Key<string> Title = new("title", TextShape.Any, "What it says, in a sentence for people.") { Required = true };
    public static readonly Key<IReadOnlyList<Reference>> Steps = new("steps",
        new ListShape<Reference>(new ReferenceShape(NameKind.Step, "the id of a step"), "a list of step ids"),
        "The checks that it needs: ids of steps of the phases. A step that is named so is left out where none of those that name it applies.");

    public static readonly Shape<IReadOnlyList<string>> Globs = new OneOrManyShape<string>(new GlobShape(), "a list of globs");

    /// <summary>Each of the steps is one of the checks.</summary>
    public static void CheckSteps(Fields fields, Reading reading)
    {
        foreach (var step in fields.List(Steps))
            reading.WhenWhole(runbook => HotfixInPlace.CheckStep(runbook, step, reading));
    }

    public static IReadOnlyList<string> NamesOf(IReadOnlyList<Reference> references) => [.. references.Select(r => r.Name)];
}
