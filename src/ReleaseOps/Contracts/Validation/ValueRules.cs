using System.Text.Json;

namespace ReleaseOps.Contracts.Validation;

/// <summary>What any value may be held to: type, enum, const.</summary>
internal static class ValueRules
{
    public static void Check(BodyValidation validation, Visit visit)
    {
        if (visit.Schema["type"] is { } type)
            CheckType(validation, visit, type);
        if (visit.Schema["enum"] is { } values)
            CheckEnum(validation, visit, values);
        if (visit.Schema["const"] is { } only && IsEqual(validation, visit, only, only) == false)
            validation.BrokenBy(visit, only, $"not {ContractText.Value(only)}");
    }

    private static void CheckType(BodyValidation validation, Visit visit, ApiNode type)
    {
        var names = type.Kind == ApiNodeKind.List ? type.Items : [type];
        var isUntold = names.Length == 0;
        foreach (var name in names)
        {
            // 'null' written as null is a slip that nobody means in another way.
            var fits = name.Kind is ApiNodeKind.Text or ApiNodeKind.Null ? Fits(name.Text, visit.Value) : null;
            if (fits == true)
                return;
            isUntold |= fits is null;
        }
        if (visit.Value.ValueKind == JsonValueKind.Null && validation.IsNullable(visit.Schema))
            return;
        if (isUntold)
            validation.Untold(visit.Notes, type, "whether a value is of the type that is asked for can't be told");
        else
            validation.BrokenBy(visit, type, "not " + string.Join(" or ", names.Select(n => WithArticle(n.Text))));
    }

    private static bool? Fits(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("integer", JsonValueKind.Number) => ExactNumber.Read(value.GetRawText())?.IsInteger,
        ("number", var kind) => kind == JsonValueKind.Number,
        ("string", var kind) => kind == JsonValueKind.String,
        ("boolean", var kind) => kind is JsonValueKind.True or JsonValueKind.False,
        ("array", var kind) => kind == JsonValueKind.Array,
        ("object", var kind) => kind == JsonValueKind.Object,
        ("null", var kind) => kind == JsonValueKind.Null,
        ("integer", _) => false,
        _ => null,
    };

    private static string WithArticle(string type) => type switch
    {
        "null" => "null",
        "integer" or "array" or "object" => "an " + type,
        _ => "a " + type,
    };

    private static void CheckEnum(BodyValidation validation, Visit visit, ApiNode values)
    {
        if (values.Kind != ApiNodeKind.List)
        {
            validation.Untold(visit.Notes, values, "'enum' is no list");
            return;
        }
        var isUntold = false;
        foreach (var value in values.Items)
        {
            var equal = IsEqual(validation, visit, value, null);
            if (equal == true)
                return;
            isUntold |= equal is null;
        }
        if (isUntold)
            validation.Untold(visit.Notes, values, "'enum' has, or is asked for, a number that isn't worked out");
        else
            validation.BrokenBy(visit, values, $"not one of {Listed(values)}");
    }

    // What differs in kind is told apart without a look at the rest.
    private static bool? IsEqual(BodyValidation validation, Visit visit, ApiNode given, ApiNode? noted)
    {
        var value = visit.Value;
        var sameKind = (given.Kind, value.ValueKind) is (ApiNodeKind.Null, JsonValueKind.Null)
            or (ApiNodeKind.Boolean, JsonValueKind.True or JsonValueKind.False) or (ApiNodeKind.Number, JsonValueKind.Number)
            or (ApiNodeKind.Text, JsonValueKind.String) or (ApiNodeKind.List, JsonValueKind.Array) or (ApiNodeKind.Map, JsonValueKind.Object);
        if (!sameKind)
            return false;
        if (given.Kind == ApiNodeKind.Text)
            return value.ValueEquals(given.Text);
        var own = JsonText.Of(value);
        validation.Spend(own?.Length >> 4 ?? 0);
        var equal = own is null || validation.TextOf(given) is not { } other ? (bool?)null : own == other;
        if (equal is null && noted is not null)
            validation.Untold(visit.Notes, noted, "'const' has, or is asked for, a number that isn't worked out");
        return equal;
    }

    private static string Listed(ApiNode values)
    {
        var shown = string.Join(", ", values.Items.Take(6).Select(ContractText.Value));
        return values.Items.Length > 6 ? FormattableString.Invariant($"{shown} and {values.Items.Length - 6} more") : shown;
    }
}
