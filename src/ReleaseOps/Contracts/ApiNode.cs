namespace ReleaseOps.Contracts;

/// <summary>
/// A value of an API description as it was written, JSON or YAML alike: a scalar, a list or a map, and where it stands. An alias of YAML is
/// the node that it stands for, so that a small file with many of them stays small.
/// </summary>
/// <remarks>
/// A description of 10 MB has half a million of these, so each holds as little as it can: place, kind and file share one word (26, 27, 3
/// and 8 bits, which the reader's bounds keep to), and text and keys one reference.
/// </remarks>
internal sealed class ApiNode
{
    /// <summary>The most files of one description: what the eight bits of <see cref="File"/> can count.</summary>
    public const int MaxFiles = 256;

    private const int KindShift = 8;
    private const ulong KindBits = 7UL << KindShift;
    private static readonly ApiNode[] NoItems = [];
    private readonly ulong _place;
    private readonly object? _content;

    /// <summary>A value.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="column">Its column, from 1, in characters.</param>
    /// <param name="file">Which of the description's files it stands in, from 0.</param>
    public ApiNode(ApiNodeKind kind, int line, int column, int file = 0) =>
        _place = (ulong)line << 38 | ((ulong)column & 0x7FF_FFFF) << 11 | (ulong)kind << KindShift | (byte)file;

    /// <summary>A value that the document doesn't have as such, at the place of what it is made of.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="place">What it is made of.</param>
    public ApiNode(ApiNodeKind kind, ApiNode place) => _place = place._place & ~KindBits | (ulong)kind << KindShift;

    public ApiNodeKind Kind => (ApiNodeKind)((_place & KindBits) >> KindShift);

    public int Line => (int)(_place >> 38);

    public int Column => (int)(_place >> 11 & 0x7FF_FFFF);

    /// <summary>Which of the description's files it stands in, from 0; 0 is the one that was asked for.</summary>
    public int File => (byte)_place;

    /// <summary>
    /// The text of a scalar: <c>true</c>, <c>null</c>, <c>12.50</c> as it was written, <c>some text</c>; empty otherwise.
    /// </summary>
    public string Text { get => _content as string ?? ""; init => _content = value; }

    /// <summary>The keys of a map, in the order of the document; each is there once.</summary>
    public string[] Keys { get => Names.InOrder; init => _content = new ApiKeys(value); }

    /// <summary>The items of a list, or the values of a map's keys.</summary>
    public ApiNode[] Items { get; set; } = NoItems;

    /// <summary>The keys of a map; maps with the same ones in the same order share them.</summary>
    internal ApiKeys Names { get => _content as ApiKeys ?? ApiKeys.None; init => _content = value; }

    /// <summary>Whether it is true: the boolean, not a text that says so.</summary>
    public bool IsTrue => Kind == ApiNodeKind.Boolean && Text == "true";

    /// <summary>Whether a map has this key, with true as its value.</summary>
    public bool HasTrue(string key) => this[key] is { IsTrue: true };

    /// <summary>The value of a key of a map; null where it isn't there, or this is no map.</summary>
    public ApiNode? this[string key]
    {
        get
        {
            var at = Names.IndexOf(key);
            return at < 0 ? null : Items[at];
        }
    }
}
