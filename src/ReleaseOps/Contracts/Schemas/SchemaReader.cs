using static ReleaseOps.Contracts.Schemas.SchemaKeyword;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>Reads schemas of one description into views.</summary>
internal sealed class SchemaReader(ContractReferences references, ContractUntold untold)
{
    // As deep as a description may be nested; far more than people put together by allOf.
    private const int MostParts = ApiTree.MaxDepth;

    private readonly SchemaJoin _join = new(references, untold);
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
            case "nullable" or "x-nullable" when value.IsTrue && part == view.Parts[0]:
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
                PlainKeywords.Read(part, key, value, view);
                break;
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
        if (part.HasTrue("nullable") || part.HasTrue("x-nullable"))
            types |= SchemaTypes.Null;

        view.Types &= types;
        view.HasType |= types != SchemaTypes.Any;
        view.TypeNode ??= value;
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

    private void Join(SchemaView view, SchemaKeyword keyword, ApiNode value) =>
        view[keyword] = view[keyword] is { } before ? _join.Both(before, value) : value;

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
                map[at] = new(name, join ? _join.Both(map[at].Value, values.Items[i]) : Union(map[at].Value, values.Items[i]));
        }
    }

    private static ApiNode Union(ApiNode first, ApiNode second) =>
        new(ApiNodeKind.List, first) { Items = [.. first.Items.Concat(second.Items).DistinctBy(i => i.Text)] };

    private static bool LetsAll(ApiNode schema) => schema is { IsTrue: true } or { Kind: ApiNodeKind.Map, Items.Length: 0 };

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
