using System.Globalization;
using static ReleaseOps.Contracts.Schemas.SchemaKeyword;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>Reads schemas of one description into views.</summary>
internal sealed class SchemaReader(ContractReferences references, ContractUntold untold)
{
    // As deep as a description may be nested; far more than people put together by allOf.
    private const int MostParts = ApiTree.MaxDepth;
    private const int MostJoined = 400_000;

    private readonly Dictionary<(ApiNode, ApiNode), ApiNode> _joined = [];
    private readonly Dictionary<string, ApiNode> _joinedByParts = new(StringComparer.Ordinal);
    private readonly Dictionary<ApiNode, ApiNode[]> _parts = [];
    private readonly Dictionary<ApiNode, int> _numbers = [];
    private int _joinedCount;
    private ILookup<ApiNode, (string Name, ApiNode Schema)>? _made;
    private readonly SchemaView _glance = new();
    private bool _glancing;

    public ApiNode Settle(ApiNode schema) => references.Settle(schema);

    /// <summary>The schema that a discriminator's mapping means, by name or by reference; null where it isn't to be had.</summary>
    public ApiNode? Named(ApiNode target)
    {
        if (target.Kind != ApiNodeKind.Text)
            return null;

        var named = Schemas?[target.Text] ?? references.Document.Resolve(target, out _);
        return named is null ? null : references.Settle(named);
    }

    /// <summary>The reusable schemas that have this one in their allOf, by name.</summary>
    public IEnumerable<(string Name, ApiNode Schema)> MadeOf(ApiNode schema) => (_made ??= Made())[schema];

    private ApiNode? Schemas => references.Document.Root["components"]?["schemas"];

    private ILookup<ApiNode, (string Name, ApiNode Schema)> Made() =>
        (Schemas?.Keys.Zip(Schemas.Items) ?? [])
        .SelectMany(s => (s.Second["allOf"]?.Items ?? []).Where(m => m["$ref"] is not null).Select(m => (Parent: references.Settle(m), Heir: (s.First, references.Settle(s.Second)))))
        .ToLookup(p => p.Parent, p => p.Heir);

    /// <summary>Reads a schema for a moment; the view is good until the next glance.</summary>
    public SchemaView Glance(ApiNode schema)
    {
        _glancing = true;
        Read(schema, _glance);
        _glancing = false;
        return _glance;
    }

    public void Read(ApiNode schema, SchemaView view)
    {
        view.Clear();
        AddPart(view, schema);
        for (var i = 0; i < view.Parts.Count; i++)
            ReadPart(view.Parts[i], view);

        if (!view.HasType && view.Values is { } values)
        {
            // A list of values says what types they have.
            view.HasType = true;
            view.Types = values.Aggregate(SchemaTypes.None, (types, v) => types | SchemaTypeSets.OfValue(v.Node));
        }
        // Since 3.1 null has to be among the values; 3.0 said so late, and many leave it to nullable.
        if (view.Values?.RemoveAll(v => v.Node.Kind == ApiNodeKind.Null) == 0 && references.HasSiblings)
            view.Types &= ~SchemaTypes.Null;

        if (view.LetsNull)
            view.Types |= SchemaTypes.Null;
    }

    private void AddPart(SchemaView view, ApiNode schema)
    {
        var part = references.Settle(schema);
        if (view.Parts.Count >= MostParts)
            untold.Add(references.Document, schema, $"A schema is made of more than {MostParts} by allOf, so not all of it was compared");
        else if (!view.Parts.Contains(part))
            view.Parts.Add(part);
    }

    private void ReadPart(ApiNode part, SchemaView view)
    {
        // Since 3.1 a schema may be true or false.
        if (part is { Kind: ApiNodeKind.Boolean, Text: "false" })
            (view.Types, view.HasType, view.TypeNode) = (SchemaTypes.None, true, part);

        for (var i = 0; i < part.Items.Length && part.Kind == ApiNodeKind.Map; i++)
            ReadKeyword(part, part.Keys[i], part.Items[i], view);
    }

