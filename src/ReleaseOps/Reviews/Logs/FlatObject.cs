using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Finds members of an object of JSON without reading it, where that is safe: it is valid, has no escape, and no object in it. Then each quote begins
/// or ends a text, and each name is one of its own.
/// </summary>
internal static class FlatObject
{
    private static readonly SearchValues<byte> AfterValue = SearchValues.Create(", \t\r\n}"u8);

    /// <summary>True for an object without escapes and without objects in it; of some others it says false, too.</summary>
    /// <param name="json">A valid object.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Is(ReadOnlySpan<byte> json) => json is [(byte)'{', .. var rest] && rest.IndexOfAny((byte)'\\', (byte)'{') < 0;

    /// <summary>A name with its quotes; null for one that isn't of letters, digits and underscores alone.</summary>
    internal static byte[]? Quoted(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? Encoding.ASCII.GetBytes('"' + name + '"') : null;

    /// <summary>Finds a member; of a name that stands twice the last one.</summary>
    /// <param name="json">An object for which <see cref="Is"/> is true.</param>
    /// <param name="name">The name, as <see cref="Quoted"/> gives it.</param>
    /// <param name="value">Gets its value as it is written; nothing where it isn't there.</param>
    /// <returns>False for an array: its end isn't looked for.</returns>
    internal static bool TryFind(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        TryFind(json, name, out _, out value);

    /// <summary>The same.</summary>
    /// <param name="json">An object for which <see cref="Is"/> is true.</param>
    /// <param name="name">The name, as <see cref="Quoted"/> gives it.</param>
    /// <param name="member">Gets the name and the value as they are written, and the byte after them: there the value ends.</param>
    /// <param name="value">Gets its value.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool TryFind(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> member, out ReadOnlySpan<byte> value)
    {
        member = value = [];
        for (var before = json; LastIndexOf(before, name) is var at and >= 0; before = before[..at])
        {
            var colon = AfterBlanks(json, at + name.Length);
            // A text that is the same as the name isn't one.
            if (json[colon] != ':')
                continue;
            var start = AfterBlanks(json, colon + 1);
            value = json[start..];
            value = value[..(value[0] == '"' ? value[1..].IndexOf((byte)'"') + 2 : value.IndexOfAny(AfterValue))];
            member = json[at..(start + value.Length + 1)];
            return value[0] != '[';
        }
        return true;
    }

    /// <summary>Where a name stands last, or a text that is the same; less than 0 for nowhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int LastIndexOf(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        // Looked for by its first letter and its last quote: two quotes stand as far apart in many places.
        var at = json.LastIndexOf(name[1..]);
        while (at > 0 && json[at - 1] != '"')
            at = json[..at].LastIndexOf(name[1..]);
        return at - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AfterBlanks(ReadOnlySpan<byte> json, int at)
    {
        while (json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        return at;
    }
}
