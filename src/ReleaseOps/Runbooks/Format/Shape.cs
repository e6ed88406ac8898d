using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>
/// What may stand at one place of a runbook. A shape both reads a node into a value, reporting what doesn't fit, and describes itself
/// as JSON Schema: so the reader and the schema can't say different things.
/// </summary>
internal abstract class Shape
{
    /// <summary>What it is, as the end of "expected ...": <c>a list of steps</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>The same as JSON Schema (draft-07).</summary>
    public abstract JsonObject Schema(SchemaDefinitions definitions);
}

/// <summary>A shape whose values are <typeparamref name="T"/>.</summary>
internal abstract class Shape<T> : Shape
{
    /// <summary>Reads a node; false where it doesn't fit, and then the reading has the problem.</summary>
    public abstract bool TryRead(YamlNode node, Reading reading, out T value);

    /// <summary>Reports that the node isn't <see cref="Shape.Expected"/>.</summary>
    protected bool Misfit(YamlNode node, Reading reading, string? hint = null)
    {
        var found = node switch
        {
            YamlScalar { IsAbsent: true } => "nothing",
            YamlScalar scalar => $"'{Reading.Show(scalar.Text)}'",
            YamlList => "a list",
            _ => "a map",
        };
        if (node is not YamlRefused)
            reading.Error(node.At, ErrorId.BadValue, $"expected {Expected}, found {found}", hint);
        return false;
    }
}

/// <summary>A key of a map: its name, what may stand there, and what it is for.</summary>
/// <param name="name">The key.</param>
/// <param name="help">What it is for, in a sentence; editors show it.</param>
internal abstract class Key(string name, string help)
{
    public string Name { get; } = name;

    public string Help { get; } = help;

    /// <summary>True where the map must have it.</summary>
    public bool Required { get; init; }

    public abstract Shape Shape { get; }

    /// <summary>Reads its value; false where it doesn't fit.</summary>
    public abstract bool TryRead(YamlNode node, Reading reading, out object? value);
}

/// <summary>A key whose values are <typeparamref name="T"/>.</summary>
internal sealed class Key<T>(string name, Shape<T> shape, string help) : Key(name, help)
{
    public override Shape Shape => shape;

    public override bool TryRead(YamlNode node, Reading reading, out object? value)
    {
        var read = shape.TryRead(node, reading, out var typed);
        value = typed;
        return read;
    }
}

/// <summary>
/// One of several things that a map must be exactly one of (a step is a command, or a script, or ...): the key that makes it that, and
/// the keys that only go with it.
/// </summary>
/// <param name="main">The key that makes it that.</param>
/// <param name="own">The keys that only go with it.</param>
internal class Alternative(Key main, params IReadOnlyList<Key> own)
{
    public Key Main { get; } = main;

    public IReadOnlyList<Key> Own { get; } = own;
}
