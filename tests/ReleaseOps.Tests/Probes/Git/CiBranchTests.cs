using ReleaseOps.Probes.Git;

namespace ReleaseOps.Tests.Probes.Git;

public class CiBranchTests
{
    [Theory]
    [InlineData("GITHUB_ACTIONS=true GITHUB_HEAD_REF=hotfix/A-1-x GITHUB_REF=refs/pull/7/merge", "hotfix/A-1-x", "GITHUB_HEAD_REF")]
    [InlineData("GITHUB_ACTIONS=true GITHUB_HEAD_REF= GITHUB_REF=refs/heads/hotfix/A-1-x", "hotfix/A-1-x", "GITHUB_REF")]
    [InlineData("TF_BUILD=True SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/hotfix/A-1-x BUILD_SOURCEBRANCH=refs/pull/7/merge",
        "hotfix/A-1-x", "SYSTEM_PULLREQUEST_SOURCEBRANCH")]
    [InlineData("TF_BUILD=True BUILD_SOURCEBRANCH=refs/heads/hotfix/A-1-x", "hotfix/A-1-x", "BUILD_SOURCEBRANCH")]
    [InlineData("GITLAB_CI=true CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=hotfix/A-1-x", "hotfix/A-1-x", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME")]
    [InlineData("GITLAB_CI=true CI_COMMIT_BRANCH=hotfix/A-1-x", "hotfix/A-1-x", "CI_COMMIT_BRANCH")]
    [InlineData("BITBUCKET_BUILD_NUMBER=9 BITBUCKET_BRANCH=hotfix/A-1-x", "hotfix/A-1-x", "BITBUCKET_BRANCH")]
    [InlineData("BUILDKITE=true BUILDKITE_BRANCH=hotfix/A-1-x", "hotfix/A-1-x", "BUILDKITE_BRANCH")]
    [InlineData("CIRCLECI=true CIRCLE_BRANCH=hotfix/A-1-x", "hotfix/A-1-x", "CIRCLE_BRANCH")]
    [InlineData("JENKINS_URL=http://ci CHANGE_BRANCH=hotfix/A-1-x BRANCH_NAME=PR-7", "hotfix/A-1-x", "CHANGE_BRANCH")]
    public void The_branch_that_is_built_is_named_with_where_it_was_taken_from(string environment, string name, string variable) =>
        Assert.Equal(new CiBranch(name, variable), Of(environment));

    [Theory]
    [InlineData("")]
    [InlineData("GITHUB_HEAD_REF=hotfix/A-1-x BITBUCKET_BRANCH=hotfix/A-1-x CI_COMMIT_BRANCH=hotfix/A-1-x")]
    [InlineData("GITHUB_ACTIONS=true GITHUB_REF=refs/tags/v1")]
    [InlineData("GITHUB_ACTIONS=true GITHUB_REF=refs/pull/7/merge")]
    [InlineData("TF_BUILD=True BUILD_SOURCEBRANCH=refs/tags/v1")]
    [InlineData("GITLAB_CI=true CI_COMMIT_TAG=v1")]
    [InlineData("GITHUB_ACTIONS=true GITHUB_HEAD_REF=a\nb")]
    [InlineData("GITHUB_ACTIONS=true GITHUB_HEAD_REF=refs/heads/")]
    public void No_branch_is_made_up(string environment) => Assert.Null(Of(environment));

    private static CiBranch? Of(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(v => v.Split('=')[0], v => v.Split('=')[1]);
        return CiBranch.Of(name => variables.GetValueOrDefault(name));
    }
}
