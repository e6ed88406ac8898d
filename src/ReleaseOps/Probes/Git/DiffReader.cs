using System.Globalization;
using System.Text;
using System.Text.Unicode;
using static System.FormattableString;

namespace ReleaseOps.Probes.Git;

/// <summary>
/// Reads what <c>git diff-tree -r -z --raw -p --no-renames --full-index</c> says of two trees: a record for each changed file, then a patch
/// for each record, in the same order. Patches are told apart by counting lines and by the blobs that they name, never by file names or by
/// what a line looks like: a changed line may look like the head of a patch. Pure.
/// </summary>
/// <param name="output">What git said.</param>
/// <param name="cut">Why the end of it is missing; null where it is whole.</param>
internal ref struct DiffReader(ReadOnlySpan<byte> output, string? cut)
{
    private const string Link = "a symbolic link: what it leads to isn't read";
    private const string Submodule = "a submodule: what changed in it is in another repository";
    private const string NotText = "not text in UTF-8";

    private readonly ReadOnlySpan<byte> _output = output;
    private readonly string? _cut = cut;
    private int _at;

    /// <summary>The changed files, by path. A file whose patch is missing says so in <see cref="ChangedFile.Unread"/>.</summary>
    /// <exception cref="CouldNotTellException">GitFailed: it isn't of that format, so a change could be missed.</exception>
    public static IReadOnlyList<ChangedFile> Read(ReadOnlySpan<byte> output, string? cut = null) => new DiffReader(output, cut).Read();

    private IReadOnlyList<ChangedFile> Read()
    {
        var records = RawDiff.Read(_output, out _at);
        if (_at < _output.Length && _output[_at++] != 0)
            throw Unknown();
        var files = new List<ChangedFile>(records.Count);
        foreach (var record in records)
            files.Add(ReadPatches(record));
        return _at == _output.Length || _cut is not null ? [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)] : throw Unknown();
    }

    private ChangedFile ReadPatches(RawChange record)
    {
        var patch = new Patch();
        // A file that becomes a link, or a submodule, is told as one that is gone and one that is new.
        var whole = record.Status == 'T'
            ? ReadPatch(record.OldBlob, record.NoBlob, patch) && ReadPatch(record.NoBlob, record.NewBlob, patch)
            : ReadPatch(record.OldBlob, record.NewBlob, patch);
        return new ChangedFile(record.Path, record.Change)
        {
            Added = patch.Added,
            Removed = patch.Removed,
            Unread = record.IsSubmodule ? Submodule
                : record.BecomesLink ? Link
                : !record.HasPlainPath ? "its name isn't UTF-8"
                : !whole ? _cut
                : patch.Unread,
        };
    }

    // False where it isn't there, or not to its end.
    private bool ReadPatch(string oldBlob, string newBlob, Patch patch)
    {
        if (!TryLine(out var line))
            return false;
        if (!line.StartsWith("diff --git "u8))
            throw Unknown();
        while (_at < _output.Length && !Rest.StartsWith("diff --git "u8) && !Rest.StartsWith("@@ "u8))
        {
            if (!TryLine(out line))
                return false;
            if (line.StartsWith("Binary files "u8))
                patch.Unread = "a binary file, one that .gitattributes says is binary, or " + GitLimits.FileTooLarge;
            // Lines that follow in a form that isn't known must not be passed over.
            else if (!IsHead(line, oldBlob + ".." + newBlob))
                throw Unknown();
        }
        if (line.StartsWith("+++ "u8) && !Rest.StartsWith("@@ "u8))
            return _cut is null ? throw Unknown() : false;
        while (Rest.StartsWith("@@ "u8))
        {
            if (!ReadHunk(patch))
                return false;
        }
        // In a text that was cut only the next patch proves that this one is whole.
        return _cut is null || Rest.StartsWith("diff --git "u8);
    }

    private static bool IsHead(ReadOnlySpan<byte> line, string blobs) => line.StartsWith("index "u8)
        ? line[6..].StartsWith(Encoding.ASCII.GetBytes(blobs))
        : line.StartsWith("--- "u8) || line.StartsWith("+++ "u8) || line.StartsWith("old mode "u8) || line.StartsWith("new mode "u8)
            || line.StartsWith("new file mode "u8) || line.StartsWith("deleted file mode "u8);

    private bool ReadHunk(Patch patch)
    {
        if (!TryLine(out var head))
            return false;
        var parts = Encoding.Latin1.GetString(head).Split(' ', 4);
        if (parts.Length < 4 || !TryRange(parts[1], '-', out var old, out var gone) || !TryRange(parts[2], '+', out var now, out var come))
            throw Unknown();
        while (gone > 0 || come > 0)
        {
            if (!TryLine(out var line))
                return false;
            switch (line.Length == 0 ? '\0' : (char)line[0])
            {
                case '-' when gone-- > 0:
                    patch.Removed.Add(patch.Line(old++, line[1..]));
                    break;
                case '+' when come-- > 0:
                    patch.Added.Add(patch.Line(now++, line[1..]));
                    break;
                case ' ' when gone-- > 0 && come-- > 0:
                    (old, now) = (old + 1, now + 1);
                    break;
                case '\\':
                    break;
                default:
                    throw Unknown();
            }
        }
        // "\ No newline at end of file", in whatever words.
        return !Rest.StartsWith("\\ "u8) || TryLine(out _);
    }

    // "-12,3"; "-12" for one line. The number of a range without lines is that of the line before it.
    private static bool TryRange(string text, char sign, out int start, out int count)
    {
        (start, count) = (0, 1);
        if (text.Length < 2 || text[0] != sign)
            return false;
        var parts = text[1..].Split(',');
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out start)
            && parts.Length <= 2
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count));
    }

    private readonly ReadOnlySpan<byte> Rest => _output[_at..];

    // False at the end; a line without its end was cut.
    private bool TryLine(out ReadOnlySpan<byte> line)
    {
        var end = Rest.IndexOf((byte)'\n');
        line = end < 0 ? [] : Rest[..end];
        if (end < 0 && _cut is null)
            throw Unknown();
        _at = end < 0 ? _output.Length : _at + end + 1;
        return end >= 0;
    }

    private readonly CouldNotTellException Unknown() =>
        new(ErrorId.GitFailed, Invariant($"git answered in a way that isn't known, at byte {_at} of what it said about the change"));

    private sealed class Patch
    {
        public List<ChangedLine> Added { get; } = [];

        public List<ChangedLine> Removed { get; } = [];

        public string? Unread { get; set; }

        public ChangedLine Line(int number, ReadOnlySpan<byte> text)
        {
            if (text.Length > 0 && text[^1] == '\r')
                text = text[..^1];
            if (!Utf8.IsValid(text) || text.Contains((byte)0))
                Unread ??= NotText;
            return new ChangedLine(number, Encoding.UTF8.GetString(text));
        }
    }
}
