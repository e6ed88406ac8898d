namespace ReleaseOps.Channels;

/// <summary>A value for HTML: no tag, no entity, no attribute's end.</summary>
internal static class HtmlPieces
{
    /// <summary>The value in pieces that a cut leaves whole.</summary>
    internal static IEnumerable<string> Of(string value) => NoticeText.Runes(value).Select(rune => HtmlEntity.Of(rune[0]) ?? rune);
}
