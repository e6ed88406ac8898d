namespace ReleaseOps.Probes.Metrics;

/// <summary>Keeps many short pieces of bytes in few arrays.</summary>
internal sealed class ByteStore
{
    private const int Block = 64 * 1024;

    private byte[] _block = [];
    private int _used;

    internal ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > _block.Length - _used)
        {
            _block = GC.AllocateUninitializedArray<byte>(Math.Max(piece.Length, _used == 0 ? 1024 : Block));
            _used = 0;
        }
        piece.CopyTo(_block.AsSpan(_used));
        _used += piece.Length;
        return _block.AsMemory(_used - piece.Length, piece.Length);
    }
}
