using System.Globalization;
using System.Text;
using System.Text.Json;
using HandlebarsDotNet;
using ReleaseOps.Probes.Http;

namespace ReleaseOps.Channels;

/// <summary>
/// A webhook's own body: a Handlebars template for JSON, of which <c>{{key}} {{thread}} {{title}} {{text}} {{release}} {{severity}} {{status}}
/// {{at}}</c> and <c>{{facts}}</c> (a map) are known. Values are escaped as in a JSON string, so they can't be more than text in one.
/// </summary>
internal static class JsonTemplate
{
    private const int LongestText = 60_000;

    /// <summary>The largest body, in UTF-16 units.</summary>
    internal const int Largest = 512 * 1024;

    /// <summary>The body.</summary>
    /// <exception cref="ReleaseOpsException">NoticeRefused: the template can't be filled in, or what comes of it isn't JSON.</exception>
    internal static string Render(string channel, string template, Notice notice)
    {
        var body = Filled(channel, template, notice);
        try
        {
            if (body.Length > Largest)
                throw NoticeRules.Refused(channel, $"the body that the template of channel {channel} makes is too large");
            _ = StrictJson.Parse(body);
            return body;
        }
        catch (JsonException e)
        {
            throw NoticeRules.Refused(channel, $"what the template of channel {channel} makes isn't JSON{StrictJson.Place(e)}",
                "Correct the channel's 'body': each {{value}} stands between quotes.");
        }
    }

    private static string Filled(string channel, string template, Notice notice)
    {
        try
        {
            var handlebars = Handlebars.Create(new HandlebarsConfiguration
            {
                TextEncoder = new JsonEncoder(),
                FormatProvider = CultureInfo.InvariantCulture,
                ThrowOnUnresolvedBindingExpression = true,
            });
            return handlebars.Compile(template)(Values(notice));
        }
        // The library has an exception of its own for each stage, and no common one.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw NoticeRules.Refused(channel, $"the template of channel {channel} can't be filled in: {OneLine.Of(e.Message, 200)}",
                "Correct the channel's 'body'.");
        }
    }

    private static Dictionary<string, object?> Values(Notice notice) => new(StringComparer.Ordinal)
    {
        ["key"] = notice.Key,
        ["thread"] = notice.Thread,
        ["title"] = NoticeText.Title(notice),
        ["text"] = NoticeText.Plain(notice, LongestText),
        ["release"] = notice.Release,
        ["severity"] = notice.Severity ?? "",
        ["status"] = notice.Status?.ToString() ?? "",
        ["at"] = NoticeText.Time(notice.At),
        ["facts"] = notice.Facts.GroupBy(f => f.Name, StringComparer.Ordinal)
            .ToDictionary(f => f.Key, f => (object?)OneLine.Of(f.Last().Value), StringComparer.Ordinal),
    };

    private sealed class JsonEncoder : ITextEncoder
    {
        public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

        public void Encode(string? text, TextWriter target) => target.Write(ChannelJson.Escape(text ?? ""));

        public void Encode<T>(T? text, TextWriter target) where T : IEnumerator<char>
        {
            var whole = new StringBuilder();
            while (text?.MoveNext() == true)
                whole.Append(text!.Current);
            Encode(whole, target);
        }
    }
}
