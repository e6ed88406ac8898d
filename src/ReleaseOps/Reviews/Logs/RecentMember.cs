using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>A member of objects, and how the one that was looked at last has it: others mostly have it so, too.</summary>
/// <param name="name">Its name, as <see cref="FlatObject.Quoted"/> gives it.</param>
internal sealed class RecentMember(byte[] name)
{
    private const int MostBytes = 128;

    private readonly byte[] _written = new byte[MostBytes];
    private int _length = -1;

    /// <summary>True where an object has it just as the last one did, or has none, as the last one had none.</summary>
    /// <param name="json">An object for which <see cref="FlatObject.Is"/> is true.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool IsAgain(ReadOnlySpan<byte> json)
    {
        var at = FlatObject.LastIndexOf(json, name);
        return at < 0 ? _length == 0 : _length > 0 && json[at..].StartsWith(_written.AsSpan(0, _length));
    }

    /// <summary>Finds it as <see cref="FlatObject"/> does, and remembers it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool TryFind(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> value)
    {
        var found = FlatObject.TryFind(json, name, out var member, out value);
        _length = found && member.TryCopyTo(_written) ? member.Length : -1;
        return found;
    }
}
