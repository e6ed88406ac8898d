namespace ReleaseOps.Reviews.Logs;

/// <summary>The fields of a line that is read piece by piece: names and short values are kept, in memory of one size.</summary>
internal sealed class LongFields
{
    // One more for the quote that ends a text, and one that tells that it was too much.
    private const int Each = LongLine.LongestField + 2;

    private readonly byte[] _value = new byte[Each];
    private int _length;
    private bool _keeping;
    private bool _escaped;
    private string? _name;
    private JsonKind _kind;
    private LogLine _line;

    /// <summary>The fields.</summary>
    internal LogLine Line => _line;

    /// <summary>The bytes that they stand in.</summary>
    internal byte[] Bytes { get; } = new byte[4 * Each];

    /// <summary>A name at the top begins.</summary>
    internal void BeginName() => Begin();

    /// <summary>The name has ended.</summary>
    internal void EndName()
    {
        var name = _value.AsSpan(0, _length);
        _name = _length > LongLine.LongestField ? null : JsonText.Show(_escaped ? JsonText.Decode(name) : name);
        _keeping = false;
    }

    /// <summary>A value at the top begins.</summary>
    /// <param name="c">Its first byte.</param>
    internal void BeginValue(byte c)
    {
        Begin();
        _kind = c switch
        {
            (byte)'"' => JsonKind.Text,
            (byte)'{' => JsonKind.Object,
            (byte)'[' => JsonKind.Array,
            (byte)'t' or (byte)'f' => JsonKind.Bool,
            (byte)'n' => JsonKind.Null,
            _ => JsonKind.Number,
        };
        _keeping = _kind is not (JsonKind.Object or JsonKind.Array);
    }

    /// <summary>Keeps bytes, where a name or a value at the top is open and they fit.</summary>
    internal void Add(ReadOnlySpan<byte> bytes)
    {
        if (!_keeping)
            return;
        bytes = bytes[..Math.Min(bytes.Length, Each - _length)];
        bytes.CopyTo(_value.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Keeps a byte.</summary>
    internal void Add(byte c) => Add([c]);

    /// <summary>Takes back the last byte: the quote that ended a text.</summary>
    internal void Drop()
    {
        if (_keeping && _length < Each)
            _length--;
    }

    /// <summary>A backslash was seen.</summary>
    internal void SeeEscape() => _escaped |= _keeping;

    /// <summary>The value has ended.</summary>
    internal void EndValue()
    {
        _keeping = false;
        switch (_name)
        {
            case "ts":
                _line.Ts = Keep(0);
                break;
            case "run_id":
                _line.RunId = Keep(1);
                break;
            case "stage":
                _line.Stage = Keep(2);
                break;
            case "event":
                _line.Event = Keep(3);
                break;
            case "payload":
                _line.Payload = new LogField { Kind = _kind };
                _line.PayloadLost = _kind != JsonKind.Null;
                break;
        }
        _name = null;
    }

    private void Begin() => (_length, _escaped, _keeping) = (0, false, true);

    // What is too long counts as something that is there and no text.
    private LogField Keep(int slot)
    {
        if (_length > LongLine.LongestField)
            return new LogField { Kind = JsonKind.Object };
        _value.AsSpan(0, _length).CopyTo(Bytes.AsSpan(slot * Each));
        return new LogField { Start = slot * Each, Length = _length, Kind = _kind, Escaped = _escaped };
    }
}
