using System.Globalization;

namespace ReleaseOps.Probes.Git;

/// <summary>What <c>git status --porcelain=v2 --branch -z</c> says.</summary>
/// <param name="Branch">The branch; empty when detached.</param>
/// <param name="Commit">The commit; empty before the first.</param>
/// <param name="Changes">Paths of all that isn't as committed, untracked ones too.</param>
internal sealed record GitStatus(string Branch, string Commit, IReadOnlyList<string> Changes)
{
    /// <summary>The upstream branch; null where there is none.</summary>
    internal string? Upstream { get; init; }

    /// <summary>Commits that the upstream lacks; null where the upstream isn't there.</summary>
    internal long? Ahead { get; init; }

    /// <summary>Commits that only the upstream has; null where the upstream isn't there.</summary>
    internal long? Behind { get; init; }

    /// <summary>Reads it. The format is in git-status(1), "Porcelain Format Version 2".</summary>
    /// <exception cref="CouldNotTellException">GitFailed: a line that isn't of that format, so a change could be missed.</exception>
    internal static GitStatus Read(string output)
    {
        var status = new GitStatus("", "", []);
        var changes = new List<string>();
        var records = output.Split('\0');
        for (var i = 0; i < records.Length; i++)
        {
            var record = records[i];
            if (record.Length == 0)
                continue;
            if (record[0] == '#')
                status = Header(status, record);
            else
                changes.Add(Path(record) ?? throw Unknown(record));
            // A rename or copy is followed by the path that it came from.
            i += record[0] == '2' ? 1 : 0;
        }
        return status.Commit is "" && !output.Contains("# branch.oid (initial)", StringComparison.Ordinal)
            ? throw new CouldNotTellException(ErrorId.GitFailed, "git said nothing about the commit")
            : status with { Changes = changes };
    }

    private static GitStatus Header(GitStatus status, string record) => record.Split(' ', 3) switch
    {
        ["#", "branch.oid", var oid] => status with { Commit = oid == "(initial)" ? "" : oid },
        ["#", "branch.head", var head] => status with { Branch = head == "(detached)" ? "" : head },
        ["#", "branch.upstream", var upstream] => status with { Upstream = upstream },
        ["#", "branch.ab", var distance] => Distance(status, distance),
        _ => status,
    };

    // "+2 -1"; "+? -?" where git wasn't asked to count.
    private static GitStatus Distance(GitStatus status, string distance) =>
        distance.Split(' ') is [['+', .. var ahead], ['-', .. var behind]]
        && long.TryParse(ahead, NumberStyles.None, CultureInfo.InvariantCulture, out var more)
        && long.TryParse(behind, NumberStyles.None, CultureInfo.InvariantCulture, out var less)
            ? status with { Ahead = more, Behind = less }
            : status;

    // The path is the last field and may hold spaces: the number of fields before it depends on the kind.
    private static string? Path(string record)
    {
        var fields = record[0] switch { '1' => 9, '2' => 10, 'u' => 11, '?' or '!' => 2, _ => 0 };
        return fields > 0 && record.Split(' ', fields) is { } parts && parts.Length == fields ? parts[^1] : null;
    }

    private static CouldNotTellException Unknown(string record) =>
        new(ErrorId.GitFailed, $"git answered in a way that isn't known: {OutsideText.OneLine(record, SecretMask.None, 60)}");
}
