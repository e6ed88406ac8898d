namespace ReleaseOps.Expressions;

/// <summary>Where a part of an expression stands.</summary>
/// <param name="Start">Its first character, from 0, in UTF-16 units.</param>
/// <param name="End">The place after its last character.</param>
/// <param name="Column">The column that an error in it names: that of its operator, else of its start; from 1, in characters.</param>
internal readonly record struct Span(int Start, int End, int Column);

/// <summary>A part of a parsed expression; immutable once that is done.</summary>
internal abstract class Node
{
    protected Node(Span span, params ReadOnlySpan<Node> children)
    {
        Span = span;
        Outer = span;
        Height = 1;
        Weight = 1;
        Children = children.ToArray();
        foreach (var child in children)
        {
            Height = Math.Max(Height, child.Height + 1);
            Weight += child.Weight;
        }
    }

    public Span Span { get; }

    /// <summary>The parts that it is made of.</summary>
    public IReadOnlyList<Node> Children { get; }

    /// <summary>The same with the brackets around it; set while it is parsed.</summary>
    public Span Outer { get; set; }

    /// <summary>How many nodes stand above each other; evaluation needs stack in proportion.</summary>
    public int Height { get; }

    /// <summary>How many nodes there are; a macro's round is charged with them.</summary>
    public int Weight { get; }

    public abstract Value Evaluate(Frame frame);

    /// <summary>An error at this node.</summary>
    public Value Fail(string problem) => Value.Of(CelError.At(ErrorId.ExpressionFailed, problem, Span.Column));

    /// <summary>A value's type, for errors.</summary>
    protected static string TypeOf(in Value value) => CelType.Of(value.Kind).Name;
}
