namespace ReleaseOps;

/// <summary>What stands for a character in HTML that would be read there as something else.</summary>
internal static class HtmlEntity
{
    /// <summary>The entity; null for a character that stands for itself, in an element and in a quoted attribute.</summary>
    public static string? Of(char character) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => null,
    };
}
