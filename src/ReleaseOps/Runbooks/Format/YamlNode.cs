using YamlDotNet.Core;

namespace ReleaseOps.Runbooks.Format;

/// <summary>A node of a YAML document: text, list or map, with its place. It has no types: those come from the format.</summary>
/// <param name="at">Where it starts.</param>
internal abstract class YamlNode(Position at)
{
    public Position At { get; } = at;
}

/// <summary>A single value, as text.</summary>
internal sealed class YamlScalar(string text, ScalarStyle style, Position at, int lastLine) : YamlNode(at)
{
    public string Text { get; } = text;

    public ScalarStyle Style { get; } = style;

    /// <summary>True where each character of the value stands in the file as itself, right after the other.</summary>
    public bool IsOneLine { get; } = lastLine == at.Line;

    public bool IsPlain => Style == ScalarStyle.Plain;

    public bool IsBlock => Style is ScalarStyle.Literal or ScalarStyle.Folded;

    /// <summary>True where nothing at all was written.</summary>
    public bool IsAbsent => IsPlain && Text.Length == 0;
}

/// <summary>A list.</summary>
internal sealed class YamlList(IReadOnlyList<YamlNode> items, Position at) : YamlNode(at)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;
}

/// <summary>A map, in the order of the file. A key may stand in it twice: whoever reads it says so.</summary>
internal sealed class YamlMap(IReadOnlyList<YamlEntry> entries, Position at) : YamlNode(at)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;
}

/// <summary>A key of a map with its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>What stands where something was that isn't allowed; it has been reported.</summary>
internal sealed class YamlRefused(Position at) : YamlNode(at);
