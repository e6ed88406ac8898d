using static System.FormattableString;

namespace ReleaseOps.Contracts.Validation;

/// <summary>What arrays are held to.</summary>
internal static class ArrayRules
{
    public static void Check(BodyValidation validation, Visit visit)
    {
        CountRules.Check(validation, visit, visit.Value.GetArrayLength(), "minItems", "maxItems", "item");
        CheckItems(validation, visit);
        if (visit.Schema["contains"] is { } contained)
            CheckContained(validation, visit, contained);
        if (visit.Schema.HasTrue("uniqueItems"))
            CheckUnique(validation, visit);
    }

    private static void CheckItems(BodyValidation validation, Visit visit)
    {
        var (first, items) = (visit.Schema["prefixItems"], visit.Schema["items"]);
        if (items?.Kind == ApiNodeKind.List || first is { Kind: not ApiNodeKind.List })
        {
            // The lists of JSON Schema before 2020-12 mean something else.
            validation.Untold(visit.Notes, items ?? first!, "'items' must be a schema, and 'prefixItems' a list of them");
            return;
        }
        if (first is null && items is null)
            return;
        var index = 0;
        foreach (var item in visit.Value.EnumerateArray())
        {
            if (first is not null && index < first.Items.Length)
                validation.Check(first.Items[index], item, visit.Place.At(index), visit.Notes);
            else if (items is not null)
                validation.Check(items, item, visit.Place.At(index), visit.Notes);
            index++;
        }
    }

    private static void CheckContained(BodyValidation validation, Visit visit, ApiNode contained)
    {
        var (fits, untold) = (0, 0);
        var index = 0;
        foreach (var item in visit.Value.EnumerateArray())
        {
            var isBroken = validation.Try(contained, item, visit.Place.At(index++)).IsBroken;
            fits += isBroken == false ? 1 : 0;
            untold += isBroken is null ? 1 : 0;
        }
        if (validation.Stopped is not null)
            return;
        var (low, high) = (visit.Schema["minContains"], visit.Schema["maxContains"]);
        var least = low is null ? ExactNumber.Of(1) : validation.NumberOf(low, "minContains", visit.Notes);
        var most = high is null ? null : validation.NumberOf(high, "maxContains", visit.Notes);
        var (fewest, all) = (ExactNumber.Of(fits), ExactNumber.Of(fits + untold));
        var has = Invariant($"has {fits} items of those that 'contains' asks for, not");
        if (least is { } min && all.CompareTo(min) < 0)
            validation.Broken(visit, low ?? contained, $"{has} at least {(low is null ? "1" : ContractText.Value(low))}");
        else if (most is { } max && fewest.CompareTo(max) > 0)
            validation.Broken(visit, high!, $"{has} at most {ContractText.Value(high!)}");
        else if ((least is { } some && fewest.CompareTo(some) < 0) || (most is { } limit && all.CompareTo(limit) > 0))
            validation.Untold(visit.Notes, contained, "how many items are as 'contains' asks can't be told");
    }

    private static void CheckUnique(BodyValidation validation, Visit visit)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in visit.Value.EnumerateArray())
        {
            if (JsonText.Of(item) is not { } text)
            {
                validation.Untold(visit.Notes, visit.Schema["uniqueItems"]!,
                    "whether items are equal can't be told: one has a number that isn't worked out");
                return;
            }
            validation.Spend(text.Length >> 4);
            if (!seen.TryAdd(text, index))
            {
                validation.Broken(visit, visit.Schema["uniqueItems"]!, Invariant($"has equal items at {seen[text]} and {index}"));
                return;
            }
            index++;
        }
    }
}
