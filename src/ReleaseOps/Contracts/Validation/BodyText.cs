using System.Text.Json;
using static System.FormattableString;

namespace ReleaseOps.Contracts.Validation;

/// <summary>Values of a body, made fit for a sentence of ours: masked first, then cut, so that no part of a secret stays.</summary>
internal static class BodyText
{
    // What is masked of a text of which 80 characters are shown: the longest secret that is thought of is a key in PEM.
    private const int MostMasked = 16 * 1024;

    /// <summary>A value as a sentence shows it.</summary>
    public static string Value(JsonElement value, SecretMask mask) => value.ValueKind switch
    {
        JsonValueKind.String => $"\"{ContractText.Plain(Masked(value.GetString()!, mask))}\"",
        JsonValueKind.Array when value.GetArrayLength() == 0 => "an empty array",
        JsonValueKind.Array => Invariant($"an array of {value.GetArrayLength()}"),
        JsonValueKind.Object => "an object",
        _ => ContractText.Plain(Masked(value.GetRawText(), mask)),
    };

    public static string Masked(string text, SecretMask mask) => mask.Apply(text.Length <= MostMasked ? text : text[..MostMasked]);
}
