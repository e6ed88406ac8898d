namespace ReleaseOps.Probes.Git;

/// <summary>
/// The branch that a CI system builds. It checks out a commit, often the merge of a pull request, and no branch: git can't tell, its
/// variables can.
/// </summary>
/// <param name="Name">The branch; of a pull request the one that is to be merged.</param>
/// <param name="Variable">The environment variable that it was taken from.</param>
internal sealed record CiBranch(string Name, string Variable)
{
    private const string Branches = "refs/heads/";

    // Each as the system's page of predefined variables has it. A variable counts only where its system says that it runs, so that one that
    // is left over in somebody's shell names nothing. The first that is there is taken: the pull request's own before the rest.
    private static readonly (string Mark, string[] Variables)[] Systems =
    [
        ("GITHUB_ACTIONS", ["GITHUB_HEAD_REF", "GITHUB_REF"]),
        ("TF_BUILD", ["SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH"]),
        ("GITLAB_CI", ["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH"]),
        ("BITBUCKET_BUILD_NUMBER", ["BITBUCKET_BRANCH"]),
        ("BUILDKITE", ["BUILDKITE_BRANCH"]),
        ("CIRCLECI", ["CIRCLE_BRANCH"]),
        ("JENKINS_URL", ["CHANGE_BRANCH", "GIT_LOCAL_BRANCH", "BRANCH_NAME"]),
    ];

    // These hold a full reference: that of a tag, or of a pull request's merge, is no branch.
    private static readonly string[] Full = ["GITHUB_REF", "BUILD_SOURCEBRANCH"];

    /// <summary>The branch; null where no CI system is known to run, or it builds none.</summary>
    /// <param name="variable">Gives an environment variable's value, or null.</param>
    public static CiBranch? Of(Func<string, string?> variable) =>
        Systems.Where(system => !string.IsNullOrEmpty(variable(system.Mark)))
            .SelectMany(system => system.Variables)
            .Select(name => Named(variable(name), name))
            .FirstOrDefault(branch => branch is not null);

    private static CiBranch? Named(string? value, string variable)
    {
        var isFull = value?.StartsWith(Branches, StringComparison.Ordinal) == true;
        if (isFull)
            value = value![Branches.Length..];
        // git allows neither in a name (git-check-ref-format(1)).
        return string.IsNullOrEmpty(value) || (!isFull && Full.Contains(variable)) || value.Any(c => char.IsControl(c) || c == ' ')
            ? null
            : new CiBranch(value, variable);
    }
}
