using System.Buffers;
using System.Runtime.CompilerServices;

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

    /// <summary>Finds a member; of a name that stands twice the last one.</summary>
    /// <param name="json">An object for which <see cref="Is"/> is true.</param>
    /// <param name="name">The name with its quotes: letters, digits and underscores.</param>
    /// <param name="value">Gets its value as it is written; nothing where it isn't there.</param>
    /// <returns>False for an array: its end isn't looked for.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool TryFind(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = [];
        for (var before = json; before.LastIndexOf(name) is var at and >= 0; before = before[..at])
        {
            var after = json[(at + name.Length)..].TrimStart(" \t\r\n"u8);
            // A text that is the same as the name isn't one.
            if (after[0] != ':')
                continue;
            after = after[1..].TrimStart(" \t\r\n"u8);
            var length = after[0] == '"' ? after[1..].IndexOf((byte)'"') + 2 : after.IndexOfAny(AfterValue);
            value = after[..length];
            return after[0] != '[';
        }
        return true;
    }
}
