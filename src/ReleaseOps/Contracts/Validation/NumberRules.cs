namespace ReleaseOps.Contracts.Validation;

/// <summary>What numbers are held to. They are compared as they are written, not as doubles: 0.3 is a multiple of 0.1.</summary>
internal static class NumberRules
{
    private static readonly string[] Keywords = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"];

    public static void Check(BodyValidation validation, Visit visit)
    {
        if (!Array.Exists(Keywords, k => visit.Schema[k] is not null))
            return;
        if (ExactNumber.Read(visit.Value.GetRawText()) is not { } number)
        {
            validation.Untold(visit.Notes, visit.Schema, "a number held against it isn't worked out: it has too many digits, or too large a power");
            return;
        }
        CheckBound(validation, visit, number, "minimum", "exclusiveMinimum", 1);
        CheckBound(validation, visit, number, "maximum", "exclusiveMaximum", -1);
        CheckMultiple(validation, visit, number);
        CheckFormat(validation, visit, number);
    }

    // side: 1 where the number must be larger than the bound, -1 where smaller.
    private static void CheckBound(BodyValidation validation, Visit visit, ExactNumber number, string keyword, string exclusive, int side)
    {
        var (word, words) = side > 0 ? ("at least", "more than") : ("at most", "less than");
        // OpenAPI 3.0, as JSON Schema until draft 4, has true or false there; later ones have the bound itself.
        var isFlag = visit.Schema[exclusive]?.Kind == ApiNodeKind.Boolean;
        if (visit.Schema[keyword] is { } rule && validation.NumberOf(rule, keyword, visit.Notes) is { } bound)
        {
            var order = number.CompareTo(bound) * side;
            var isOpen = isFlag && visit.Schema.HasTrue(exclusive);
            if (order < 0 || (order == 0 && isOpen))
                validation.BrokenBy(visit, rule, $"not {(isOpen ? words : word)} {ContractText.Value(rule)}");
        }
        if (!isFlag && visit.Schema[exclusive] is { } open && validation.NumberOf(open, exclusive, visit.Notes) is { } limit
            && number.CompareTo(limit) * side <= 0)
            validation.BrokenBy(visit, open, $"not {words} {ContractText.Value(open)}");
    }

    private static void CheckMultiple(BodyValidation validation, Visit visit, ExactNumber number)
    {
        if (visit.Schema["multipleOf"] is not { } rule || validation.NumberOf(rule, "multipleOf", visit.Notes) is not { } divisor)
            return;
        if (number.IsMultipleOf(divisor) is not { } isOne)
            validation.Untold(visit.Notes, rule, $"whether a number is a multiple of {ContractText.Value(rule)} can't be told");
        else if (!isOne)
            validation.BrokenBy(visit, rule, $"not a multiple of {ContractText.Value(rule)}");
    }

    // OpenAPI 3.0.3 and 3.1.0, Data Types: int32 and int64 are whole numbers of 32 and 64 bits with a sign.
    private static void CheckFormat(BodyValidation validation, Visit visit, ExactNumber number)
    {
        if (visit.Schema["format"] is not { Kind: ApiNodeKind.Text, Text: "int32" or "int64" } rule)
            return;
        var (least, most) = rule.Text == "int32" ? (int.MinValue, int.MaxValue) : (long.MinValue, long.MaxValue);
        if (!number.IsInteger || number.CompareTo(ExactNumber.Of(least)) < 0 || number.CompareTo(ExactNumber.Of(most)) > 0)
            validation.BrokenBy(visit, rule, $"not an {rule.Text}");
    }
}
