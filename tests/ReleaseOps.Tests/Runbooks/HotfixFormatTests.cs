using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

/// <summary>What a hotfix is read into, and what its status is filled in with.</summary>
public class HotfixFormatTests
{
    private const string Text = """
        runbook: test
        parameters: { version: 1.2.3, live: main }
        roles: { owner: { may: [vote] }, lead: { may: [vote] } }
        sources: { prometheus: { url: http://p } }
        metrics: { m: { prometheus: q } }
        severities: { P0: { definition: out, mitigate: 30m }, P2: { definition: bad } }
        polls: { hotfix: { asks: { owner: Go?, lead: Go? } } }
        phases:
          - phase: checks
            steps:
              - { id: smoke, command: [pytest] }
              - { id: data, file: f }
              - { id: 'scope:why', confirm: It is needed, by: owner }
              - { id: 'regression:pos', command: [pytest, pos] }
        hotfix:
          base: ${{ params.live }}
          ticket: '[A-Z]+-\d+'
          branch: hotfix/<ticket>-<short-description>
          pull-request: 'Hotfix: <ticket> <impact summary>'
          tag: ${{ params.version }}+hotfix.<n>
          classes:
            defect: { title: A defect, steps: ['scope:why'] }
            configuration: { paths: ['config/**', '*.toml'] }
          rules:
            frozen: { title: Frozen stays, paths: docs/frozen, except: docs/frozen/drafts, change: [modified, deleted, renamed], then: refuse }
            guarded: { title: Guards stay, paths: ['app/**'], removed: '(?i)guard', unless: '^\s*#', then: check, steps: [smoke, 'scope:why'] }
            new-routes: { title: No new routes, added: '@router\.post\(', change: added, then: refuse }
            way-back: { title: There is a way back, paths: 'alembic/versions/*.py', lacks: 'def downgrade\(', then: refuse }
          domains:
            pos: { paths: ['app/**/pos/**'], steps: ['regression:pos'] }
            documents: { paths: 'docs/**' }
          contract: { file: api/openapi.yaml, fail-on: warning, ignore: api/accepted.yaml }
          approvals: hotfix
          rollback-first:
            critical: { title: The path is down, ask: Is it still down? }
            errors: { title: It burns, when: m > 5.0 }
            data: { title: Data is at risk, step: data }
            too-late: { title: It takes too long, too-late: true }
          status: |
            [HOTFIX] ${{ hotfix.ticket }} for ${{ release.version }} from ${{ params.live }}
            smoke: ${{ hotfix.checks.smoke }}, POS: ${{ hotfix.checks['regression:pos'] }}
        """;

    private static readonly Runbook Whole = Read.Good(Read.Text(Text));
    private static readonly Hotfix Fix = Whole.Hotfix!;

    [Fact]
    public void Nothing_is_odd_about_it() => Assert.Empty(Read.Text(Text).Problems);

    [Fact]
    public void It_says_what_is_live_and_how_things_are_named() => Assert.Equal(
        ("${{ params.live }}", @"[A-Z]+-\d+", "hotfix/<ticket>-<short-description>", "Hotfix: <ticket> <impact summary>", "${{ params.version }}+hotfix.<n>"),
        (Fix.Base.Text, Fix.Ticket, Fix.Branch!.Text, Fix.PullRequest!.Text, Fix.Tag!.Text));

    [Fact]
    public void A_class_has_its_paths_and_its_steps()
    {
        var (defect, configuration) = (Fix.Classes[0], Fix.Classes[1]);
        Assert.Equal(("defect", "A defect", "configuration", null), (defect.Name, defect.Title, configuration.Name, configuration.Title));
        Assert.Equal(["scope:why"], defect.Steps);
        Assert.Equal(["config/**", "*.toml"], configuration.Paths);
        Assert.Empty(defect.Paths.Concat(configuration.Steps));
    }

    [Fact]
    public void A_rule_has_all_that_it_looks_at()
    {
        Assert.Equal(["frozen", "guarded", "new-routes", "way-back"], Fix.Rules.Select(r => r.Name));
        var (frozen, guarded) = (Fix.Rules[0], Fix.Rules[1]);
        Assert.Equal(("Frozen stays", HotfixConsequence.Refuse), (frozen.Title, frozen.Then));
        Assert.Equal(["docs/frozen"], frozen.Paths);
        Assert.Equal(["docs/frozen/drafts"], frozen.Except);
        Assert.Equal([FileChange.Modified, FileChange.Deleted, FileChange.Renamed], frozen.Change);
        Assert.Equal((HotfixConsequence.Check, "(?i)guard", @"^\s*#", null, null), (guarded.Then, guarded.Removed, guarded.Unless, guarded.Added, guarded.Lacks));
        Assert.Equal(["smoke", "scope:why"], guarded.Steps);
        Assert.Equal((@"@router\.post\(", @"def downgrade\("), (Fix.Rules[2].Added, Fix.Rules[3].Lacks));
        Assert.Equal([FileChange.Added], Fix.Rules[2].Change);
        Assert.Equal(new Position(25, 13), frozen.At);
    }

