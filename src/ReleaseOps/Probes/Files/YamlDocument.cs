using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using static System.FormattableString;

namespace ReleaseOps.Probes.Files;

/// <summary>
/// Reads one YAML document into plain values. Anchors, aliases, merge keys, tags, keys that aren't scalars, a key twice, and a second
/// document are refused. The parser is asked for one event at a time and is left as soon as the nesting is too deep, so it never gets to
/// see the depths that would overflow its stack; the text's length is bounded by the caller.
/// </summary>
internal sealed class YamlDocument
{
    private readonly Parser _parser;
    private readonly SecretMask _mask;
    private readonly CancellationToken _cancellation;

    private YamlDocument(string text, SecretMask mask, CancellationToken cancellation)
    {
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _mask = mask;
        _cancellation = cancellation;
    }

    /// <summary>The document as null, bool, long, ulong, double, string, list and dictionary.</summary>
    /// <exception cref="CouldNotTellException">BadDocument, with line and column.</exception>
    internal static object? Read(string text, SecretMask mask, CancellationToken cancellation)
    {
        try
        {
            return new YamlDocument(text, mask, cancellation).ReadDocument();
        }
        catch (YamlException e)
        {
            throw Bad("is not valid YAML: " + OutsideText.OneLine(e.Message, mask, 120), e.Start);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or OverflowException or IndexOutOfRangeException)
        {
            // YamlDotNet throws these for some escapes and directives that it doesn't expect.
            throw new CouldNotTellException(ErrorId.BadDocument, "is not valid YAML");
        }
    }

    private object? ReadDocument()
    {
        Next();
        if (Next() is not DocumentStart)
            throw new CouldNotTellException(ErrorId.BadDocument, "holds no document");
        var value = ReadNode(Next(), 0);
        Next();
        return Next() is StreamEnd ? value : throw Bad("holds more than one document; only one is read", _parser.Current!.Start);
    }

    private object? ReadNode(ParsingEvent at, int depth)
    {
        if (at is SequenceStart or MappingStart && depth >= Http.StrictJson.MaxDepth)
            throw Bad(Invariant($"is nested deeper than {Http.StrictJson.MaxDepth}"), at.Start);
        if (at is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw Bad("has an anchor or alias; write the value out", at.Start);
        if (at is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
            throw Bad("has a tag; tags aren't read", at.Start);
        return at switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart => ReadSequence(depth),
            MappingStart => ReadMapping(depth),
            _ => throw Bad("is not valid YAML", at.Start),
        };
    }

    private List<object?> ReadSequence(int depth)
    {
        var items = new List<object?>();
        while (Next() is var at && at is not SequenceEnd)
            items.Add(ReadNode(at, depth + 1));
        return items;
    }

    private Dictionary<string, object?> ReadMapping(int depth)
    {
        var pairs = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (Next() is var at && at is not MappingEnd)
        {
            if (at is not Scalar { Anchor.IsEmpty: true } key || !(key.Tag.IsEmpty || key.Tag.IsNonSpecific))
                throw Bad("has a key that isn't a plain text", at.Start);
            if (key is { Style: ScalarStyle.Plain, Value: "<<" })
                throw Bad("has a merge key (<<); write the values out", at.Start);
            if (!pairs.TryAdd(_mask.Apply(key.Value), ReadNode(Next(), depth + 1)))
                throw Bad($"has the key {OutsideText.OneLine(key.Value, _mask, 60)} twice in one mapping", at.Start);
        }
        return pairs;
    }

    private object? ReadScalar(Scalar scalar)
    {
        var value = scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? YamlScalar.Read(scalar.Value) : scalar.Value;
        // A number that is a secret must not get through because it isn't text.
        var masked = _mask.Apply(scalar.Value);
        return value is string || masked != scalar.Value ? masked : value;
    }

    private ParsingEvent Next()
    {
        _cancellation.ThrowIfCancellationRequested();
        return _parser.MoveNext() ? _parser.Current! : throw new CouldNotTellException(ErrorId.BadDocument, "ends too early");
    }

    private static CouldNotTellException Bad(string why, Mark at) =>
        new(ErrorId.BadDocument, Invariant($"{why} (at {at.Line}:{at.Column})"));
}
