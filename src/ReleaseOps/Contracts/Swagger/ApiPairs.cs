namespace ReleaseOps.Contracts.Swagger;

/// <summary>A map that is made of another one, and stands at its place.</summary>
/// <param name="place">What it is made of.</param>
internal sealed class ApiPairs(ApiNode place)
{
    private readonly List<string> _keys = [];
    private readonly List<ApiNode> _values = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Adds a key, unless it is there already or has no value.</summary>
    public void Add(string key, ApiNode? value)
    {
        if (value is null || !_known.Add(key))
            return;
        _keys.Add(key);
        _values.Add(value);
    }

    public void AddAll(ApiNode from, params ReadOnlySpan<string> except)
    {
        for (var i = 0; i < from.Keys.Length; i++)
        {
            if (!except.Contains(from.Keys[i]))
                Add(from.Keys[i], from.Items[i]);
        }
    }

    public void AddOnly(ApiNode from, ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            Add(key, from[key]);
    }

    public ApiNode Map() => new(ApiNodeKind.Map, place) { Keys = [.. _keys], Items = [.. _values] };

    /// <summary>A scalar that the document doesn't have as such, at the place of what it is made of.</summary>
    public static ApiNode Scalar(ApiNode place, ApiNodeKind kind, string text) =>
        new(kind, place) { Text = text };

    public static ApiNode List(ApiNode place, ApiNode[] items) =>
        new(ApiNodeKind.List, place) { Items = items };

    /// <summary>The map with each value converted; what isn't a map stays, and a missing one too.</summary>
    public static ApiNode? Each(ApiNode? map, Func<ApiNode, ApiNode> convert) => map is not { Kind: ApiNodeKind.Map }
        ? map
        : new ApiNode(ApiNodeKind.Map, map) { Names = map.Names, Items = [.. map.Items.Select(convert)] };
}
