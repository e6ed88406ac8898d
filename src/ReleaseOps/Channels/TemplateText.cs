using System.Globalization;
using System.Text;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;
using HandlebarsDotNet.MemberAccessors;
using HandlebarsDotNet.ObjectDescriptors;
using HandlebarsDotNet.PathStructure;

namespace ReleaseOps.Channels;

/// <summary>
/// Fills in the Handlebars templates of messages; only <see cref="JsonTemplate"/> knows the package beside it. What is put in is marked by
/// private-use characters, which are taken out of the template and of every value first: so the text comes out in pieces that are known for the
/// author's words, for values, and for what nobody has given. A value is never read as a template, and no template sees more than texts, maps
/// and lists.
/// </summary>
internal static class TemplateText
{
    /// <summary>The longest text that a template may come to, in characters.</summary>
    public const int Longest = 64 * 1024;

    private const char ValueBegins = '\uE000';
    private const char MissingBegins = '\uE001';
    private const char Ends = '\uE002';

    /// <summary>The text, in order.</summary>
    /// <param name="template">A template in which <see cref="Runbooks.HandlebarsText"/> finds no problem.</param>
    /// <param name="values">Texts, booleans, maps and lists of maps, by name; what is null or empty is missing.</param>
    /// <exception cref="ReleaseOpsException">BadValue: it can't be filled in, or comes to more than <see cref="Longest"/> characters.</exception>
    public static IReadOnlyList<TextRun> Fill(string template, IReadOnlyDictionary<string, object?> values)
    {
        var configuration = new HandlebarsConfiguration { NoEscape = true, FormatProvider = CultureInfo.InvariantCulture };
        configuration.FormatterProviders.Add(new Formatting());
        configuration.ObjectDescriptorProviders.Add(new NoMembers());
        using var filled = new BoundedWriter();
        try
        {
            using var text = new StringReader(Unmarked(template.ReplaceLineEndings("\n")));
            Handlebars.Create(configuration).Compile(text)(filled, Marked(values), null);
        }
        catch (HandlebarsException error)
        {
            throw new ReleaseOpsException(
                ErrorId.BadValue, $"The template can't be filled in: {error.Message}", "Check it: releaseops runbook check.", cause: error);
        }
        return Cut(filled.ToString());
    }

    /// <summary>A value as it may stand in a text: without control characters (line feeds stay), text direction marks, or our own marks.</summary>
    public static string Clean(string value) => string.Concat(value.ReplaceLineEndings("\n").EnumerateRunes()
        .Where(r => r.Value is '\n' or '\t' || Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate))
        .Select(r => r.ToString()));

    private static object Marked(object? value) => value switch
    {
        string text => Clean(text) is { Length: > 0 } clean ? ValueBegins + clean + Ends : "",
        bool truth => truth,
        IReadOnlyDictionary<string, object?> map => map.Where(p => p.Value is not (null or ""))
            .ToDictionary(p => p.Key, p => (object?)Marked(p.Value), StringComparer.Ordinal),
        IEnumerable<IReadOnlyDictionary<string, object?>> list => list.Select(m => (object?)Marked(m)).ToList(),
        _ => throw new ReleaseOpsException(ErrorId.Internal, $"A template was given a {value?.GetType().Name ?? "null"}."),
    };

    private static string Unmarked(string text) => string.Concat(text.Where(c => c is not (ValueBegins or MissingBegins or Ends)));

    private static List<TextRun> Cut(string text)
    {
        var runs = new List<TextRun>();
        for (int at = 0, next; at < text.Length; at = next)
        {
            var kind = text[at] switch { ValueBegins => TextKind.Value, MissingBegins => TextKind.Missing, _ => TextKind.Literal };
            var end = kind == TextKind.Literal ? text.AsSpan(at).IndexOfAny(ValueBegins, MissingBegins) : text.AsSpan(at).IndexOf(Ends);
            next = end < 0 ? text.Length : at + end;
            runs.Add(new TextRun(text[(kind == TextKind.Literal ? at : at + 1)..next], kind));
            next += kind == TextKind.Literal ? 0 : 1;
        }
        return runs;
    }

    /// <summary>What nobody has given is marked with its name; truths are written as runbooks write them.</summary>
    private sealed class Formatting : IFormatterProvider, IFormatter
    {
        public bool TryCreateFormatter(Type type, out IFormatter formatter)
        {
            formatter = this;
            return type == typeof(UndefinedBindingResult) || type == typeof(bool);
        }

        public void Format<T>(T value, in EncodedTextWriter writer) =>
            writer.Write(value is UndefinedBindingResult missing ? MissingBegins + missing.Value + Ends
                : ValueBegins + (value is true ? "true" : "false") + Ends);
    }

    /// <summary>Nothing but maps and lists has anything inside: <c>{{impact.Length}}</c> is missing.</summary>
    private sealed class NoMembers : IObjectDescriptorProvider, IMemberAccessor
    {
        public bool TryGetDescriptor(Type type, out ObjectDescriptor value)
        {
            value = new ObjectDescriptor(type, this, (_, _) => Array.Empty<object>(), _ => null!);
            return !typeof(System.Collections.IDictionary).IsAssignableFrom(type) && !typeof(System.Collections.IList).IsAssignableFrom(type);
        }

        public bool TryGetValue(object instance, ChainSegment memberName, out object? value)
        {
            value = null;
            return false;
        }
    }

    private sealed class BoundedWriter() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            Refuse(1);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Refuse(count);
            base.Write(buffer, index, count);
        }

        public override void Write(ReadOnlySpan<char> buffer)
        {
            Refuse(buffer.Length);
            base.Write(buffer);
        }

        public override void Write(string? value)
        {
            Refuse(value?.Length ?? 0);
            base.Write(value);
        }

        private void Refuse(int more)
        {
            if (GetStringBuilder().Length + more > Longest)
                throw new ReleaseOpsException(ErrorId.BadValue, $"The message comes to more than {Longest} characters.", "Say it shorter.");
        }
    }
}