    private void ReadKeyword(ApiNode part, string key, ApiNode value, SchemaView view)
    {
        switch (key)
        {
            case "$ref" when references.HasSiblings:
                AddPart(view, references.SettleReference(value));
                break;
            case "$dynamicRef" when references.HasSiblings:
                untold.Add(references.Document, value, "a $dynamicRef isn't followed: where it leads depends on who asks");
                break;
            case "allOf":
                foreach (var member in value.Items)
                    AddPart(view, member);
                break;
            case "oneOf" or "anyOf" when value.Kind == ApiNodeKind.List:
                ReadAlternatives(value, key == "anyOf", view);
                break;
            case "type":
                ReadType(part, value, view);
                break;
            // Of a part inside of allOf it only counts beside its type.
            case "nullable" when IsTrue(value) && part == view.Parts[0]:
                view.LetsNull = true;
                break;
            case "x-nullable" when IsTrue(value) && part == view.Parts[0]:
                view.LetsNull = true;
                break;
            case "enum" when value.Kind == ApiNodeKind.List:
                Limit(view, value, [.. value.Items.Select(SchemaValue.Of)]);
                break;
            case "const":
                Limit(view, value, [SchemaValue.Of(value)]);
                view[Const] ??= value;
                break;
            case "properties":
                Add(view[SchemaMap.Properties], value, join: true);
                break;
            case "patternProperties":
                Add(view[SchemaMap.PatternProperties], value, join: true);
                break;
            case "dependentSchemas":
                Add(view[SchemaMap.DependentSchemas], value, join: true);
                break;
            case "dependentRequired":
                Add(view[SchemaMap.DependentRequired], value, join: false);
                break;
            // In 2.0 a parameter is a schema as well, and is required in another way.
            case "required" when value.Kind == ApiNodeKind.List:
                foreach (var name in value.Items)
                    view.Required.TryAdd(name.Text, name);
                break;
            case "pattern" when value.Kind == ApiNodeKind.Text:
                if (!view.Patterns.Exists(p => p.Text == value.Text))
                    view.Patterns.Add(value);
                break;
            case "not":
                view.Nots.Add(value);
                break;
            case "items" when value.Kind == ApiNodeKind.List:
                untold.Add(references.Document, value, "a list of schemas under items isn't OpenAPI, so it wasn't compared");
                break;
            case "prefixItems" when view.PrefixItems.Count == 0:
                view.PrefixItems.AddRange(value.Items);
                break;
            case "additionalProperties" or "items" or "contains" or "propertyNames" or "unevaluatedItems" or "unevaluatedProperties" or "then"
                or "else" or "contentSchema" when !LetsAll(value):
                Join(view, OfInner(key), value);
                break;
            default:
                ReadPlain(part, key, value, view);
                break;
        }
    }

