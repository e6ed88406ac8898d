using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ReleaseOps.Gates;

/// <summary>
/// The value of one series. Its labels are written out only when they are asked for: of a fleet of ten thousand series, a handful is shown.
/// </summary>
public readonly struct SeriesValue : IEquatable<SeriesValue>
{
    private const int LongestText = 1000;

    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _json;

    /// <summary>A series with labels that are written out.</summary>
    /// <param name="labels">Its labels as Prometheus writes them.</param>
    /// <param name="value">The value; NaN where the query came to none.</param>
    public SeriesValue(string labels, double value)
    {
        _text = labels;
        Value = value;
    }

    /// <summary>A series with its labels as the server sent them.</summary>
    /// <param name="json">A JSON object of labels and their values, read once already.</param>
    /// <param name="value">The value.</param>
    internal SeriesValue(ReadOnlyMemory<byte> json, double value)
    {
        _json = json;
        Value = value;
    }

    /// <summary>
    /// Its name and labels as Prometheus writes them: <c>up{instance="a:9090"}</c>; empty for none. One line, at most 1,000 characters; made
    /// anew at each call.
    /// </summary>
    public string Labels => _text ?? Write(_json.Span);

    /// <summary>The value; NaN where the query came to none.</summary>
    public double Value { get; }

    /// <summary>True where there are no labels.</summary>
    internal bool IsBare => _text is null ? _json.Length <= 2 : _text.Length == 0;

    /// <summary>A hash of its labels that is the same in every process; see <see cref="Gates.LabelHash"/>.</summary>
    internal ulong LabelHash => _text is null ? Gates.LabelHash.Of(_json.Span) : Gates.LabelHash.Of(_text);

    /// <summary>The same series with another value.</summary>
    internal SeriesValue With(double value) => _text is null ? new(_json, value) : new(_text, value);

    /// <inheritdoc/>
    public bool Equals(SeriesValue other) => Value.Equals(other.Value) && Labels == other.Labels;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SeriesValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Labels, Value);

    /// <summary>Labels and value.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Labels} {Value}");

    /// <summary>Equal in labels and value.</summary>
    public static bool operator ==(SeriesValue left, SeriesValue right) => left.Equals(right);

    /// <summary>Different in labels or value.</summary>
    public static bool operator !=(SeriesValue left, SeriesValue right) => !left.Equals(right);

    private static string Write(ReadOnlySpan<byte> json)
    {
        if (json.Length <= 2)
            return "";
        try
        {
            return Read(json);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            return "{labels that aren't text in UTF-8}";
        }
    }

    private static string Read(ReadOnlySpan<byte> json)
    {
        var name = "";
        var labels = new StringBuilder();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && labels.Length <= LongestText)
        {
            var label = reader.GetString()!;
            reader.Read();
            if (label == "__name__")
                name = Escape(reader.GetString()!);
            else
                labels.Append(labels.Length == 0 ? "" : ", ").Append(Escape(label)).Append("=\"").Append(Escape(reader.GetString()!)).Append('"');
        }
        var text = labels.Length == 0 ? name : $"{name}{{{labels}}}";
        return text.Length <= LongestText ? text : text[..LongestText] + "…";
    }

    // As PromQL quotes; what can't be seen, or turns text around, is written as its number.
    private static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(Plain) < 0)
            return text;
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
                escaped.Append('\\').Append(rune);
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else
                escaped.Append(rune);
        }
        return escaped.ToString();
    }

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");
}
