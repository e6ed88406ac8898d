using System.Buffers;
using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// A list that grows piece by piece, in arrays of the shared pool: one array that doubles would be moved as it grows, and leave as much memory behind.
/// </summary>
/// <typeparam name="T">What it holds.</typeparam>
internal sealed class Pieces<T>
    where T : unmanaged
{
    private const int PieceBytes = 64 * 1024;

    private static readonly int Each = PieceBytes / Unsafe.SizeOf<T>();

    private readonly List<T[]> _full = [];
    private T[] _last = [];
    private int _count;

    /// <summary>How many there are.</summary>
    internal int Count => (_full.Count * Each) + _count;

    /// <summary>All of them, in order.</summary>
    internal IReadOnlyList<ReadOnlyMemory<T>> All => [.. _full.Select(p => p.AsMemory(0, Each)), _last.AsMemory(0, _count)];

    /// <summary>Adds one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(in T item)
    {
        if (_last.Length == 0 || _count == Each)
            MakeRoom();
        _last[_count++] = item;
    }

    /// <summary>Removes all of them, and gives their memory back.</summary>
    internal void Clear()
    {
        foreach (var piece in _full)
            ArrayPool<T>.Shared.Return(piece);
        if (_last.Length > 0)
            ArrayPool<T>.Shared.Return(_last);
        _full.Clear();
        (_last, _count) = ([], 0);
    }

    private void MakeRoom()
    {
        if (_last.Length > 0)
            _full.Add(_last);
        (_last, _count) = (ArrayPool<T>.Shared.Rent(Each), 0);
    }
}
