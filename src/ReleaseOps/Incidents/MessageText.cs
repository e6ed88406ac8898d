using System.Globalization;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>Fills in a message.</summary>
internal static class MessageText
{
    /// <summary>The longest headline, in characters; Statuspage, PagerDuty and mail programs cut longer ones.</summary>
    private const int LongestTitle = 200;

    /// <summary>The text, in order.</summary>
    /// <param name="message">The message.</param>
    /// <param name="plan">The plan; its parameters go in.</param>
    /// <param name="fields">What is known, by the names of <see cref="MessageFields"/>.</param>
    /// <exception cref="ReleaseOpsException">BadValue, BindingFailed.</exception>
    public static IReadOnlyList<TextRun> Of(Message message, Plan plan, IReadOnlyDictionary<string, object?> fields) =>
        message.Template is { } template ? Trimmed(TemplateText.Fill(template, With(fields, plan))) : Trimmed(Bound(message.Text!, plan));

    /// <summary>The headline: the message's own, or the text's first line.</summary>
    /// <param name="message">The message.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="text">The text.</param>
    /// <param name="about">What the first line is about: an incident; null for what the line says itself.</param>
    public static string Title(Message message, Plan plan, IReadOnlyList<TextRun> text, string? about)
    {
        var title = message.Title is { } own ? Plain(Bound(own, plan))
            : Plain(text).Split('\n')[0].Trim().TrimStart('#', ' ') + (about is null ? "" : ": " + about);
        return Probes.OutsideText.OneLine(title, SecretMask.None, LongestTitle);
    }

    /// <summary>The text as people read it, with what is missing as <c>&lt;name&gt;</c>.</summary>
    public static string Plain(IEnumerable<TextRun> text) => string.Concat(text.Select(r => r.Kind == TextKind.Missing ? $"<{r.Text}>" : r.Text));

    /// <summary>A time as messages show it: 2026-11-21 18:45Z.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static List<TextRun> Bound(Template text, Plan plan)
    {
        var runs = new List<TextRun>();
        foreach (var part in text.Parts)
        {
            // Each part alone: what one lacks is no matter of another.
            var scope = BindingScope.ForPlan(plan.Bound!, plan.Release);
            var value = part.Expression is null ? part.Text : scope.Bind(Template.OfParts("${{" + part.Text + "}}", text.At, [part]));
            runs.Add(part.Expression is null ? new TextRun(value, TextKind.Literal)
                : scope.Missing.Count > 0 ? new TextRun(value[1..^1], TextKind.Missing) : new TextRun(TemplateText.Clean(value), TextKind.Value));
        }
        return runs;
    }

    private static Dictionary<string, object?> With(IReadOnlyDictionary<string, object?> fields, Plan plan) => new(fields, StringComparer.Ordinal)
    {
        ["release"] = new Dictionary<string, object?> { ["product"] = plan.Release.Product, ["version"] = plan.Release.Version },
        ["params"] = plan.Parameters.ToDictionary(
            p => p.Key, p => p.Value is bool truth ? truth : (object?)BindingText.Of(p.Value), StringComparer.Ordinal),
    };

    // Line feeds at the end are how YAML has it, not what the author says.
    private static List<TextRun> Trimmed(IReadOnlyList<TextRun> text)
    {
        var runs = text.ToList();
        while (runs.Count > 0 && runs[^1] is { Kind: TextKind.Literal } last)
        {
            if (last.Text.TrimEnd() is { Length: > 0 } kept)
            {
                runs[^1] = last with { Text = kept };
                break;
            }
            runs.RemoveAt(runs.Count - 1);
        }
        return runs;
    }
}
