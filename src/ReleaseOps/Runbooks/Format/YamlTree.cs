using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ReleaseOps.Runbooks.Format;

/// <summary>
/// Reads one YAML document into nodes with positions. The parser is asked for one event at a time, and left as soon as the nesting gets
/// too deep: it looks at most 1,024 characters ahead, so neither its stack nor its time grows with what it has not been asked for.
/// Anchors, aliases, merge keys, tags, directives and further documents are problems, so nothing here can multiply.
/// </summary>
internal sealed class YamlTree
{
    /// <summary>The deepest nesting that a runbook may have; the deepest that the format can use is 8.</summary>
    public const int MaxDepth = 32;

    private readonly Parser _parser;
    private readonly Reading _reading;
    private int _depth;
    private Mark _last = new(0, 1, 1);

    private YamlTree(Reading reading)
    {
        _reading = reading;
        _parser = new Parser(new Scanner(new StringReader(reading.Source.Text), skipComments: true));
    }

    /// <summary>The document's root; null where there is none, or no end to it, and the reading has the reason.</summary>
    public static YamlNode? Read(Reading reading)
    {
        try
        {
            return new YamlTree(reading).ReadDocument();
        }
        catch (TooDeepException tooDeep)
        {
            reading.Error(tooDeep.At, ErrorId.YamlTooDeep, $"nested more than {MaxDepth} deep");
        }
        catch (YamlException bad)
        {
            var at = PositionOf(bad.Start);
            reading.Error(at, ErrorId.YamlSyntax, "not YAML: " + Lower(bad.Message), SyntaxHint(reading.Source.Line(at.Line)));
        }
        return null;
    }

    private YamlNode? ReadDocument()
    {
        Next();
        Next();
        if (_parser.Current is not DocumentStart start)
            return Empty(new Position(1, 1));
        if (start.Version is not null || start.Tags is { Count: > 0 } tags && tags.Any(tag => tag.Handle is not ("!" or "!!")))
            Refuse(PositionOf(start.Start), "directives");
        Next();
        var root = ReadNode();
        Next();
        Next();
        if (_parser.Current is DocumentStart second)
            Refuse(PositionOf(second.Start), "several documents in one file");
        return root is YamlScalar { IsAbsent: true } ? Empty(root.At) : root;
    }

    private YamlNode? Empty(Position at)
    {
        _reading.Error(at, ErrorId.RunbookEmpty, "the file holds nothing but comments", "make a runbook with `releaseops runbook new`");
        return null;
    }

    /// <summary>Reads the node that starts at the current event, and leaves its last event current.</summary>
    private YamlNode ReadNode()
    {
        var at = PositionOf(_parser.Current?.Start ?? _last);
        if (_parser.Current is NodeEvent node)
            RefuseProperties(node, at);
        switch (_parser.Current)
        {
            case Scalar scalar:
                if (scalar.Value.Contains('\0', StringComparison.Ordinal))
                    _reading.Error(at, ErrorId.YamlNotAllowed, "a NUL character isn't part of " + _reading.Format);
                return new YamlScalar(scalar.Value, scalar.Style, at, PositionOf(scalar.End).Line);
            case AnchorAlias alias:
                Refuse(at, "aliases", $"to mean the text, put it in quotes: '*{Reading.Show(alias.Value.Value)}...'");
                return new YamlRefused(at);
            case SequenceStart:
                return ReadList(at);
            case MappingStart:
                return ReadMap(at);
            default:
                throw GaveUp(null);
        }
    }

    private YamlList ReadList(Position at)
    {
        Enter(at);
        var items = new List<YamlNode>();
        for (Next(); _parser.Current is not SequenceEnd; Next())
            items.Add(ReadNode());
        _depth--;
        return new YamlList(items, at);
    }

    private YamlMap ReadMap(Position at)
    {
        Enter(at);
        var entries = new List<YamlEntry>();
        for (Next(); _parser.Current is not MappingEnd; Next())
        {
            var key = ReadNode();
            Next();
            var value = ReadNode();
            if (key is YamlScalar { IsPlain: true, Text: "<<" })
                Refuse(key.At, "merge keys");
            else if (key is YamlScalar name)
                entries.Add(new YamlEntry(name, value));
            else if (key is not YamlRefused)
                _reading.Error(key.At, ErrorId.BadValue, "a key must be a word, not a list or a map",
                    "${{ }} at the start of a value, or in a [list], must stand in quotes");
        }
        _depth--;
        return new YamlMap(entries, at);
    }

    private void Enter(Position at)
    {
        if (++_depth > MaxDepth)
            throw new TooDeepException(at);
    }

    private void RefuseProperties(NodeEvent node, Position at)
    {
        if (!node.Anchor.IsEmpty)
            Refuse(at, "anchors", "to mean the text, put it in quotes");
        if (!node.Tag.IsEmpty)
            Refuse(at, "tags", "to mean an expression that starts with '!', put it in quotes");
    }

    private void Refuse(Position at, string what, string? hint = null) =>
        _reading.Error(at, ErrorId.YamlNotAllowed, $"{what} aren't part of {_reading.Format}", hint);

    private void Next()
    {
        try
        {
            // The parser ends a document before it ends the stream, so this is only ever false after the last event that is asked for.
            _last = _parser.Current?.End ?? _last;
            _parser.MoveNext();
        }
        catch (Exception fault) when (fault is not YamlException)
        {
            // YamlDotNet 16.3 meets some texts with exceptions of other kinds: "... ]" with InvalidOperationException.
            throw GaveUp(fault);
        }
    }

    private YamlException GaveUp(Exception? fault) => new(_last, _last, "The text can't be parsed from here on", fault!);

    private static Position PositionOf(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private static string Lower(string message) => char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');

    private static string SyntaxHint(string line) =>
        line.Contains("${{", StringComparison.Ordinal) ? "a value with ${{ }} must stand in quotes when it is in a [list] or a { map }"
        : line.Contains('\t', StringComparison.Ordinal) ? "indent with spaces, not with tabs"
        : "look at the line's indentation; a value with ': ', '#', quotes or brackets in it must stand in quotes itself";

    /// <summary>Leaves the parser from any depth; it never leaves this class.</summary>
    private sealed class TooDeepException(Position at) : Exception
    {
        public Position At { get; } = at;
    }
}
