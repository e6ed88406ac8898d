using System.Diagnostics;
using ReleaseOps.Expressions;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Evidence;

namespace ReleaseOps.Tests.Runbooks;

/// <summary>Every line of the hotfix safety protocol of ARIS3 is in its runbook.</summary>
public class Aris3HotfixTests
{
    private static readonly string Path = System.IO.Path.Join(Golden.Root, "module/runbooks/aris3-hotfix.yaml");
    private static readonly Runbook Book = RunbookReader.Load(Path);
    private static readonly Hotfix Fix = Book.Hotfix!;
    private static readonly IReadOnlyList<Step> Checks = [.. Book.Phases.SelectMany(p => p.Steps)];

    [Fact]
    public void It_reads_without_an_error_or_a_warning() => Assert.Empty(RunbookReader.Parse(File.ReadAllBytes(Path), Path).Problems);

    [Fact]
    public void A_dry_run_lacks_nothing_but_the_release_to_go_back_to()
    {
        var plan = Planner.Make(Book, new Dictionary<string, string>(), Selection.All);
        Assert.Equal(["previous"], plan.Missing);
        Assert.Equal(["DATABASE_URL"], plan.Secrets);
    }

    [Theory]
    [InlineData("defect", "Critical P0/P1 defect fix with clear customer impact")]
    [InlineData("configuration", "Configuration or threshold adjustment with rollback path")]
    [InlineData("correctness", "Non-breaking correctness fix that keeps frozen rules intact")]
    [InlineData("observability", "Observability/alerting improvement that does not alter API contracts")]
    public void Each_class_that_is_allowed_has_a_person_answer_for_it(string name, string title)
    {
        var found = Fix.Classes.Single(c => c.Name == name);
        Assert.Equal(title, found.Title);
        Assert.IsType<ConfirmWork>(Step(Assert.Single(found.Steps)).Work);
    }

    [Fact]
    public void There_is_no_other_class() => Assert.Equal(4, Fix.Classes.Count);

    [Theory]
    [InlineData("config/limits.yaml", true)]
    [InlineData("monitoring/alerts/p95.yml", true)]
    [InlineData("app/config.py", false)]
    [InlineData("pyproject.toml", false)]
    public void Configuration_is_no_code(string path, bool may) => Assert.Equal(may, Means(Fix.Classes.Single(c => c.Name == "configuration").Paths, path));

    [Theory]
    [InlineData("actions-only", "@router.post(\"/transfers\")", true)]
    [InlineData("actions-only", "@router.post(\"/transfers/{id}/actions\")", false)]
    [InlineData("actions-only", "    @app.api.v1.delete('/stock/{id}')", true)]
    [InlineData("actions-only", "router.add_api_route('/stock', put_stock, methods=['PUT'])", true)]
    [InlineData("actions-only", "@router.post(", true)]
    [InlineData("actions-only", "@router.get(\"/stock\")", false)]
    [InlineData("actions-only", "    answer = await client.post(url)", false)]
    [InlineData("idempotency-touched", "    key = headers['Idempotency-Key']", true)]
    [InlineData("transactions-new", "    session.commit()", true)]
    [InlineData("transactions-new", "    committed = True", false)]
    public void A_new_line_fits_a_rule(string rule, string line, bool fits)
    {
        var found = Fix.Rules.Single(r => r.Name == rule);
        Assert.Equal(fits, Pattern.Of(found.Added!).IsMatch(line) == true && (found.Unless is null || Pattern.Of(found.Unless).IsMatch(line) == false));
    }

    [Theory]
    [InlineData("idempotency-stays", "    key = require_idempotency_key(request)", true)]
    [InlineData("idempotency-stays", "    # the key of idempotency", false)]
    [InlineData("idempotency-stays", "    key = request.id", false)]
    [InlineData("actions-stay", "@router.post(\"/transfers/{id}/actions\")", true)]
    [InlineData("transactions-stay", "    rows = query.with_for_update()", true)]
    [InlineData("transactions-stay", "    rows = query.all()", false)]
    public void A_line_that_is_gone_fits_a_rule(string rule, string line, bool fits)
    {
        var found = Fix.Rules.Single(r => r.Name == rule);
        Assert.Equal(fits, Pattern.Of(found.Removed!).IsMatch(line) == true && (found.Unless is null || Pattern.Of(found.Unless).IsMatch(line) == false));
    }

