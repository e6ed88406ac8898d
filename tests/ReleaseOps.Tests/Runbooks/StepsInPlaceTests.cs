namespace ReleaseOps.Tests.Runbooks;

/// <summary>Steps that would do harm where they stand.</summary>
public class StepsInPlaceTests
{
    private const string Steps = "- { id: act, command: [x], changes: it }\n      - { id: ask, confirm: Well? }\n      - { id: look, file: f }";

    [Theory]
    [InlineData("step: act", "", "", "'act' changes something, and a trigger would do it again at every look")]
    [InlineData("step: ask", "", "", "a trigger looks at 'ask' throughout, so it can't be a confirm, message, poll or measure")]
    [InlineData("step: look", "checks: [{ id: c, command: [x], changes: it }]", "", "'c' changes something, and a stage's checks are looked at again")]
    [InlineData("step: look", "steps: [{ id: a, file: f, needs: [b] }, { id: b, file: f }]", "", "'a' needs 'b', which is done after it")]
    [InlineData("step: look", "steps: [{ id: a, file: f, needs: [b] }], checks: [{ id: b, file: f }]", "", "'a' needs 'b', which is done after it")]
    [InlineData("step: look", "", "{ id: r, file: f, needs: [v] }", "'r' needs 'v', which is done after it")]
    [InlineData("step: look", "steps: [{ id: 'deploy:s', file: f, approval: boss }]", "", "the step 'deploy:s' has the name that approvals of a stage")]
    [InlineData("step: look", "steps: [{ id: hotfix, file: f, approval: boss }]", "", "the step 'hotfix' has the name that approvals of a stage")]
    public void A_step_out_of_place_is_a_problem(string trigger, string stage, string back, string expected) =>
        Assert.Contains(Problems(trigger, stage, back), p => p.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Steps_in_their_place_are_none() =>
        Assert.Empty(Problems("step: look", "steps: [{ id: a, file: f }, { id: b, file: f, needs: [a, look] }], checks: [{ id: c, file: f, needs: [b] }]", ""));

    private static List<string> Problems(string trigger, string stage, string back) => [.. Read.Text($$"""
        runbook: r
        product: p
        roles: { boss: { may: [vote] } }
        windows: { hotfix: boss }
        phases:
          - phase: before
            steps:
              {{Steps}}
          - phase: deploy
            rollout:
              abort: [bad]
              stages: [{ name: s, weight: 1, approval: boss{{(stage.Length == 0 ? "" : ", " + stage)}} }]
        triggers: { bad: { {{trigger}}, then: rollback } }
        rollback: { steps: [{{(back.Length == 0 ? "{ id: r, file: f }" : back)}}], verify: [{ id: v, file: f }] }
        """).Problems.Select(p => p.ToString())];
}
