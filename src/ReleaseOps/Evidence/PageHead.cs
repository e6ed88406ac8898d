using System.Globalization;
using System.Text;

namespace ReleaseOps.Evidence;

/// <summary>
/// How every page begins: it needs nothing else, asks nobody for anything, and its Content-Security-Policy allows no script and no style but its own.
/// </summary>
internal static class PageHead
{
    /// <summary>Writes all that stands before the body's content.</summary>
    /// <param name="page">The page.</param>
    /// <param name="title">The title: HTML already.</param>
    /// <param name="more">What else stands in the head, lines of our own words.</param>
    public static void Write(StringBuilder page, string title, string more = "") => page.Append(CultureInfo.InvariantCulture,
        $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + $"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{PageStyle.Hash}'; base-uri 'none'; form-action 'none'\">\n"
        + $"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
        + $"<meta name=\"referrer\" content=\"no-referrer\">\n{more}<title>{title}</title>\n<style>{PageStyle.Text}</style>\n</head>\n<body>\n");
}