    [Fact]
    public void A_domain_has_its_paths_and_the_steps_that_a_change_of_it_needs()
    {
        Assert.Equal(["pos", "documents"], Fix.Domains.Select(d => d.Name));
        Assert.Equal(["app/**/pos/**"], Fix.Domains[0].Paths);
        Assert.Equal(["regression:pos"], Fix.Domains[0].Steps);
        Assert.Equal(["docs/**"], Fix.Domains[1].Paths);
        Assert.Empty(Fix.Domains[1].Steps);
    }

    [Fact]
    public void The_contract_and_the_approvals_are_named()
    {
        Assert.Equal(("api/openapi.yaml", ChangeLevel.Warning, "api/accepted.yaml"), (Fix.Contract!.File.Text, Fix.Contract.FailOn, Fix.Contract.Ignore!.Text));
        Assert.Equal("hotfix", Fix.Approvals);
    }

    [Fact]
    public void A_condition_asks_one_thing()
    {
        Assert.Equal(["critical", "errors", "data", "too-late"], Fix.RollbackFirst.Select(c => c.Name));
        Assert.Equal(
            [("Is it still down?", null, null, false), (null, "m > 5.0", null, false), (null, null, "data", false), (null, null, null, true)],
            Fix.RollbackFirst.Select(c => (c.Ask, c.When?.ToString(), c.Step, c.IsTooLate)));
        Assert.Equal(("It takes too long", new Position(38, 15)), (Fix.RollbackFirst[3].Title, Fix.RollbackFirst[3].At));
    }

    [Fact]
    public void What_isn_t_said_has_its_default()
    {
        var hotfix = Read.Good(Read.Text("runbook: test\nhotfix: { base: main, contract: { file: openapi.json } }")).Hotfix!;
        Assert.Equal((ChangeLevel.Breaking, null), (hotfix.Contract!.FailOn, hotfix.Contract.Ignore));
        Assert.Equal((null, null, null, null, null, null), (hotfix.Ticket, hotfix.Branch, hotfix.PullRequest, hotfix.Tag, hotfix.Approvals, hotfix.Status));
        Assert.Equal(0, hotfix.Classes.Count + hotfix.Rules.Count + hotfix.Domains.Count + hotfix.RollbackFirst.Count);
    }

    [Fact]
    public void The_status_is_filled_in_with_the_hotfix_beside_parameters_and_release()
    {
        var parameters = ParameterBinder.Bind(Whole, new Dictionary<string, string> { ["live"] = "v1" });
        var hotfix = new Dictionary<string, object?>
        {
            ["ticket"] = "OPS-7",
            ["checks"] = new Dictionary<string, object?> { ["smoke"] = "passed", ["regression:pos"] = "not needed" },
        };
        var status = BindingScope.ForRun(parameters, ParameterBinder.ReleaseOf(Whole, parameters), new Dictionary<string, string>())
            .Bind(Fix.Status!, new Dictionary<string, object?> { ["hotfix"] = hotfix });
        Assert.Equal("[HOTFIX] OPS-7 for 1.2.3 from v1\nsmoke: passed, POS: not needed", status);
    }

    [Fact]
    public void What_a_status_speaks_of_and_isn_t_there_is_an_error()
    {
        var parameters = ParameterBinder.Bind(Whole, new Dictionary<string, string>());
        var scope = BindingScope.ForPlan(parameters, ParameterBinder.ReleaseOf(Whole, parameters));
        var hotfix = new Dictionary<string, object?> { ["hotfix"] = new Dictionary<string, object?> { ["ticket"] = "OPS-7" } };
        Assert.Equal(ErrorId.BindingFailed, Assert.Throws<ReleaseOpsException>(() => scope.Bind(Fix.Status!, hotfix)).Id);
        Assert.Equal(ErrorId.BindingFailed, Assert.Throws<ReleaseOpsException>(() => scope.Bind(Fix.Status!)).Id);
    }
}