    private static void ReadPlain(ApiNode part, string key, ApiNode value, SchemaView view)
    {
        switch (key)
        {
            case "format": Choose(part, view, Format, value); break;
            // Until 3.0, a flag beside the bound says that the bound itself is out; since 3.1 it is a bound of its own.
            case "maximum": Tighten(view, IsTrue(part["exclusiveMaximum"]) ? ExclusiveMaximum : Maximum, value, -1); break;
            case "minimum": Tighten(view, IsTrue(part["exclusiveMinimum"]) ? ExclusiveMinimum : Minimum, value, 1); break;
            case "exclusiveMaximum": Tighten(view, ExclusiveMaximum, value, -1); break;
            case "exclusiveMinimum": Tighten(view, ExclusiveMinimum, value, 1); break;
            case "maxLength": Tighten(view, MaxLength, value, -1); break;
            case "maxItems": Tighten(view, MaxItems, value, -1); break;
            case "maxProperties": Tighten(view, MaxProperties, value, -1); break;
            case "maxContains": Tighten(view, MaxContains, value, -1); break;
            case "minContains": Tighten(view, MinContains, value, 1); break;
            // Nothing is shorter than 0: as good as no bound.
            case "minLength" when !SchemaNumber.IsZero(value): Tighten(view, MinLength, value, 1); break;
            case "minItems" when !SchemaNumber.IsZero(value): Tighten(view, MinItems, value, 1); break;
            case "minProperties" when !SchemaNumber.IsZero(value): Tighten(view, MinProperties, value, 1); break;
            case "multipleOf": Choose(part, view, MultipleOf, value); break;
            case "uniqueItems" when IsTrue(value): view[UniqueItems] ??= value; break;
            case "default": Choose(part, view, Default, value); break;
            case "contentEncoding": Choose(part, view, ContentEncoding, value); break;
            case "contentMediaType": Choose(part, view, ContentMediaType, value); break;
            case "if": view[If] ??= value; break;
            case "discriminator": view[Discriminator] ??= value; break;
            case "x-extensible-enum" when value.Kind == ApiNodeKind.List: view[ExtensibleEnum] ??= value; break;
            case "x-sunset": view[Sunset] ??= value; break;
            case "x-stability-level": view[Stability] ??= value; break;
            case "deprecated" when IsTrue(value): view[Deprecated] ??= value; break;
            case "readOnly" when IsTrue(value): view[ReadOnly] ??= value; break;
            case "writeOnly" when IsTrue(value): view[WriteOnly] ??= value; break;
        }
    }

    private void ReadAlternatives(ApiNode list, bool anyOf, SchemaView view)
    {
        var members = list.Items.Select(w => new SchemaMember(references.Settle(w), w)).ToList();
        var withNull = members.RemoveAll(m => IsNull(m.Schema)) > 0;
        if (members.Count == 1 && (!withNull || anyOf || !IsNullable(members[0].Schema)))
        {
            // A choice of one, and of one or null, is that one.
            AddPart(view, members[0].Schema);
            view.LetsNull |= withNull;
            return;
        }

        if (members.Count > 0 && members.TrueForAll(m => IsOnlyAType(m.Schema)))
        {
            var types = members.Aggregate(SchemaTypes.None, (all, m) => all | SchemaTypeSets.Read(m.Schema["type"]!));
            // Of oneOf with integer and number, an integer is neither.
            if (anyOf || !members.Exists(m => m.Schema["type"]!.Text == "integer") || !members.Exists(m => m.Schema["type"]!.Text == "number"))
            {
                (view.HasListOfTypes, view.HasType, view.TypeNode) = (true, true, view.TypeNode ?? list);
                view.Types &= types | (withNull ? SchemaTypes.Null : SchemaTypes.None);
                return;
            }
        }
        view.LetsNull |= withNull && members.Count > 0;
        if (members.Count > 0)
            view.Alternatives.Add(new(anyOf, list, members));
        else if (withNull)
            (view.HasType, view.Types, view.TypeNode) = (true, view.Types & SchemaTypes.Null, list);
    }

    // A glance doesn't glance further: it asks for little, and must not go down without end.
    private bool IsNullable(ApiNode schema) => !_glancing && Glance(schema).IsNullable == true;

    private static bool IsNull(ApiNode schema) => schema.Kind == ApiNodeKind.Map && (schema["type"] is { } type
        ? SchemaTypeSets.Read(type) == SchemaTypes.Null
        : schema["const"] is { Kind: ApiNodeKind.Null } || schema["enum"] is { Items: [{ Kind: ApiNodeKind.Null }] });

    private static bool IsOnlyAType(ApiNode schema)
    {
        foreach (var key in schema.Keys)
        {
            if (key is not ("type" or "title" or "description" or "example" or "examples" or "$comment"))
                return false;
        }
        return schema["type"] is { Text: "string" or "integer" or "number" or "boolean" };
    }

