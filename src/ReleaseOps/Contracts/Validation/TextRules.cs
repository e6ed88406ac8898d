namespace ReleaseOps.Contracts.Validation;

/// <summary>What texts are held to. Lengths count characters of Unicode, not units of UTF-16 (JSON Schema Validation, 6.3).</summary>
internal static class TextRules
{
    public static void Check(BodyValidation validation, Visit visit)
    {
        var schema = visit.Schema;
        if (schema["minLength"] is null && schema["maxLength"] is null && schema["pattern"] is null && schema["format"] is null)
            return;
        var text = visit.Value.GetString()!;
        if (schema["minLength"] is not null || schema["maxLength"] is not null)
        {
            validation.Spend(text.Length >> 6);
            CountRules.Check(validation, visit, text.EnumerateRunes().Count(), "minLength", "maxLength", "character");
        }
        if (schema["pattern"] is { } pattern)
        {
            if (pattern.Kind != ApiNodeKind.Text)
                validation.Untold(visit.Notes, pattern, "'pattern' is no text");
            else if (validation.IsMatch(pattern, pattern.Text, text, visit.Notes) == false)
                validation.BrokenBy(visit, pattern, $"which doesn't match {ContractText.Quoted(pattern.Text)}");
        }
        if (schema["format"] is { Kind: ApiNodeKind.Text } format && TextFormats.Fits(format.Text, text) == false)
            validation.BrokenBy(visit, format, $"not a {format.Text}");
    }
}
