using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using static System.FormattableString;

namespace ReleaseOps.Contracts;

/// <summary>
/// YAML -> the nodes of one file. Scalars are taken by the core schema of YAML 1.2, so that <c>no</c> and <c>12:30</c> are text; keys are
/// always text (<c>200:</c>); merge keys count, as every tool for OpenAPI takes them, although YAML 1.2 has them no more.
/// </summary>
/// <remarks>
/// The parser is asked for one event at a time and left as soon as the nesting is too deep, so it never gets to the depths that overflow
/// its stack.
/// </remarks>
internal sealed class ApiYaml
{
    // YamlDotNet 16.3 looks at every open bracket for each token: what this allows takes some 2 s.
    private const long MaxBracketWork = 500_000_000;

    private const string Core = "tag:yaml.org,2002:";

    private readonly Parser _parser;
    private readonly ApiTree _tree;
    private readonly Stack<string?> _open = new();
    private readonly Dictionary<string, ApiTree.Built?> _anchors = new(StringComparer.Ordinal);
    private int _brackets;
    private long _bracketWork;
    private Mark _last = new(0, 1, 1);

    private ApiYaml(TextReader text, ApiTree tree)
    {
        _parser = new Parser(new Scanner(text, skipComments: true));
        _tree = tree;
    }

    /// <param name="text">The file.</param>
    /// <param name="tree">Takes what is read.</param>
    /// <exception cref="ReleaseOpsException">BadDocument, with line and column.</exception>
    public static void Read(TextReader text, ApiTree tree)
    {
        var yaml = new ApiYaml(text, tree);
        try
        {
            yaml.ReadDocument();
        }
        catch (YamlException e)
        {
            throw yaml.Bad(e.Start, "not valid YAML: " + Runbooks.Format.Reading.Show(e.Message).TrimEnd('.'));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or OverflowException or IndexOutOfRangeException)
        {
            // YamlDotNet 16.3 meets some texts with exceptions of other kinds: "... ]" with InvalidOperationException.
            throw yaml.Bad(yaml._last, "not valid YAML from here on");
        }
    }

    private void ReadDocument()
    {
        Next();
        if (Next() is not DocumentStart)
            throw Bad(_last, "the file holds nothing but comments");
        do
            Take(Next());
        while (_open.Count > 0);
        Next();
        if (Next() is not StreamEnd)
            throw Bad(_last, "a second document begins here; only one is read from a file");
    }

    private void Take(ParsingEvent at)
    {
        var (line, column) = ((int)at.Start.Line, (int)at.Start.Column);
        if (_tree.WantsKey && at is not (Scalar or MappingEnd))
            throw Bad(at.Start, "a key must be a text here, not a list, a map or an alias");
        switch (at)
        {
            case Scalar scalar when _tree.WantsKey:
                Begin(scalar);
                _tree.Key(Key(scalar), line, column);
                break;
            case Scalar scalar:
                var anchor = Begin(scalar);
                var (kind, text) = Value(scalar);
                End(anchor, _tree.Scalar(kind, _tree.Intern(text), line, column));
                break;
            case AnchorAlias alias:
                _tree.Again(Find(alias), line, column);
                break;
            case MappingStart or SequenceStart:
                if (_brackets > 0 || at is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow })
                    _brackets++;
                _open.Push(Begin((NodeEvent)at));
                _tree.Start(at is MappingStart ? ApiNodeKind.Map : ApiNodeKind.List, line, column);
                break;
            case MappingEnd or SequenceEnd:
                _brackets -= _brackets > 0 ? 1 : 0;
                End(_open.Pop(), _tree.End());
                break;
            default:
                throw Bad(at.Start, "not valid YAML from here on");
        }
    }

    /// <summary>The node's anchor, which stands for nothing until the node has ended; null for none.</summary>
    private string? Begin(NodeEvent node)
    {
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && !IsKnown(node))
            throw Bad(node.Start, Invariant($"the tag {ApiTree.Show(node.Tag.Value)} isn't one of YAML's own for what it stands before"));
        if (node.Anchor.IsEmpty)
            return null;
        _anchors[node.Anchor.Value] = null;
        return node.Anchor.Value;
    }

    private void End(string? anchor, ApiTree.Built built)
    {
        if (anchor is not null)
            _anchors[anchor] = built;
    }

    private ApiTree.Built Find(AnchorAlias alias) => !_anchors.TryGetValue(alias.Value.Value, out var built)
        ? throw Bad(alias.Start, Invariant($"nothing before has the anchor {ApiTree.Show(alias.Value.Value)}"))
        : built ?? throw Bad(alias.Start, Invariant($"the alias {ApiTree.Show(alias.Value.Value)} stands inside of what it stands for"));

    private string Key(Scalar key) => key is { Style: ScalarStyle.Plain, Value: "<<" } && key.Tag.IsEmpty
        ? ApiTree.MergeKey
        : _tree.Intern(key.Value);

    private static bool IsKnown(NodeEvent node) => node.Tag.Value.StartsWith(Core, StringComparison.Ordinal)
        && (node, node.Tag.Value[Core.Length..]) switch
        {
            (MappingStart, "map") or (SequenceStart, "seq") => true,
            (Scalar, "str" or "int" or "float" or "bool" or "null" or "timestamp") => true,
            _ => false,
        };

    private static (ApiNodeKind, string) Value(Scalar scalar) => scalar.Tag.IsEmpty
        ? scalar.Style == ScalarStyle.Plain ? ApiYamlScalar.Read(scalar.Value) : (ApiNodeKind.Text, scalar.Value)
        : scalar.Tag.IsNonSpecific || scalar.Tag.Value[Core.Length..] is "str" or "timestamp" ? (ApiNodeKind.Text, scalar.Value)
        : ApiYamlScalar.Read(scalar.Value);

    private ParsingEvent Next()
    {
        if (!_parser.MoveNext() || _parser.Current is not { } at)
            throw Bad(_last, "not valid YAML: it ends too early");
        _last = at.Start;
        _bracketWork += _brackets;
        return _bracketWork <= MaxBracketWork ? at : throw Bad(_last, "too much text is nested too deep in brackets; indent it instead");
    }

    private ReleaseOpsException Bad(Mark at, string what) => _tree.Bad((int)at.Line, (int)at.Column, what);
}
