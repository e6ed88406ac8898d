using System.Runtime.InteropServices;
using static System.FormattableString;

namespace ReleaseOps.Contracts;

/// <summary>
/// Builds the nodes of one file from what a parser says one after the other: its stack is on the heap, so that no depth overflows ours.
/// </summary>
/// <param name="name">The file's name in messages.</param>
/// <param name="file">Which of the description's files it is, from 0.</param>
internal sealed class ApiTree(string name, int file)
{
    /// <summary>
    /// The deepest nesting that is read. A thousand schemas in each other are 2,000 levels deep as properties, 3,000 as lists of allOf.
    /// </summary>
    public const int MaxDepth = 4096;

    // What aliases and merge keys may add to what is written, in nodes. Who goes through all of a description meets each as often as it
    // is used.
    private const int MaxShared = 1_000_000;

    /// <summary>
    /// The key that merges other maps into its own; only where it is written without quotes, so never the same object as a text.
    /// </summary>
    public static readonly string MergeKey = new(['<', '<']);

    private readonly List<Frame> _open = [];
    private readonly List<ApiNode> _items = [];
    private readonly List<string> _keys = [];
    private readonly List<(int Line, int Column)> _keyPlaces = [];
    private readonly ApiTexts _texts = new();
    private readonly ReferenceBook _references = new();
    private long _shared;

    /// <summary>What was built of a value, and how much of it there is.</summary>
    /// <param name="Node">The value.</param>
    /// <param name="Size">How many nodes it has, those that are shared counted each time.</param>
    /// <param name="Height">How deep it is nested, itself included.</param>
    public readonly record struct Built(ApiNode Node, int Size, int Height);

    private record struct Frame(
        ApiNodeKind Kind, int Line, int Column, int Items, int Keys, int Size, int Height, bool Merges,
        ReferenceBook.Mark Mark, HashSet<string>? Seen);

    public bool InMap => _open.Count > 0 && _open[^1].Kind == ApiNodeKind.Map;

    /// <summary>True where the next thing is a map's key.</summary>
    public bool WantsKey => InMap && _keys.Count - _open[^1].Keys == _items.Count - _open[^1].Items;

    /// <summary>One string for equal short texts.</summary>
    public string Intern(ReadOnlySpan<char> text) => _texts.Intern(text);

    public string Intern(ReadOnlySpan<byte> utf8) => _texts.Intern(utf8);

    public void Start(ApiNodeKind kind, int line, int column)
    {
        if (_open.Count >= MaxDepth)
            throw Bad(line, column, Invariant($"nested deeper than {MaxDepth}, the most that is read"));
        _open.Add(new Frame(kind, line, column, _items.Count, _keys.Count, 1, 1, false, _references.Here, null));
    }

