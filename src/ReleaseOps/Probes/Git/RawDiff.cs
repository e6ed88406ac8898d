using System.Text;
using System.Text.Unicode;
using ReleaseOps.Runbooks;
using static System.FormattableString;

namespace ReleaseOps.Probes.Git;

/// <summary>A changed file as <c>git diff-tree --raw -z</c> has it (git-diff-tree(1), "Raw output format").</summary>
/// <param name="OldMode">Its type and permissions before: <c>100644</c>; zeros where it wasn't there.</param>
/// <param name="NewMode">The same after.</param>
/// <param name="OldBlob">Id of its content before; zeros where it wasn't there.</param>
/// <param name="NewBlob">The same after.</param>
/// <param name="Status">A, M, D, T (another type), R (moved) or C (a copy).</param>
/// <param name="Path">Its path; what isn't UTF-8 in it stands as U+FFFD.</param>
internal sealed record RawChange(string OldMode, string NewMode, string OldBlob, string NewBlob, char Status, string Path)
{
    /// <summary>The path that it had; null where it has the same.</summary>
    public string? OldPath { get; init; }

    /// <summary>True where the path is UTF-8.</summary>
    public bool HasPlainPath { get; init; } = true;

    /// <summary>What was done to it.</summary>
    public FileChange Change =>
        Status switch { 'A' => FileChange.Added, 'D' => FileChange.Deleted, 'R' => FileChange.Renamed, _ => FileChange.Modified };

    /// <summary>The id that stands for no content.</summary>
    public string NoBlob => new('0', OldBlob.Length);

    /// <summary>True where it is a submodule, or was one.</summary>
    public bool IsSubmodule => OldMode == "160000" || NewMode == "160000";

    /// <summary>True where it is a symbolic link now.</summary>
    public bool BecomesLink => NewMode == "120000";
}

/// <summary>Reads the records. Pure.</summary>
internal static class RawDiff
{
    /// <summary>The records at the beginning of what git said.</summary>
    /// <param name="output">What git said.</param>
    /// <param name="end">Where they end.</param>
    /// <exception cref="CouldNotTellException">GitFailed: it isn't of that format, so a change could be missed.</exception>
    public static IReadOnlyList<RawChange> Read(ReadOnlySpan<byte> output, out int end)
    {
        var records = new List<RawChange>();
        end = 0;
        while (end < output.Length && output[end] == ':')
        {
            var fields = Encoding.ASCII.GetString(Field(output, ref end)).Split(' ');
            if (fields is not [[':', .. { Length: 6 } oldMode], { Length: 6 } newMode, { } oldBlob, { } newBlob, [var status, ..]]
                || oldBlob.Length != newBlob.Length || !"AMDTRC".Contains(status, StringComparison.Ordinal))
            {
                throw Unknown(end);
            }
            var path = Field(output, ref end);
            var plain = Utf8.IsValid(path);
            var old = (string?)null;
            if (status is 'R' or 'C')
            {
                old = Encoding.UTF8.GetString(path);
                path = Field(output, ref end);
                plain &= Utf8.IsValid(path);
            }
            records.Add(new RawChange(oldMode, newMode, oldBlob, newBlob, status, Encoding.UTF8.GetString(path))
            {
                OldPath = old,
                HasPlainPath = plain,
            });
        }
        return records;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> output, ref int at)
    {
        var length = output[at..].IndexOf((byte)0);
        if (length < 0)
            throw Unknown(at);
        var field = output.Slice(at, length);
        at += length + 1;
        return field;
    }

    private static CouldNotTellException Unknown(int at) =>
        new(ErrorId.GitFailed, Invariant($"git answered in a way that isn't known, at byte {at} of its list of changed files"));
}
