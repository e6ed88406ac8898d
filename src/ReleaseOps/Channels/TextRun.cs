namespace ReleaseOps.Channels;

/// <summary>What a piece of a message's text is.</summary>
public enum TextKind
{
    /// <summary>The author's own words.</summary>
    Literal,
    /// <summary>Put in: it may come from outside, and each channel escapes it for where it goes.</summary>
    Value,
    /// <summary>Nobody has given it: the text is the field's name. Nothing that has one is ever sent.</summary>
    Missing,
}

/// <summary>A piece of a message's text.</summary>
/// <param name="Text">The text, unescaped.</param>
/// <param name="Kind">Whose it is.</param>
public sealed record TextRun(string Text, TextKind Kind);