    /// <param name="key">The key, interned.</param>
    /// <param name="line">Its line.</param>
    /// <param name="column">Its column.</param>
    public void Key(string key, int line, int column)
    {
        ref var frame = ref CollectionsMarshal.AsSpan(_open)[^1];
        var before = CollectionsMarshal.AsSpan(_keys)[frame.Keys..];
        if (before.Length == 32 && frame.Seen is null)
        {
            frame.Seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var one in before)
                frame.Seen.Add(one);
        }
        if (frame.Seen is { } seen ? !seen.Add(key) : before.Contains(key))
        {
            var first = _keyPlaces[frame.Keys + before.IndexOf(key)];
            throw Bad(line, column, Invariant($"the key {Show(key)} stands here and at {first.Line}:{first.Column} already"));
        }
        frame.Merges |= ReferenceEquals(key, MergeKey);
        _keys.Add(key);
        _keyPlaces.Add((line, column));
    }

    public Built Scalar(ApiNodeKind kind, string text, int line, int column)
    {
        var node = new ApiNode(kind, line, column, file) { Text = text };
        var built = new Built(node, 1, 1);
        Add(built);
        return built;
    }

    /// <summary>Puts in what was built before.</summary>
    public void Again(Built built, int line, int column)
    {
        Spend(built.Size, line, column);
        if (_open.Count + built.Height > MaxDepth)
            throw Bad(line, column, Invariant($"nested deeper than {MaxDepth}, the most that is read, with what the alias stands for"));
        Add(built);
    }

    /// <summary>Ends the innermost list or map.</summary>
    public Built End()
    {
        var frame = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        var items = CollectionsMarshal.AsSpan(_items)[frame.Items..].ToArray();
        var node = frame.Kind == ApiNodeKind.List
            ? new ApiNode(ApiNodeKind.List, frame.Line, frame.Column, file) { Items = items }
            : Map(frame, items);
        CollectionsMarshal.SetCount(_items, frame.Items);
        CollectionsMarshal.SetCount(_keys, frame.Keys);
        CollectionsMarshal.SetCount(_keyPlaces, frame.Keys);
        if (frame.Kind == ApiNodeKind.Map)
            _references.Ended(node, frame.Mark, isRoot: _open.Count == 0);
        var built = new Built(node, frame.Size, frame.Height);
        Add(built);
        return built;
    }

    public ApiFile Done() => _references.File(name, _items[0]);

    /// <summary>What is wrong with the file, with the place where.</summary>
    public ReleaseOpsException Bad(int line, int column, string what) => Unreadable(name, line, column, what);

    public static ReleaseOpsException Unreadable(string name, int line, int column, string what) =>
        new(ErrorId.BadDocument, $"{new ContractPlace(name, line, column)}: {what}.", subject: name);

    /// <summary>Text of the file as a message can quote it: one line, not long.</summary>
    public static string Show(string text) => "'" + Runbooks.Format.Reading.Show(text) + "'";

    private void Add(Built built)
    {
        _items.Add(built.Node);
        if (_open.Count == 0)
            return;
        ref var frame = ref CollectionsMarshal.AsSpan(_open)[^1];
        frame.Size += built.Size;
        frame.Height = Math.Max(frame.Height, built.Height + 1);
    }

    private ApiNode Map(Frame frame, ApiNode[] items)
    {
        var keys = CollectionsMarshal.AsSpan(_keys)[frame.Keys..];
        if (!frame.Merges)
            return new ApiNode(ApiNodeKind.Map, frame.Line, frame.Column, file) { Names = _texts.Intern(keys), Items = items };
        var (names, values) = Merged(keys, items);
        return new ApiNode(ApiNodeKind.Map, frame.Line, frame.Column, file)
        {
            Names = _texts.Intern(CollectionsMarshal.AsSpan(names)),
            Items = [.. values],
        };
    }

    // https://yaml.org/type/merge.html: a map's own keys win, then the earlier of the maps in a list.
    private (List<string> Keys, List<ApiNode> Values) Merged(ReadOnlySpan<string> keys, ApiNode[] items)
    {
        var (names, values) = (new List<string>(), new List<ApiNode>());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ApiNode merge = items[0];
        for (var i = 0; i < items.Length; i++)
        {
            if (ReferenceEquals(keys[i], MergeKey))
            {
                merge = items[i];
                continue;
            }
            seen.Add(keys[i]);
            names.Add(keys[i]);
            values.Add(items[i]);
        }
        foreach (var from in merge.Kind == ApiNodeKind.List ? merge.Items : [merge])
        {
            if (from.Kind != ApiNodeKind.Map)
                throw Bad(from.Line, from.Column, "only maps can be merged with <<, or a list of them");
            Spend(from.Keys.Length, from.Line, from.Column);
            for (var i = 0; i < from.Keys.Length; i++)
            {
                if (!seen.Add(from.Keys[i]))
                    continue;
                names.Add(from.Keys[i]);
                values.Add(from.Items[i]);
            }
        }
        return (names, values);
    }

    private void Spend(int nodes, int line, int column)
    {
        _shared += nodes;
        if (_shared > MaxShared)
            throw Bad(line, column, Invariant(
                $"aliases and merge keys up to here make more than {MaxShared} values of those that are written, the most that is read"));
    }
}