    private static void ReadType(ApiNode part, ApiNode value, SchemaView view)
    {
        var types = SchemaTypeSets.Read(value);
        if (IsTrue(part["nullable"]) || IsTrue(part["x-nullable"]))
            types |= SchemaTypes.Null;

        view.Types &= types;
        view.HasType |= types != SchemaTypes.Any;
        view.TypeNode ??= value;
    }

    // Where parts disagree, that on the outside counts; of the others one, whatever their order.
    private static void Choose(ApiNode part, SchemaView view, SchemaKeyword keyword, ApiNode value)
    {
        if (view[keyword] is not { } before)
            view[keyword] = value;
        else if (part != view.Parts[0] && !Array.Exists(view.Parts[0].Items, i => i == before) && string.CompareOrdinal(SchemaValue.Of(value).Key, SchemaValue.Of(before).Key) < 0)
            view[keyword] = value;
    }

    private static void Limit(SchemaView view, ApiNode node, List<SchemaValue> values)
    {
        view.ValuesNode ??= node;
        if (view.Values is not { } before)
        {
            view.Values = values;
            return;
        }
        var keys = values.Select(v => v.Key).ToHashSet(StringComparer.Ordinal);
        before.RemoveAll(v => !keys.Contains(v.Key));
    }

    private static void Tighten(SchemaView view, SchemaKeyword keyword, ApiNode value, int tighter)
    {
        if (value.Kind == ApiNodeKind.Number && (view[keyword] is not { } before || SchemaNumber.Compare(value, before) == tighter))
            view[keyword] = value;
    }

    private void Join(SchemaView view, SchemaKeyword keyword, ApiNode value) =>
        view[keyword] = view[keyword] is { } before ? Both(before, value) : value;

    private void Add(List<KeyValuePair<string, ApiNode>> map, ApiNode values, bool join)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < map.Count; i++)
            known[map[i].Key] = i;

        for (var i = 0; i < values.Items.Length && values.Kind == ApiNodeKind.Map; i++)
        {
            var name = values.Keys[i];
            if (name == "$ref" && values.Items[i].Kind == ApiNodeKind.Text)
                untold.Add(references.Document, values.Items[i], "a reference can't stand for a map of schemas, so they weren't compared");

            if (!known.TryGetValue(name, out var at))
                map.Add(new(name, values.Items[i]));
            else
                map[at] = new(name, join ? Both(map[at].Value, values.Items[i]) : Union(map[at].Value, values.Items[i]));
        }
    }

    /// <summary>A schema that asks for what two others ask for; the same one each time, so that a circle of them ends.</summary>
    private ApiNode Both(ApiNode first, ApiNode second)
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
            var list = new ApiNode(ApiNodeKind.List, first.Line, first.Column, first.File) { Items = parts };
            made = new(ApiNodeKind.Map, first.Line, first.Column, first.File) { Keys = ["allOf"], Items = [list] };
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

    private static ApiNode Union(ApiNode first, ApiNode second) =>
        new(ApiNodeKind.List, first.Line, first.Column, first.File) { Items = [.. first.Items.Concat(second.Items).DistinctBy(i => i.Text)] };

    private static bool LetsAll(ApiNode schema) => IsTrue(schema) || (schema.Kind == ApiNodeKind.Map && schema.Items.Length == 0);

    private static bool IsTrue(ApiNode? node) => node is { Kind: ApiNodeKind.Boolean, Text: "true" };

    private static SchemaKeyword OfInner(string key) => key switch
    {
        "additionalProperties" => AdditionalProperties,
        "items" => Items,
        "contains" => Contains,
        "propertyNames" => PropertyNames,
        "unevaluatedItems" => UnevaluatedItems,
        "unevaluatedProperties" => UnevaluatedProperties,
        "then" => Then,
        "else" => Else,
        _ => ContentSchema,
    };
}
