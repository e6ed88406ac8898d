using static ReleaseOps.Contracts.Schemas.SchemaKeyword;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>Reads the keywords of a schema that have one plain value; of parts that allOf brings together the tighter one counts.</summary>
internal static class PlainKeywords
{
    /// <summary>Reads one; what isn't known here says nothing of what is allowed.</summary>
    public static void Read(ApiNode part, string key, ApiNode value, SchemaView view)
    {
        switch (key)
        {
            case "format": Choose(part, view, Format, value); break;
            // Until 3.0, a flag beside the bound says that the bound itself is out; since 3.1 it is a bound of its own.
            case "maximum": Tighten(view, part.HasTrue("exclusiveMaximum") ? ExclusiveMaximum : Maximum, value, -1); break;
            case "minimum": Tighten(view, part.HasTrue("exclusiveMinimum") ? ExclusiveMinimum : Minimum, value, 1); break;
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
            case "uniqueItems" when value.IsTrue: view[UniqueItems] ??= value; break;
            case "default": Choose(part, view, Default, value); break;
            case "contentEncoding": Choose(part, view, ContentEncoding, value); break;
            case "contentMediaType": Choose(part, view, ContentMediaType, value); break;
            case "if": view[If] ??= value; break;
            case "discriminator": view[Discriminator] ??= value; break;
            case "x-extensible-enum" when value.Kind == ApiNodeKind.List: view[ExtensibleEnum] ??= value; break;
            case "x-sunset": view[Sunset] ??= value; break;
            case "x-stability-level": view[Stability] ??= value; break;
            case "deprecated" when value.IsTrue: view[Deprecated] ??= value; break;
            case "readOnly" when value.IsTrue: view[ReadOnly] ??= value; break;
            case "writeOnly" when value.IsTrue: view[WriteOnly] ??= value; break;
        }
    }

    // Where parts disagree, that on the outside counts; of the others one, whatever their order.
    private static void Choose(ApiNode part, SchemaView view, SchemaKeyword keyword, ApiNode value)
    {
        if (view[keyword] is not { } before)
            view[keyword] = value;
        else if (part != view.Parts[0] && !Array.Exists(view.Parts[0].Items, i => i == before)
            && string.CompareOrdinal(SchemaValue.Of(value).Key, SchemaValue.Of(before).Key) < 0)
            view[keyword] = value;
    }

    private static void Tighten(SchemaView view, SchemaKeyword keyword, ApiNode value, int tighter)
    {
        if (value.Kind == ApiNodeKind.Number && (view[keyword] is not { } before || SchemaNumber.Compare(value, before) == tighter))
            view[keyword] = value;
    }
}
