using ReleaseOps.Hotfixes;

namespace ReleaseOps.Cli.Screen;

/// <summary>How the open questions of a hotfix are answered: the command to type, about the same commits, release and ledger.</summary>
/// <param name="Runbook">The runbook, as it was given.</param>
/// <param name="Options">The options that must be given again, each with its value behind it.</param>
internal sealed record HotfixAnswer(string Runbook, IReadOnlyList<string> Options)
{
    private const int Short = 12;

    /// <summary>The command; what a shell would take apart is quoted.</summary>
    public string Command(HotfixResult result, HotfixAsks asks) => string.Join(' ', new[] { "releaseops", "hotfix", "approve", Runbook }
        .Concat(asks.Steps)
        .Concat(["--role", asks.Role, "--base", result.Change!.Base[..Short], "--revision", result.Change.Commit[..Short]])
        .Concat(Options)
        .Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=@%+,".Contains(c, StringComparison.Ordinal)) ? word
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
