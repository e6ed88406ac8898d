using System.Text;

namespace ReleaseOps.Contracts;

/// <summary>One object for texts, and for lists of keys, that a file repeats.</summary>
internal sealed class ApiTexts
{
    // Longer texts are descriptions, which seldom repeat.
    private const int Longest = 64;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<int, ApiKeys> _keys = [];

    public ApiTexts() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Intern(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest)
            return text.ToString();
        if (_lookup.TryGetValue(text, out var known))
            return known;
        var made = text.ToString();
        _texts.Add(made);
        return made;
    }

    /// <param name="utf8">Valid UTF-8.</param>
    public string Intern(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Longest)
            return Encoding.UTF8.GetString(utf8);
        Span<char> text = stackalloc char[Longest];
        return Intern(text[..Encoding.UTF8.GetChars(utf8, text)]);
    }

    /// <summary>The keys of a map; those of an earlier one with the same keys in the same order, where that is at hand.</summary>
    public ApiKeys Intern(ReadOnlySpan<string> keys)
    {
        if (keys.Length == 0)
            return ApiKeys.None;
        var hash = new HashCode();
        foreach (var key in keys)
            hash.Add(key, StringComparer.Ordinal);
        var code = hash.ToHashCode();
        if (_keys.TryGetValue(code, out var known) && keys.SequenceEqual(known.InOrder))
            return known;
        return _keys[code] = new ApiKeys(keys.ToArray());
    }
}
