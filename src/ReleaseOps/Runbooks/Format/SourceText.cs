namespace ReleaseOps.Runbooks.Format;

/// <summary>The text of a runbook's file, and where in it the parts of a value stand.</summary>
/// <param name="text">The whole file.</param>
internal sealed class SourceText(string text)
{
    private string[]? _lines;

    public string Text { get; } = text;

    /// <summary>A line, from 1, without its end; empty past the last one.</summary>
    public string Line(int number)
    {
        _lines ??= Text.ReplaceLineEndings("\n").Split('\n');
        return number >= 1 && number <= _lines.Length ? _lines[number - 1] : "";
    }

    /// <summary>
    /// The place of a value's character. It is exact for a value on one line without escapes, and for a literal block; else it is where
    /// the value starts.
    /// </summary>
    /// <param name="scalar">The value.</param>
    /// <param name="offset">Index of the character in the value, from 0.</param>
    public Position Locate(YamlScalar scalar, int offset)
    {
        if (scalar.Style == YamlDotNet.Core.ScalarStyle.Literal)
            return LocateInBlock(scalar, offset);
        if (!scalar.IsOneLine)
            return scalar.At;
        return scalar.At with { Column = scalar.At.Column + offset + (scalar.IsPlain ? 0 : 1) };
    }

    private Position LocateInBlock(YamlScalar scalar, int offset)
    {
        var before = scalar.Text.AsSpan(0, Math.Min(offset, scalar.Text.Length));
        var line = scalar.At.Line + 1 + before.Count('\n');
        var column = before.Length - (before.LastIndexOf('\n') + 1);
        var written = Line(line);
        var value = scalar.Text.Split('\n')[before.Count('\n')];
        return new Position(line, 1 + Math.Max(0, written.Length - value.Length) + column);
    }
}
