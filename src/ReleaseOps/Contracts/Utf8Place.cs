using System.Text;

namespace ReleaseOps.Contracts;

/// <summary>Line and column of places in UTF-8, asked for in rising order; each byte is looked at once.</summary>
/// <param name="utf8">The text.</param>
internal ref struct Utf8Place(ReadOnlySpan<byte> utf8)
{
    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private int _at;

    /// <summary>The line, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The column, from 1, in characters as editors count them (UTF-16).</summary>
    public int Column { get; private set; } = 1;

    /// <summary>Goes on to a place that isn't before the last one.</summary>
    public void MoveTo(int offset)
    {
        var passed = _utf8[_at..offset];
        _at = offset;
        var lastBreak = passed.LastIndexOf((byte)'\n');
        if (lastBreak >= 0)
        {
            Line += passed.Count((byte)'\n');
            Column = 1;
            passed = passed[(lastBreak + 1)..];
        }
        Column += Encoding.UTF8.GetCharCount(passed);
    }
}