    [Theory]
    [InlineData("schema-way-back", "alembic/versions/0042_fix.py", true)]
    [InlineData("schema-way-back", "service/migrations/versions/0042_fix.py", true)]
    [InlineData("schema-compatible", "alembic/env.py", true)]
    [InlineData("schema-compatible", "scripts/fix.sql", true)]
    [InlineData("schema-compatible", "app/models.py", false)]
    [InlineData("actions-only", "app/api/v1/pos.py", true)]
    [InlineData("actions-only", "tests/test_pos.py", false)]
    [InlineData("actions-only", "README.md", false)]
    [InlineData("idempotency-stays", "tests/test_keys.py", false)]
    [InlineData("checks-stay", "scripts/post_go_live_integrity_check.py", true)]
    [InlineData("checks-stay", "deploy.sh", true)]
    [InlineData("checks-stay", "tests/smoke/test_post_go_live_stability.py", true)]
    public void A_path_is_a_rules_own(string rule, string path, bool own)
    {
        var found = Fix.Rules.Single(r => r.Name == rule);
        Assert.Equal(own, Means(found.Paths, path) && !Means(found.Except, path));
    }

    [Theory]
    [InlineData("def downgrade() -> None:", true)]
    [InlineData("# there is no def downgrade():", false)]
    public void A_migration_has_its_way_back(string text, bool has) =>
        Assert.Equal(has, Pattern.Of(Fix.Rules.Single(r => r.Name == "schema-way-back").Lacks!).IsMatch($"import alembic\n{text}\n    pass\n"));

    [Fact]
    public void What_is_not_allowed_is_refused_by_a_rule_or_the_contract_or_asked()
    {
        Assert.Equal(["actions-only", "idempotency-stays", "schema-way-back"], Fix.Rules.Where(r => r.Then == HotfixConsequence.Refuse).Select(r => r.Name));
        Assert.Equal(("${{ params.openapi }}", ChangeLevel.Breaking), (Fix.Contract!.File.Text, Fix.Contract.FailOn));
        Assert.Equal(["scope:backward-compatible", "scope:schema-rollback", "migrations:single-head"], Fix.Rules.Single(r => r.Name == "schema-compatible").Steps);
        Assert.Equal(["scope:frozen-rules", "scope:no-new-feature"],
            Book.Phases.Single(p => p.Name == "scope").Steps.Select(s => s.Id).Except(Asked()));
    }

    [Theory]
    [InlineData("smoke", "pytest -q tests/smoke/test_post_go_live_stability.py", ExitCodes.Pytest)]
    [InlineData("integrity", "python scripts/post_go_live_integrity_check.py --strict", ExitCodes.Zero)]
    [InlineData("regression:pos", "pytest -q ${{ params.regression_pos }}", ExitCodes.Pytest)]
    [InlineData("regression:rbac", "pytest -q ${{ params.regression_rbac }}", ExitCodes.Pytest)]
    [InlineData("regression:transfers", "pytest -q ${{ params.regression_transfers }}", ExitCodes.Pytest)]
    [InlineData("regression:stock", "pytest -q ${{ params.regression_stock }}", ExitCodes.Pytest)]
    public void A_mandatory_check_is_the_protocols_command(string id, string command, ExitCodes codes)
    {
        var work = Assert.IsType<CommandWork>(Step(id).Work);
        Assert.Equal((command, codes), (string.Join(' ', work.Arguments), work.ExitCodes));
    }

    [Fact]
    public void The_mandatory_checks_are_made_whatever_the_change_is() =>
        Assert.Empty(Asked().Intersect(["smoke", "integrity", "rollback:release", "rollback:dry-run", "file:protocol", "file:smoke", "file:integrity"]));

    [NeedsProgramTheory("sh", "grep")]
    [InlineData("#!/bin/sh\n# --rollback --dry-run\necho \"$@\" > ran\n", 0, "--env prod --rollback --to 0.1.0-rc.2 --dry-run")]
    [InlineData("#!/bin/sh\n# --rollback --dry-run\necho no > ran; exit 4\n", 4, "no")]
    // What would go back in earnest is not started.
    [InlineData("#!/bin/sh\n# --rollback\necho earnest > ran\n", 1, null)]
    [InlineData("#!/bin/sh\n# --dry-run\necho earnest > ran\n", 1, null)]
    [InlineData(null, 1, null)]
    public async Task The_way_back_is_tried_where_it_has_a_dry_run_and_nowhere_else(string? deploy, int exit, string? ran)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            if (deploy is not null)
                await File.WriteAllTextAsync(System.IO.Path.Join(folder.FullName, "deploy"), deploy);
            // A program that this process wrote itself may be busy while a test beside it starts another one.
            const string copy = "if [ -f deploy ]; then cp deploy deploy.sh && chmod +x deploy.sh; fi\n";
            var start = new ProcessStartInfo("sh", ["-c", copy + Assert.IsType<ScriptWork>(Step("rollback:dry-run").Work).Script])
            { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
            (start.Environment["PARAM_PREVIOUS"], start.Environment["PARAM_DRY_RUN"]) = ("0.1.0-rc.2", "--dry-run");
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            var file = System.IO.Path.Join(folder.FullName, "ran");
            Assert.Equal((exit, ran), (process.ExitCode, File.Exists(file) ? (await File.ReadAllTextAsync(file)).Trim() : null));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("app/api/pos/sales.py", "pos")]
    [InlineData("app/checkout/pay.py", "pos")]
    [InlineData("app/transfers/actions.py", "transfers")]
    [InlineData("app/services/stock/totals.py", "stock")]
    [InlineData("app/auth/roles.py", "rbac")]
    [InlineData("docs/a/b.md", "documents")]
    [InlineData("README.md", "documents")]
    [InlineData("app/core/db.py", null)]
    [InlineData("app/repos/stocks.py", null)]
    [InlineData("app/README.md", null)]
    [InlineData("config/limits.yaml", null)]
    public void A_path_is_in_the_domain_that_it_touches_or_in_none(string path, string? domain) =>
        Assert.Equal(domain, Fix.Domains.SingleOrDefault(d => Means(d.Paths, path))?.Name);

