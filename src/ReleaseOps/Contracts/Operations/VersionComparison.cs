using System.Text.RegularExpressions;

namespace ReleaseOps.Contracts.Operations;

/// <summary>What breaks asks for a new major version (https://semver.org, 7 and 8; of versions below 1, for a new minor one).</summary>
internal static partial class VersionComparison
{
    /// <summary>Tells where something breaks, and the version doesn't say so. Versions that aren't semantic ones aren't judged.</summary>
    public static void Compare(ComparisonContext context)
    {
        var (before, after) = (context.Base.Document, context.Revision.Document);
        if (!context.Report.Breaks || Read(before.ApiVersion) is not { } was || Read(after.ApiVersion) is not { } now)
            return;

        var (inBase, inRevision) = (before.Root["info"]?["version"], after.Root["info"]?["version"]);
        var (shown, shownNow) = (ContractText.Quoted(before.ApiVersion!), ContractText.Quoted(after.ApiVersion!));
        var order = was.CompareTo(now);
        if (order == 0)
            context.Report.Tell("api-version-not-bumped", $"Something breaks, and the version still is {shown}", inBase, inRevision);
        else if (order > 0)
            context.Report.Tell(
                "api-version-decreased", $"Something breaks, and the version went back from {shown} to {shownNow}", inBase, inRevision);
        else if (was.Major == now.Major && (was.Major > 0 || was.Minor == now.Minor))
            context.Report.Tell(
                "api-major-version-not-bumped", $"Something breaks, and the version went from {shown} to {shownNow}", inBase, inRevision);
    }

    private static (int Major, int Minor, int Patch)? Read(string? version)
    {
        var match = Semantic().Match(version ?? "");
        return match.Success && int.TryParse(match.Groups[1].ValueSpan, out var major) && int.TryParse(match.Groups[2].ValueSpan, out var minor)
            && int.TryParse(match.Groups[3].ValueSpan, out var patch) ? (major, minor, patch) : null;
    }

    [GeneratedRegex(
        @"^v?(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Semantic();
}
