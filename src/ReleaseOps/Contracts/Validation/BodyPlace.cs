using System.Globalization;

namespace ReleaseOps.Contracts.Validation;

/// <summary>A place in the body of an answer, from the place that it is in. Only what is told is ever written out.</summary>
/// <param name="Outer">The place that it is in; null for the body itself.</param>
/// <param name="Name">The key; null for an item of an array.</param>
/// <param name="Index">The item, from 0.</param>
internal sealed record BodyPlace(BodyPlace? Outer, string? Name, int Index)
{
    // The innermost part of a place is what is looked for; a longer one loses its middle.
    private const int MaxParts = 12;

    public static BodyPlace Body { get; } = new(null, null, 0);

    /// <summary>How deep it is; 0 for the body itself.</summary>
    public int Depth { get; } = Outer is null ? 0 : Outer.Depth + 1;

    public BodyPlace At(string name) => new(this, name, 0);

    public BodyPlace At(int index) => new(this, null, index);

    /// <summary>
    /// The place as a JSON pointer (RFC 6901), each key masked, on one line and not long: <c>/rows/3/total</c>; <c>the body</c> for the whole.
    /// </summary>
    /// <param name="mask">Hides secrets: a body may have one as a key.</param>
    public string Shown(SecretMask mask)
    {
        var parts = new List<string>();
        for (var place = this; place.Outer is not null; place = place.Outer)
            parts.Add(place.Name is { } name ? Escaped(name, mask) : place.Index.ToString(CultureInfo.InvariantCulture));
        if (parts.Count == 0)
            return "the body";
        parts.Reverse();
        if (parts.Count > MaxParts)
            parts = [.. parts.Take(MaxParts / 2), "...", .. parts.TakeLast(MaxParts / 2)];
        return "/" + string.Join('/', parts);
    }

    private static string Escaped(string name, SecretMask mask) => ContractText.Plain(BodyText.Masked(name, mask))
        .Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
