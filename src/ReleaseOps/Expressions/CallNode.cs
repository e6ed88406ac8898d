namespace ReleaseOps.Expressions;

/// <summary>What a function does: with its argument, or its two; of a call <c>a.f(b)</c>, a is the first.</summary>
internal delegate Value Function(Frame frame, Node at, in Value first, in Value second);

/// <summary>A call of a function that is known.</summary>
internal sealed class CallNode(Span span, string name, bool isMember, Function function, Node[] arguments) : Node(span, arguments)
{
    public string Name => name;

    /// <summary>What stands before the point; null for a call without one.</summary>
    public Node? Receiver => isMember ? arguments[0] : null;

    public override Value Evaluate(Frame frame)
    {
        var first = arguments[0].Evaluate(frame);
        if (first.IsError)
            return first;
        var second = arguments.Length == 1 ? default : arguments[1].Evaluate(frame);
        if (arguments.Length == 2 && second.IsError)
            return second;
        return function(frame, this, first, second);
    }
}

/// <summary><c>text.matches('pattern')</c> with a pattern that is written out, and was prepared when the expression was parsed.</summary>
internal sealed class MatchNode(Span span, Node text, Pattern pattern) : Node(span, text)
{
    public Node Text => text;

    public override Value Evaluate(Frame frame)
    {
        var value = text.Evaluate(frame);
        return value.IsError ? value : Functions.Match(frame, this, value, pattern);
    }
}

/// <summary>
/// A call that can't succeed: no such function, or not with that many arguments. It fails only when it is evaluated, as CEL wants it.
/// </summary>
internal sealed class HopelessCallNode(Span span, string problem) : Node(span)
{
    public string Problem => problem;

    public override Value Evaluate(Frame frame) => Fail(problem);
}
