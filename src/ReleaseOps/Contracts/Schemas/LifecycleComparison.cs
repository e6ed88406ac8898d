namespace ReleaseOps.Contracts.Schemas;

/// <summary>Deprecation and stability of a schema.</summary>
internal static class LifecycleComparison
{
    public static void Compare(SchemaSides sides)
    {
        CompareDeprecation(sides);
        CompareStability(sides);
    }

    private static void CompareDeprecation(SchemaSides sides)
    {
        var (before, after) = (sides.Base[SchemaKeyword.Deprecated], sides.Revision[SchemaKeyword.Deprecated]);
        if (before is not null && after is null)
            sides.Add(SchemaRules.Reactivated, "it was deprecated, and isn't any more", before, after);

        if (before is not null || after is null)
            return;

        if (sides.Revision[SchemaKeyword.Sunset] is not { } sunset)
            sides.Add(SchemaRules.Deprecated, "it is deprecated", before, after);
        else if (ContractSunset.Read(sunset) is not { } date)
            sides.Add(
                SchemaRules.SunsetInvalid,
                $"it is deprecated with {ContractText.Value(sunset)} as its sunset, which is no date",
                before,
                sunset);
        else if (date < sides.Today)
            sides.Add(
                SchemaRules.SunsetTooSmall, $"it is deprecated with a sunset that has passed, {ContractSunset.Show(date)}", before, sunset);
        else
            sides.Add(
                SchemaRules.DeprecatedWithSunset, $"it is deprecated, with its sunset on {ContractSunset.Show(date)}", before, sunset);
    }

    private static void CompareStability(SchemaSides sides)
    {
        var (before, after) = (sides.Base[SchemaKeyword.Stability], sides.Revision[SchemaKeyword.Stability]);
        if (ContractStability.Read(before) is not { } was || ContractStability.Read(after) is not { } now || was == now || was < ContractStability.Beta)
            return;

        sides.Add(
            now < was ? SchemaRules.StabilityDecreased : SchemaRules.StabilityIncreased,
            $"its stability level was {ContractStability.Show(was)}, is {ContractStability.Show(now)}",
            before,
            after);
    }
}
