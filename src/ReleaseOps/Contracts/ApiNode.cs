namespace ReleaseOps.Contracts;

/// <summary>
/// A value of an API description as it was written, JSON or YAML alike: a scalar, a list or a map, and where it stands. An alias of YAML is
/// the node that it stands for, so that a small file with many of them stays small.
/// </summary>
/// <param name="kind">What it is.</param>
/// <param name="line">Its line, from 1.</param>
/// <param name="column">Its column, from 1, in characters.</param>
internal sealed class ApiNode(ApiNodeKind kind, int line, int column)
{
    private static readonly string[] NoKeys = [];
    private static readonly ApiNode[] NoItems = [];

    public ApiNodeKind Kind { get; } = kind;

    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>The text of a scalar: <c>true</c>, <c>12.50</c> as it was written, <c>some text</c>; empty otherwise.</summary>
    public string Text { get; init; } = "";

    /// <summary>The keys of a map, in the order of the document; each is there once.</summary>
    public string[] Keys { get; init; } = NoKeys;

    /// <summary>The items of a list, or the values of a map's keys.</summary>
    public ApiNode[] Items { get; set; } = NoItems;

    /// <summary>The value of a key of a map; null where it isn't there, or this is no map.</summary>
    public ApiNode? this[string key]
    {
        get
        {
            var at = Array.IndexOf(Keys, key);
            return at < 0 ? null : Items[at];
        }
    }
}
