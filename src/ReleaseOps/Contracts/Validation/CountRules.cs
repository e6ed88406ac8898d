using static System.FormattableString;

namespace ReleaseOps.Contracts.Validation;

/// <summary>How many there may be: characters, items, properties.</summary>
internal static class CountRules
{
    public static void Check(BodyValidation validation, Visit visit, int count, string least, string most, string of)
    {
        var number = ExactNumber.Of(count);
        if (visit.Schema[least] is { } low && validation.NumberOf(low, least, visit.Notes) is { } min && number.CompareTo(min) < 0)
            validation.Broken(visit, low, Invariant($"has {Counted(count, of)}, not at least {ContractText.Value(low)}"));
        if (visit.Schema[most] is { } high && validation.NumberOf(high, most, visit.Notes) is { } max && number.CompareTo(max) > 0)
            validation.Broken(visit, high, Invariant($"has {Counted(count, of)}, not at most {ContractText.Value(high)}"));
    }

    private static string Counted(int count, string of) =>
        Invariant($"{count} {(count == 1 ? of : of.EndsWith('y') ? of[..^1] + "ies" : of + "s")}");
}