    [Fact]
    public void Each_domain_has_its_regression_and_documents_need_none() => Assert.Equal(
        ["pos: regression:pos, scope:pos", "transfers: regression:transfers, scope:stock", "stock: regression:stock, scope:stock", "rbac: regression:rbac", "documents: "],
        Fix.Domains.Select(d => $"{d.Name}: {string.Join(", ", d.Steps)}"));

    [Fact]
    public void Both_owners_approve()
    {
        var poll = Book.Polls.Single(p => p.Name == Fix.Approvals);
        Assert.Equal(["incident-owner", "release-owner"], poll.Asks.Select(a => a.Role));
        Assert.Equal(2, poll.Quorum);
        Assert.All(poll.Asks, ask => Assert.Contains("vote", Book.Roles.Single(r => r.Name == ask.Role).May));
    }

    [Fact]
    public void The_names_are_the_protocols() => Assert.Equal(
        ("hotfix/<ticket>-<short-description>", "Hotfix: <ticket> <impact summary>", "${{ params.version }}+hotfix.<n>", "0.1.0-rc.3"),
        (Fix.Branch!.Text, Fix.PullRequest!.Text, Fix.Tag!.Text, Book.Parameters.Single(p => p.Name == "version").Default));

    [Fact]
    public void One_goes_back_first_under_the_protocols_conditions()
    {
        Assert.Equal(
            ["Customer-critical path remains unavailable after initial mitigation", "Root cause is uncertain and patch confidence is low",
                "Data integrity risk is non-trivial (stock totals, transfer state drift, checkout accounting drift)", "Hotfix ETA exceeds agreed incident SLO for restoration"],
            Fix.RollbackFirst.Select(c => c.Title));
        Assert.Equal([true, true, false, false], Fix.RollbackFirst.Select(c => c.Ask is not null));
        Assert.Equal(("integrity", true), (Fix.RollbackFirst[2].Step, Fix.RollbackFirst[3].IsTooLate));
    }

    [Theory]
    [InlineData("P0", "SEV0")]
    [InlineData("P1", "SEV1")]
    [InlineData("P2", "SEV2")]
    public void A_severity_has_the_clocks_of_the_day_1_watch(string name, string older)
    {
        var (found, watched) = (Book.Severities.Single(s => s.Name == name), RunbookReader.Load(System.IO.Path.Join(Golden.Root, "module/runbooks/aris3-day1-watch.yaml"))
            .Severities.Single(s => s.Name == older));
        Assert.Equal((watched.Definition, watched.Acknowledge, watched.Mitigate), (found.Definition, found.Acknowledge, found.Mitigate));
    }

    [Fact]
    public void The_status_has_the_templates_lines() => Assert.Equal(
        ["[ARIS3 HOTFIX STATUS]", "Ticket", "Severity", "Customer impact", "Current decision", "Change scope", "Frozen rules check", "Checks executed", "- smoke",
            "- integrity", "- targeted regression", "Rollback plan", "Owner", "Next update (UTC)"],
        Fix.Status!.Text.TrimEnd().Split('\n').Select(l => l.Split(": ", 2)[0].TrimEnd(':')));

    [Fact]
    public void The_live_stock_contract_is_left_out_where_no_host_is_given_and_is_go_lives()
    {
        var goLive = RunbookReader.Load(System.IO.Path.Join(Golden.Root, "module/runbooks/aris3-go-live.yaml")).AllSteps().Single(s => s.Id == "contract:stock");
        Assert.Equal("params.host != \"\"", Step("contract:stock").If!.ToString());
        Assert.Equal(goLive.Expect.Select(e => e.ToString()), Step("contract:stock").Expect.Select(e => e.ToString()));
    }

    private static Step Step(string id) => Checks.Single(s => s.Id == id);

    private static HashSet<string> Asked() =>
        [.. Fix.Classes.SelectMany(c => c.Steps), .. Fix.Rules.SelectMany(r => r.Steps), .. Fix.Domains.SelectMany(d => d.Steps)];

    private static bool Means(IReadOnlyList<string> globs, string path) => globs.Any(g => PathGlob.Parse(g).Fits(path));
}
