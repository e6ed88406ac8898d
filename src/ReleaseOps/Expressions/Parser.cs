namespace ReleaseOps.Expressions;

/// <summary>
/// Builds the tree of an expression, by recursive descent into brackets and by precedence between operators. A part that fails is null,
/// and the cursor holds the error.
/// </summary>
internal sealed class Parser
{
    /// <summary>The longest expression, in UTF-16 units.</summary>
    public const int MaxLength = 32 * 1024;

    /// <summary>
    /// How deep brackets, and how high the tree of operators, may be (CEL asks for 12 to 32 of each; a row of &amp;&amp; or || counts
    /// once).
    /// Parsing, evaluating and judging that much takes under 192 KB of stack, so a thread with 256 KB does.
    /// </summary>
    public const int MaxDepth = 64;

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
        "var", "void", "while",
    };

    private readonly TokenCursor _cursor;
    private readonly NameScope _scope;
    private readonly CallParser _calls;
    private int _depth;

    private Parser(TokenCursor cursor, NameScope scope)
    {
        _cursor = cursor;
        _scope = scope;
        _calls = new CallParser(cursor, scope, this);
    }

    /// <summary>Parses all of a source; null and the error where that fails.</summary>
    public static Node? Parse(string source, NameScope scope, out IReadOnlyList<CelError> hopeless, out CelError? error)
    {
        hopeless = [];
        error = null;
        if (source.Length > MaxLength)
        {
            var problem = $"an expression is at most {MaxLength} characters long, this one is {source.Length}";
            error = CelError.At(ErrorId.ExpressionSyntax, problem, 1);
            return null;
        }
        var cursor = new TokenCursor(source);
        var parser = new Parser(cursor, scope);
        var root = parser.Expression();
        if (root is not null && cursor.Current.Kind != TokenKind.End)
            cursor.Expected("an operator or the end");
        hopeless = parser._calls.Hopeless;
        error = cursor.Error;
        return error is null ? root : null;
    }

    /// <summary>An expression with its conditions: <c>a ? b : c ? d : e</c>.</summary>
    public Node? Expression()
    {
        if (++_depth > MaxDepth)
        {
            _cursor.Fail(_cursor.Current, $"brackets are nested deeper than {MaxDepth}");
            return null;
        }
        List<(Node Condition, Token At, Node Yes)>? choices = null;
        Node? last;
        while ((last = Binary()) is not null && _cursor.Current.Is("?"))
        {
            var at = _cursor.Take();
            if (Binary() is not { } yes || !_cursor.Expect(":"))
                return null;
            (choices ??= []).Add((last, at, yes));
        }
        for (var i = (choices?.Count ?? 0) - 1; i >= 0 && last is not null; i--)
        {
            var (condition, at, yes) = choices![i];
            last = Checked(new ConditionalNode(new Span(condition.Outer.Start, last.Outer.End, at.Column), condition, yes, last));
        }
        _depth--;
        return last;
    }

    /// <summary>Fails where a tree has become too high to be evaluated safely.</summary>
    public Node? Checked(Node node)
    {
        if (node.Height <= MaxDepth)
            return node;
        _cursor.Fail(_cursor.Current, $"more than {MaxDepth} operators depend on each other");
        return null;
    }

    /// <summary>Expressions up to a closing bracket, with commas between; one comma may stand before the bracket.</summary>
    public Node[]? Items(string close)
    {
        var items = new List<Node>();
        while (!_cursor.TryTake(close))
        {
            if (items.Count > 0 && !_cursor.Expect(","))
                return null;
            if (items.Count > 0 && close == "]" && _cursor.TryTake(close))
                break;
            if (Expression() is not { } item)
                return null;
            items.Add(item);
            if (!_cursor.Current.Is(",") && !_cursor.Current.Is(close))
            {
                _cursor.Expected($"',' or '{close}'");
                return null;
            }
        }
        return [.. items];
    }

    private static int Precedence(Token token) => token.Kind != TokenKind.Operator ? 0 : token.Text switch
    {
        "||" => 1,
        "&&" => 2,
        "==" or "!=" or "<" or "<=" or ">" or ">=" or "in" => 3,
        "+" or "-" => 4,
        "*" or "/" or "%" => 5,
        _ => 0,
    };

    /// <summary>Operators between two operands, on a stack of their own so that precedence costs no recursion.</summary>
    private Node? Binary()
    {
        if (Unary() is not { } first)
            return null;
        if (Precedence(_cursor.Current) == 0)
            return first;
        var operands = new Stack<Node>([first]);
        var operators = new Stack<Token>();
        while (true)
        {
            var precedence = Precedence(_cursor.Current);
            // A row of && or of || is left standing, to become one node.
            while (operators.TryPeek(out var top) && (Precedence(top) > precedence || (Precedence(top) == precedence && precedence > 2)))
            {
                if (Reduce(operands, operators) is not { } reduced)
                    return null;
                operands.Push(reduced);
            }
            if (precedence == 0)
                return operands.Pop();
            operators.Push(_cursor.Take());
            if (Unary() is not { } next)
                return null;
            operands.Push(next);
        }
    }

    private Node? Reduce(Stack<Node> operands, Stack<Token> operators)
    {
        var symbol = operators.Pop();
        var right = operands.Pop();
        var left = operands.Pop();
        var span = new Span(left.Outer.Start, right.Outer.End, symbol.Column);
        if (symbol.Text is not ("&&" or "||"))
            return Checked(Operation(symbol.Text, span, left, right));
        var row = new List<Node> { right, left };
        while (operators.TryPeek(out var next) && next.Text == symbol.Text)
        {
            operators.Pop();
            row.Add(operands.Pop());
        }
        row.Reverse();
        return Checked(new LogicNode(span with { Start = row[0].Outer.Start }, symbol.Text == "&&", [.. row]));
    }

    private static Node Operation(string symbol, Span span, Node left, Node right) => symbol switch
    {
        "==" => new CompareNode(span, Relation.Equal, left, right),
        "!=" => new CompareNode(span, Relation.NotEqual, left, right),
        "<" => new CompareNode(span, Relation.Less, left, right),
        "<=" => new CompareNode(span, Relation.LessOrEqual, left, right),
        ">" => new CompareNode(span, Relation.Greater, left, right),
        ">=" => new CompareNode(span, Relation.GreaterOrEqual, left, right),
        "in" => new InNode(span, left, right),
        _ => new ArithmeticNode(span, symbol[0], left, right),
    };

    private Node? Unary()
    {
        var first = _cursor.Current;
        var isNot = first.Is("!");
        if (!isNot && !first.Is("-"))
            return Member(_cursor.Current);
        var count = 0;
        while (_cursor.Current.Is(first.Text) && !(first.Is("-") && _cursor.NextIsSigned))
        {
            _cursor.Take();
            count++;
        }
        if (Member(_cursor.Current) is not { } operand)
            return null;
        var span = new Span(first.Start, operand.Outer.End, first.Column);
        if (count == 0)
            return operand;
        return Checked(isNot ? new NotNode(span, operand, count % 2 == 1) : new NegateNode(span, operand, count % 2 == 1));
    }

    /// <summary>A primary and what is taken from it: fields, items, calls.</summary>
    private Node? Member(Token first)
    {
        var isRooted = first.Is(".");
        var node = Primary();
        var path = node is VariableNode variable ? variable.Name : null;
        while (node is not null)
        {
            if (_cursor.Current.Is("[") && _cursor.Current is var bracket)
            {
                _cursor.Take();
                path = null;
                node = Expression() is { } key && _cursor.Expect("]")
                    ? Checked(new IndexNode(new Span(node.Outer.Start, _cursor.End, bracket.Column), node, key))
                    : null;
            }
            else if (_cursor.Current.Is("."))
            {
                _cursor.Take();
                node = Field(node, ref path, isRooted);
            }
            else
            {
                if (_cursor.Current.Is("{"))
                    _cursor.Expected("an operator or the end");
                return _cursor.Error is null ? node : null;
            }
        }
        return null;
    }

    private Node? Field(Node operand, ref string? path, bool isRooted)
    {
        var name = _cursor.Current;
        if (name.Kind is not (TokenKind.Name or TokenKind.QuotedName))
        {
            _cursor.Expected("a field's name after '.'");
            return null;
        }
        _cursor.Take();
        if (name.Kind == TokenKind.Name && _cursor.TryTake("("))
        {
            path = null;
            return _calls.Member(operand, name);
        }
        path = path is null || name.Kind == TokenKind.QuotedName ? null : $"{path}.{name.Text}";
        return Checked(_scope.Select(operand, name.Text, path, isRooted, new Span(operand.Outer.Start, name.End, name.Column)));
    }

    private Node? Primary()
    {
        var first = _cursor.Current;
        switch (first.Kind)
        {
            case TokenKind.Literal:
                _cursor.Take();
                // The one int whose digits alone are outside the range; with its '-' it is read below.
                if (first.Value is { Kind: Kind.Int, AsInt: long.MinValue })
                    _cursor.Fail(first, $"{first.Text} is outside the range of int");
                return new LiteralNode(new Span(first.Start, first.End, first.Column), first.Value);
            case TokenKind.Name:
                return Named(first, isRooted: false);
            case TokenKind.Operator when first.Text == "-":
                return NegativeNumber(_cursor.Take());
            case TokenKind.Operator when first.Text == ".":
                _cursor.Take();
                if (_cursor.Current.Kind == TokenKind.Name)
                    return Named(first, isRooted: true);
                _cursor.Expected("a name after '.'");
                return null;
            case TokenKind.Operator when first.Text == "(":
                _cursor.Take();
                if (Expression() is not { } inner || !_cursor.Expect(")"))
                    return null;
                inner.Outer = new Span(first.Start, _cursor.End, first.Column);
                return inner;
            case TokenKind.Operator when first.Text == "[":
                _cursor.Take();
                return Items("]") is { } items ? Checked(new ListNode(new Span(first.Start, _cursor.End, first.Column), items)) : null;
            case TokenKind.Operator when first.Text == "{":
                return Map(_cursor.Take());
            default:
                _cursor.ExpectedExpression();
                return null;
        }
    }

    private LiteralNode? NegativeNumber(Token minus)
    {
        var number = _cursor.Current;
        if (number.Kind != TokenKind.Literal || number.Value.Kind is not (Kind.Int or Kind.Double))
        {
            _cursor.ExpectedExpression();
            return null;
        }
        _cursor.Take();
        var value = number.Value;
        value = value.Kind == Kind.Double ? Value.Of(-value.AsDouble) : Value.Of(unchecked(-value.AsInt));
        return new LiteralNode(new Span(minus.Start, number.End, minus.Column), value);
    }

    private Node? Named(Token first, bool isRooted)
    {
        var name = _cursor.Take();
        if (Reserved.Contains(name.Text))
        {
            _cursor.Fail(name, $"'{name.Text}' is a reserved word and can't be a name");
            return null;
        }
        if (_cursor.TryTake("("))
            return _calls.Global(first, name);
        return _scope.Resolve(name.Text, isRooted, new Span(first.Start, name.End, name.Column));
    }

    private Node? Map(Token open)
    {
        var keys = new List<Node>();
        var values = new List<Node>();
        while (!_cursor.TryTake("}"))
        {
            if (keys.Count > 0 && !_cursor.Current.Is(","))
            {
                _cursor.Expected("',' or '}'");
                return null;
            }
            if (keys.Count > 0 && _cursor.TryTake(",") && _cursor.TryTake("}"))
                break;
            if (Expression() is not { } key || !_cursor.Expect(":") || Expression() is not { } value)
                return null;
            keys.Add(key);
            values.Add(value);
        }
        return Checked(new MapNode(new Span(open.Start, _cursor.End, open.Column), [.. keys], [.. values]));
    }
}
