namespace ReleaseOps.Expressions;

/// <summary>Parses calls, after their opening bracket: macros, functions, and those that don't exist.</summary>
internal sealed class CallParser(TokenCursor cursor, NameScope scope, Parser parser)
{
    private readonly List<CelError> _hopeless = [];

    /// <summary>Calls that can't succeed; CEL makes that an error of the evaluation.</summary>
    public IReadOnlyList<CelError> Hopeless => _hopeless;

    /// <summary><c>name(a, b)</c>.</summary>
    public Node? Global(Token first, Token name)
    {
        if (name.Text == "has")
            return Has(first, name);
        if (parser.Items(")") is not { } arguments)
            return null;
        var span = new Span(first.Start, cursor.End, name.Column);
        var table = arguments.Length switch { 1 => Functions.OfOne, 2 => Functions.OfTwo, _ => null };
        return Call(span, name, isMember: false, table, arguments);
    }

    /// <summary><c>operand.name(a)</c>.</summary>
    public Node? Member(Node operand, Token name)
    {
        if (name.Text is "all" or "exists" or "exists_one" or "map" or "filter")
            return Macro(operand, name);
        if (parser.Items(")") is not { } arguments)
            return null;
        var span = new Span(operand.Outer.Start, cursor.End, name.Column);
        var table = arguments.Length switch { 0 => Functions.Members, 1 => Functions.MembersOfOne, _ => null };
        return Call(span, name, isMember: true, table, [operand, .. arguments]);
    }

    private Node? Call(Span span, Token name, bool isMember, Dictionary<string, Function>? table, Node[] arguments)
    {
        if (table?.GetValueOrDefault(name.Text) is not { } function)
            return NoSuchCall(span, name, isMember);
        if (name.Text != "matches" || arguments[1] is not LiteralNode { Value: { Kind: Kind.String } pattern })
            return parser.Checked(new CallNode(span, name.Text, isMember, function, arguments));
        var prepared = Pattern.Of(pattern.AsString);
        if (prepared.Problem is { } problem)
        {
            cursor.Fail(name with { Column = arguments[1].Span.Column }, problem, ErrorId.BadPattern);
            return null;
        }
        return parser.Checked(new MatchNode(span, arguments[0], prepared));
    }

    private HopelessCallNode NoSuchCall(Span span, Token name, bool isMember)
    {
        var asMember = Functions.Members.ContainsKey(name.Text) || Functions.MembersOfOne.ContainsKey(name.Text);
        var asGlobal = Functions.OfOne.ContainsKey(name.Text) || Functions.OfTwo.ContainsKey(name.Text);
        var shown = CelText.Shorten(name.Text, 40);
        var problem = (isMember ? asMember : asGlobal) ? $"{shown}() doesn't take that many arguments"
            : asMember ? $"write a.{shown}(), not {shown}(a)"
            : asGlobal ? $"write {shown}(a), not a.{shown}()"
            : $"there is no function {shown}(){TokenCursor.HintFor(name.Text)}";
        _hopeless.Add(CelError.At(ErrorId.ExpressionFailed, problem, name.Column));
        return new HopelessCallNode(span, problem);
    }

    private Node? Has(Token first, Token name)
    {
        if (parser.Expression() is not { } argument || !cursor.Expect(")"))
            return null;
        if (argument is SelectNode select)
            return parser.Checked(new HasNode(new Span(first.Start, cursor.End, name.Column), select));
        cursor.Fail(name, "has() asks for a field, as in has(body.meta)");
        return null;
    }

    private Node? Macro(Node range, Token name)
    {
        var variable = cursor.Current;
        if (variable.Kind != TokenKind.Name || !cursor.NextIs(","))
        {
            cursor.Expected($"the name of a variable and ',', as in {name.Text}(x, ...)");
            return null;
        }
        cursor.Take();
        cursor.Take();
        var slot = scope.Enter(variable.Text);
        var body = parser.Expression();
        var second = body is not null && name.Text == "map" && cursor.TryTake(",") ? parser.Expression() : null;
        scope.Leave();
        if (body is null || !cursor.Expect(")"))
            return null;
        var span = new Span(range.Outer.Start, cursor.End, name.Column);
        return parser.Checked(name.Text switch
        {
            "all" or "exists" => new QuantifierNode(span, name.Text == "all", range, slot, body),
            "exists_one" => new ExistsOneNode(span, range, slot, body),
            "filter" => new ListMacroNode(span, name.Text, range, slot, body, null),
            _ => new ListMacroNode(span, name.Text, range, slot, second is null ? null : body, second ?? body),
        });
    }
}
