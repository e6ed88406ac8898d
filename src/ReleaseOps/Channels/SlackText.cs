using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseOps.Channels;

/// <summary>
/// Text for Slack. <c>&amp; &lt; &gt;</c> are escaped everywhere, so nothing that is written can be a link or a mention. mrkdwn has no escape for its
/// marks: in values they become characters that look like them (∗ ˍ ∼ ˋ), an underscore inside a word excepted, which marks nothing there.
/// Rules: https://docs.slack.dev/messaging/formatting-message-text.
/// </summary>
internal static partial class SlackText
{
    /// <summary>The author's words, with their marks.</summary>
    internal static IEnumerable<string> Words(string text) => NoticeText.Runes(text).Select(Escape);

    /// <summary>A value.</summary>
    internal static IEnumerable<string> Value(string text) => Words(Unmarked(text));

    /// <summary>A title: it may come from outside, too.</summary>
    internal static string Title(string text, int longest) => NoticeText.Bounded(Value(text), longest, "…");

    /// <summary>Who is called: <c>here</c>, <c>channel</c>, ids of users and groups.</summary>
    internal static string Mention(string who) => who switch
    {
        "here" or "channel" => $"<!{who}>",
        ['S', ..] => $"<!subteam^{who}>",
        _ => $"<@{who}>",
    };

    private static string Escape(string rune) => rune switch { "&" => "&amp;", "<" => "&lt;", ">" => "&gt;", _ => rune };

    private static string Unmarked(string text)
    {
        // :fire: would become a picture, and one of the workspace's own could show anything.
        text = Picture().Replace(text, "∶$1:");
        var unmarked = new StringBuilder(text.Length);
        var quotes = true;
        for (var i = 0; i < text.Length; i++)
        {
            quotes &= text[i] is '>' or ' ';
            unmarked.Append(text[i] switch
            {
                '*' => '∗',
                '~' => '∼',
                '`' => 'ˋ',
                '_' when !IsInWord(text, i) => 'ˍ',
                // At the start of a line it quotes, escaped as it is.
                '>' when quotes => '›',
                var c => c,
            });
        }
        return unmarked.ToString();
    }

    private static bool IsInWord(string text, int at) =>
        at > 0 && at + 1 < text.Length && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at + 1]);

    [GeneratedRegex(":([a-z0-9_+'-]*[a-z+][a-z0-9_+'-]*):", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Picture();
}
