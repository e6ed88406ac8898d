namespace ReleaseOps;

/// <summary>
/// Masks a stream of bytes part by part. Held back is only what may be the beginning of a secret, so that a prompt or a line comes out at
/// once; it is never more than three times the longest form. Overlapping secrets are hidden as one. Not safe to use from several threads.
/// </summary>
internal sealed class Masking
{
    private static readonly byte[] Stars = "***"u8.ToArray();

    private readonly NeedleSet _needles;
    private readonly Action<ReadOnlySpan<byte>> _output;
    private readonly List<(int At, int Total)> _breaks = [];
    private readonly Func<int, bool> _isWhole;
    private byte[] _held = [];
    private byte[] _squeezed = [];
    private int _heldLength;
    private int _covered; // how much of what is held belongs to a secret whose stars are written already
    private int _position;

    /// <param name="mask">What to hide.</param>
    /// <param name="output">Takes the masked bytes, in order.</param>
    public Masking(SecretMask mask, Action<ReadOnlySpan<byte>> output)
    {
        _needles = mask.Needles;
        _output = output;
        _isWhole = length => Original(_position + length - 1) - Original(_position) == length - 1;
    }

    /// <summary>Takes the next part of the stream.</summary>
    /// <param name="part">The bytes.</param>
    /// <param name="last">True where nothing follows: nothing is held back.</param>
    public void Write(ReadOnlySpan<byte> part, bool last = false)
    {
        if (_needles.IsEmpty)
        {
            if (part.Length > 0)
                _output(part);
            return;
        }
        Reserve(_heldLength + part.Length);
        part.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += part.Length;
        var written = Mask(_held.AsSpan(0, _heldLength), last);
        _held.AsSpan(written, _heldLength - written).CopyTo(_held);
        _heldLength -= written;
    }

    /// <summary>Writes what is held back: nothing follows.</summary>
    public void Complete() => Write([], last: true);

    // Writes as much of the text as is settled, and returns how much that was.
    private int Mask(ReadOnlySpan<byte> original, bool last)
    {
        // A lone \r at the end may be half of a line break.
        var end = !last && original.Length > 0 && original[^1] == '\r' ? original.Length - 1 : original.Length;
        _breaks.Clear();
        ReadOnlySpan<byte> text = _squeezed.AsSpan(0, NeedleSet.Squeeze(original[..end], _squeezed, _breaks));
        var secretEnd = _covered;
        var written = secretEnd > 0 ? AfterSecret(secretEnd) : 0;
        _covered = 0;
        for (_position = _needles.NextCandidate(text, 0); _position < text.Length; _position = _needles.NextCandidate(text, _position + 1))
        {
            var rest = text[_position..];
            if (!last && _needles.MayContinue(rest))
            {
                var from = Original(_position);
                if (from > written)
                    _output(original[written..from]);
                _covered = Math.Max(0, secretEnd - _position);
                return from;
            }
            var length = _needles.LongestAt(rest, _isWhole);
            if (length == 0 || _position + length <= secretEnd)
                continue;
            if (_position >= secretEnd)
            {
                var from = Original(_position);
                if (from > written)
                    _output(original[written..from]);
                _output(Stars);
            }
            secretEnd = _position + length;
            written = AfterSecret(secretEnd);
        }
        if (end > written)
            _output(original[written..end]);
        return end;
    }

    private int AfterSecret(int secretEnd) => Original(secretEnd - 1) + 1;

    // Where a byte of the squeezed text stands in the original.
    private int Original(int squeezed)
    {
        var (low, high) = (0, _breaks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_breaks[middle].At <= squeezed)
                low = middle + 1;
            else
                high = middle;
        }
        return squeezed + (low == 0 ? 0 : _breaks[low - 1].Total);
    }

    private void Reserve(int length)
    {
        if (_held.Length >= length)
            return;
        Array.Resize(ref _held, Math.Max(length, 4096));
        _squeezed = new byte[_held.Length];
    }
}
