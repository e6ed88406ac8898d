using System.Globalization;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>Makes schemas of others, as allOf does where two parts speak of the same property.</summary>
internal sealed class SchemaJoin(ContractReferences references, ContractUntold untold)
{
    private const int MostJoined = 400_000;

    private readonly Dictionary<(ApiNode, ApiNode), ApiNode> _joined = [];
    private readonly Dictionary<string, ApiNode> _joinedByParts = new(StringComparer.Ordinal);
    private readonly Dictionary<ApiNode, ApiNode[]> _parts = [];
    private readonly Dictionary<ApiNode, int> _numbers = [];
    private int _joinedCount;

    /// <summary>A schema that asks for what two others ask for; the same one each time, so that a circle of them ends.</summary>
    public ApiNode Both(ApiNode first, ApiNode second)
    {
        var key = (references.Settle(first), references.Settle(second));
        if (key.Item1 == key.Item2)
            return key.Item1;

        if (_joined.TryGetValue(key, out var joined))
            return joined;

        if (_joinedCount >= MostJoined)
        {
            untold.Add(
                references.Document, first,
                $"Schemas are made of others by allOf more than {MostJoined} times, so not all of them were compared");
            return key.Item1;
        }
        // Of what it is made counts, not how it came together: a circle may bring the same together in countless ways.
        var parts = PartsOf(key.Item1).Union(PartsOf(key.Item2)).OrderBy(NumberOf).ToArray();
        var name = string.Join(',', parts.Select(p => NumberOf(p).ToString(CultureInfo.InvariantCulture)));
        if (!_joinedByParts.TryGetValue(name, out var made))
        {
            var list = new ApiNode(ApiNodeKind.List, first) { Items = parts };
            made = new(ApiNodeKind.Map, first) { Keys = ["allOf"], Items = [list] };
            _joinedByParts.Add(name, made);
            _parts.Add(made, parts);
            _joinedCount += parts.Length;
        }
        return _joined[key] = made;
    }

    private ApiNode[] PartsOf(ApiNode schema) => _parts.TryGetValue(schema, out var parts) ? parts : [schema];

    private int NumberOf(ApiNode schema)
    {
        if (!_numbers.TryGetValue(schema, out var number))
            _numbers.Add(schema, number = _numbers.Count);

        return number;
    }
}
