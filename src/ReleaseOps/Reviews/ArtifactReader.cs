using System.Globalization;
using System.Text.Json;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews;

/// <summary>
/// A document that another program wrote about a day. What more it holds doesn't matter; what is asked of it must be there and of its type,
/// and else is named with file and field, and counts as not said.
/// </summary>
/// <param name="Path">Its path as it is shown; that which was looked for where there is none.</param>
/// <param name="Day">The day that it is of; null where there is none.</param>
/// <param name="Root">Its content, an object; null where there is none, or it can't be read.</param>
/// <param name="Problems">What is wrong with it: file, field, what was expected.</param>
internal sealed record ReviewArtifact(string Path, DateOnly? Day, JsonElement? Root, IReadOnlyList<string> Problems)
{
    /// <summary>A text; empty, with a problem, where there is none.</summary>
    public string Text(List<string> problems, params ReadOnlySpan<string> path) =>
        Find(problems, "a text", JsonValueKind.String, JsonValueKind.String, path)?.GetString() ?? "";

    /// <summary>true or false; false, with a problem, where there is neither.</summary>
    public bool Bool(List<string> problems, params ReadOnlySpan<string> path) =>
        Find(problems, "true or false", JsonValueKind.True, JsonValueKind.False, path)?.GetBoolean() ?? false;

    private JsonElement? Find(List<string> problems, string expected, JsonValueKind one, JsonValueKind other, ReadOnlySpan<string> path)
    {
        var found = Root;
        foreach (var name in path)
            found = found is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out var value) ? value : null;
        if (found is { } there && (there.ValueKind == one || there.ValueKind == other) && HasText(there))
            return there;
        if (Root is not null)
            problems.Add($"{Path}: {string.Join('.', path!)} is {(found is { } wrong ? Word(wrong) : "not there")}; expected was {expected}");
        return null;
    }

    // Half a surrogate pair, as an escape, is JSON and no text.
    private static bool HasText(JsonElement value)
    {
        try
        {
            return value.ValueKind != JsonValueKind.String || value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a text",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "a list",
        _ => "an object",
    };
}

/// <summary>Finds and reads the documents of a day.</summary>
internal static class ArtifactReader
{
    /// <summary>The largest document that is read, in bytes.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>How a day stands in a name.</summary>
    public const string DayForm = "yyyy-MM-dd";

    /// <summary>Reads the document of a day, or the newest one up to that day.</summary>
    /// <param name="pattern">Its path, with &lt;day&gt; in its name.</param>
    /// <param name="folder">Where it is, instead of the pattern's own folder; null for that.</param>
    /// <param name="under">The folder that relative paths start from, full.</param>
    /// <param name="day">The day.</param>
    /// <param name="latest">True for the newest one up to the day.</param>
    public static ReviewArtifact Read(string pattern, string? folder, string under, DateOnly day, bool latest)
    {
        var form = folder is null ? pattern : Path.Join(folder, Path.GetFileName(pattern));
        var of = latest ? Newest(Path.GetFullPath(form, under), day) ?? day : day;
        var path = NameOf(form, of);
        return TryRead(Path.GetFullPath(path, under), path, out var root) is { } problem
            ? new ReviewArtifact(path, null, null, [problem])
            : new ReviewArtifact(path, of, root, []);
    }

    /// <summary>A path with its day put in.</summary>
    public static string NameOf(string pattern, DateOnly day) =>
        pattern.Replace(ReviewFilePlaces.DayMark, day.ToString(DayForm, CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Reads a JSON object; else what is wrong.</summary>
    public static string? TryRead(string path, string shown, out JsonElement root)
    {
        root = default;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > MaxBytes)
                return FormattableString.Invariant($"{shown}: larger than {MaxBytes} bytes, the most that is read");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var json = bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
            using var document = JsonDocument.Parse(json);
            root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object ? null : $"{shown}: no JSON object";
        }
        catch (JsonException e)
        {
            return FormattableString.Invariant($"{shown}: no JSON (line {e.LineNumber + 1})");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"{shown}: not there";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{shown}: can't be read";
        }
    }

    /// <summary>The newest day up to one that there is a document of; null for none.</summary>
    public static DateOnly? Newest(string pattern, DateOnly day)
    {
        var name = Path.GetFileName(pattern);
        var mark = name.IndexOf(ReviewFilePlaces.DayMark, StringComparison.Ordinal);
        var (before, after) = (name[..mark], name[(mark + ReviewFilePlaces.DayMark.Length)..]);
        try
        {
            return Directory.EnumerateFiles(Path.GetDirectoryName(pattern)!)
                .Select(f => Path.GetFileName(f))
                .Where(f => f.Length == before.Length + DayForm.Length + after.Length
                    && f.StartsWith(before, StringComparison.Ordinal) && f.EndsWith(after, StringComparison.Ordinal))
                .Select(f => DateOnly.TryParseExact(f.AsSpan(before.Length, DayForm.Length), DayForm, CultureInfo.InvariantCulture,
                    DateTimeStyles.None, out var of)
                    ? of : (DateOnly?)null)
                .Where(of => of <= day).Max();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
