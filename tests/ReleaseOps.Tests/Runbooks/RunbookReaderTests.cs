using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public class RunbookReaderTests
{
    private static readonly string File = Path.Combine(Read.Folder(), "Files", "go-live.yaml");

    private static readonly Runbook GoLive = RunbookReader.Load(File);

    [Fact]
    public void A_good_runbook_has_no_problems() => Assert.Equal([], RunbookReader.Read(File).Problems);

    [Fact]
    public void The_head_says_what_it_is()
    {
        Assert.Equal("go-live", GoLive.Name);
        Assert.Equal("ARIS3 v1 controlled go-live", GoLive.Title);
        Assert.Equal("ARIS3", GoLive.Product);
        Assert.Equal("Takes ARIS3 from the pre-deploy checks through the canary to the end of hypercare.", GoLive.Description);
        Assert.Equal(File, GoLive.File);
        Assert.Equal(["API_TOKEN", "DATABASE_URL"], GoLive.Secrets);
    }

    [Fact]
    public void The_digest_is_that_of_the_bytes() =>
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.IO.File.ReadAllBytes(File))),
            GoLive.Digest);

    [Fact]
    public void Title_and_product_fall_back_to_the_name()
    {
        var runbook = Read.Good(Read.Top());
        Assert.Equal(("test", "test"), (runbook.Title, runbook.Product));
    }

    [Fact]
    public void A_value_stays_as_it_was_written()
    {
        Assert.Equal("1.10", Parameter("version").Default);
        foreach (var trap in (string[])["no", "1e3", "0123", "12:30", "~", "null", "0x1F", "2026-01-01", "1_000", "1.10"])
            Assert.Equal(trap, Read.Good(Read.Top($"parameters: {{ a: {trap} }}")).Parameters[0].Default);
    }

    [Fact]
    public void A_parameter_without_a_default_is_required_unless_it_says_otherwise()
    {
        var runbook = Read.Good(Read.Top("parameters:", "  a: { type: integer }", "  b: { required: false }", "  c: { default: '' }",
            "  d: x"));
        Assert.Equal([true, false, false, false], runbook.Parameters.Select(p => p.Required));
        Assert.Equal([null, null, "", "x"], runbook.Parameters.Select(p => p.Default));
    }

    [Fact]
    public void Phases_keep_their_order_and_times()
    {
        Assert.Equal(["pre-deploy", "facts", "deploy", "verify"], GoLive.Phases.Select(p => p.Name));
        Assert.Equal(TimeSpan.FromMinutes(-60), GoLive.Phases[0].At!.Value.FromT0);
        Assert.True(GoLive.Phases[1].Parallel);
        Assert.Equal(new Position(28, 5), GoLive.Phases[0].Position);
    }

    [Fact]
    public void Each_kind_of_work_is_read()
    {
        Assert.Equal(
            [
                typeof(CommandWork), typeof(CommandWork), typeof(CommandWork), typeof(ConfirmWork), typeof(ScriptWork), typeof(CommandWork),
                typeof(GitWork), typeof(FileWork), typeof(ChecksumsWork), typeof(DocumentWork), typeof(JUnitWork), typeof(MessageWork),
                typeof(HttpWork), typeof(HttpWork), typeof(HttpWork),
            ],
            GoLive.Phases.SelectMany(p => p.Steps).Select(s => s.Work.GetType()));
    }

    [Fact]
    public void A_command_keeps_its_arguments_apart()
    {
        var gate = Step("release-gate:day6");
        var work = Assert.IsType<CommandWork>(gate.Work);
        Assert.Equal(["python", "scripts/release_readiness_gate.py", "--pytest-target", "tests/smoke/test_post_merge_readiness.py"],
            work.Arguments.Select(a => a.Text));
        Assert.Equal(["DATABASE_URL"], work.Environment["DATABASE_URL"].SecretNames);
        Assert.Equal(TimeSpan.FromMinutes(15), gate.Timeout);
        Assert.Equal(["git:working-tree-clean"], gate.Needs);
        Assert.Equal(ExitCodes.Pytest, Assert.IsType<CommandWork>(Step("smoke").Work).ExitCodes);
        Assert.Equal(new Retry(2, TimeSpan.FromSeconds(10)), Step("smoke").Retry);
        Assert.Equal(Read.Good(Read.Step("command: [x]")).Phases[0].Steps[0].Timeout, ReleaseOps.Runbooks.Step.DefaultTimeout);
    }

    [Fact]
    public void An_action_says_what_it_changes_and_how_to_tell()
    {
        var migrate = Step("migrate");
        Assert.True(migrate.IsAction);
        Assert.False(migrate.Required);
        Assert.Equal("production schema", migrate.Changes!.Text);
        Assert.Equal("decision-owner", migrate.Role);
        Assert.Equal("params.environment == 'prod'", migrate.If!.ToString());
        Assert.IsType<CommandWork>(migrate.Verify!.Work);
        Assert.Equal("output.contains(\"(head)\")", Assert.Single(migrate.Verify.Expect).ToString());
    }

    [Fact]
    public void An_http_step_is_read()
    {
        var stock = Assert.IsType<HttpWork>(Step("contract:stock").Work);
        Assert.Equal("GET", stock.Method);
        Assert.Equal(2, stock.Redirects);
        Assert.Equal(8 << 20, stock.MaxBody);
        Assert.Equal(2, Step("contract:stock").Expect.Count);
        Assert.Equal(2, Assert.IsType<HttpWork>(Step("health").Work).Urls.Count);
        Assert.Equal("POST", Assert.IsType<HttpWork>(Step("order").Work).Method);
    }

    [Fact]
    public void A_rollout_is_read()
    {
        var rollout = GoLive.Phases[2].Rollout!;
        Assert.Equal(["unhealthy", "error-rate"], rollout.Abort);
        Assert.Equal([10, 100], rollout.Stages.Select(s => s.Weight));
        var canary = rollout.Stages[0];
        Assert.Equal(("canary", "canary", (string?)null), (canary.Name, canary.Gate, canary.Approval));
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30)), (canary.Watch, canary.Interval));
        Assert.Equal(["./deploy.sh", "--batch", "10"], ((CommandWork)canary.Steps[0].Work).Arguments.Select(a => a.Text));
    }

    [Fact]
    public void Guards_are_read()
    {
        Assert.Equal(["availability >= 99.5", "error_rate < 1.5", "latency_p95 < 110"], GoLive.Gates[0].Criteria.Select(c => c.ToString()));
        Assert.Equal((3, "health", Consequence.Rollback),
            (GoLive.Triggers[0].Consecutive, GoLive.Triggers[0].Step, GoLive.Triggers[0].Then));
        Assert.Equal(TimeSpan.FromMinutes(10), GoLive.Triggers[1].For);
        Assert.Equal(["SEV0", "SEV1"], GoLive.Severities.Select(s => s.Name));
        Assert.Equal(TimeSpan.FromHours(1), GoLive.Severities[1].Mitigate);
        Assert.Equal(("%", Reduce.Max, "prometheus"), (GoLive.Metrics[0].Unit, GoLive.Metrics[0].Reduce, GoLive.Metrics[0].Source));
        Assert.Equal(TimeSpan.FromMinutes(5), GoLive.Rollback!.Within);
        Assert.Equal("T+2h", GoLive.Schedule[0].At.ToString());
        Assert.Equal(TimeSpan.FromMinutes(10), GoLive.Messages[0].NextUpdate);
        Assert.Equal(["slack", "#ops"], GoLive.Messages[0].Channels);
        Assert.Equal(["approve-restore"], GoLive.Roles[1].May);
    }

    [Fact]
    public void What_looks_like_yaml_machinery_inside_values_is_text()
    {
        var script = "script: |\n          a && b | c > d  # not a comment\n          *.xml !x &y <<EOF\n          - [[[[\n          EOF";
        var runbook = Read.Good(Read.Step(script, "title: 'a: b & *c !d << e'", "owner: \"*star\"",
            "expect: exit == 0 && output != \"&x *y\" # a comment & *more"));
        var step = runbook.Phases[0].Steps[0];
        Assert.Equal("a && b | c > d  # not a comment\n*.xml !x &y <<EOF\n- [[[[\nEOF\n", Assert.IsType<ScriptWork>(step.Work).Script);
        Assert.Equal("exit == 0 && output != \"&x *y\"", step.Expect[0].ToString());
    }

    [Fact]
    public void A_byte_order_mark_and_line_ends_of_windows_do_no_harm()
    {
        var text = System.IO.File.ReadAllText(File).ReplaceLineEndings("\r\n");
        var reading = RunbookReader.Parse(System.Text.Encoding.UTF8.GetBytes('\uFEFF' + text), "x");
        Assert.Equal(15, Read.Good(reading).Phases.Sum(p => p.Steps.Count));
    }

    [Fact]
    public void Loading_a_bad_one_throws_with_all_of_its_problems()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        System.IO.File.WriteAllText(file, "runbook: X\ntitel: y\n");
        try
        {
            var error = Assert.Throws<RunbookInvalidException>(() => RunbookReader.Load(file));
            Assert.Equal(ErrorId.RunbookInvalid, error.Id);
            Assert.Equal(3, error.Problems.Count);
            Assert.Contains(file + ":2:1: error UnknownKey: unknown key 'titel' in a runbook; did you mean 'title'?", error.Message,
                StringComparison.Ordinal);
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    private static Parameter Parameter(string name) => GoLive.Parameters.Single(p => p.Name == name);

    private static Step Step(string id) => GoLive.Phases.SelectMany(p => p.Steps).Single(s => s.Id == id);
}
