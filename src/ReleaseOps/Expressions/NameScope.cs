namespace ReleaseOps.Expressions;

/// <summary>What names mean while an expression is parsed: a macro's variable, a type, or a value from outside.</summary>
/// <param name="container">The namespace in which names are looked up first (CEL's container); empty for none.</param>
internal sealed class NameScope(string container)
{
    private readonly List<string> _locals = [];
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<VariableNode> _variables = [];

    /// <summary>How many macros stand inside each other at most.</summary>
    public int Locals { get; private set; }

    /// <summary>How many names from outside there are.</summary>
    public int Names => _slots.Count;

    /// <summary>The names that are needed from outside.</summary>
    public IReadOnlySet<string> Variables => _variables.Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Starts a macro's variable; its place in the frame.</summary>
    public int Enter(string name)
    {
        _locals.Add(name);
        Locals = Math.Max(Locals, _locals.Count);
        return _locals.Count - 1;
    }

    public void Leave() => _locals.RemoveAt(_locals.Count - 1);

    /// <summary>
    /// The node for a simple name; one with a point before it is never a macro's variable, nor looked up in the container.
    /// </summary>
    public Node Resolve(string name, bool isRooted, Span span)
    {
        var local = isRooted ? -1 : _locals.LastIndexOf(name);
        if (local >= 0)
            return new LocalNode(span, local);
        if (CelType.Named(name) is { } type)
            return new LiteralNode(span, Value.Of(type));
        var variable = Variable(name, isRooted, span);
        _variables.Add(variable);
        return variable;
    }

    /// <summary>The node for <c>operand.field</c>; <paramref name="path"/> is all of it where it is made of names only.</summary>
    public Node Select(Node operand, string field, string? path, bool isRooted, Span span)
    {
        if (path is not null && CelType.Named(path) is { } type)
        {
            // What stands before the point was the name of a package.
            _variables.RemoveAt(_variables.Count - 1);
            return new LiteralNode(span, Value.Of(type));
        }
        return new SelectNode(span, operand, field, path is null ? null : Variable(path, isRooted, span));
    }

    private VariableNode Variable(string name, bool isRooted, Span span)
    {
        var candidates = new List<(string, int)>();
        for (var outer = isRooted ? "" : container; outer.Length > 0; outer = outer[..Math.Max(0, outer.LastIndexOf('.'))])
            candidates.Add((outer + "." + name, Slot(outer + "." + name)));
        candidates.Add((name, Slot(name)));
        return new VariableNode(span, [.. candidates]);
    }

    private int Slot(string name)
    {
        if (!_slots.TryGetValue(name, out var slot))
            _slots[name] = slot = _slots.Count;
        return slot;
    }
}
