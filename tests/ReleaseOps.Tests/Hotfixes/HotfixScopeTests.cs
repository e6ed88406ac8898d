using ReleaseOps.Hotfixes;
using ReleaseOps.Probes.Git;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Hotfixes;

public sealed class HotfixScopeTests
{
    private static readonly Hotfix Nothing = new(Template.OfParts("main", default, []));

    private static readonly HotfixRule ActionsOnly = new("actions-only")
    {
        Title = "Mutations go through /actions only",
        Paths = ["app/**"],
        Added = @"@router\.(post|put)\(",
        Unless = "/actions\"",
    };

    private static readonly HotfixRule Schema = new("schema")
    {
        Title = "Schema changes are backward compatible",
        Paths = ["alembic/versions/**"],
        Then = HotfixConsequence.Check,
        Steps = ["scope:backward-compatible"],
    };

    private static readonly HotfixRule WayBack = new("way-back")
    {
        Title = "A schema change has a way back",
        Paths = ["alembic/versions/*.py"],
        Change = [FileChange.Added, FileChange.Modified],
        Lacks = @"def downgrade\(",
    };

    [Fact]
    public void An_added_line_that_a_rule_forbids_is_refused_with_file_and_line()
    {
        var scope = Of(Nothing with { Rules = [ActionsOnly] }, Changed("app/stock.py", (7, "@router.post(\"/stock\")"), (9, "@router.post(\"/stock/actions\")")));
        var finding = Assert.Single(scope.Findings, f => f.Subject == "actions-only");
        Assert.Equal(Verdict.Failed, finding.Verdict);
        Assert.Equal("app/stock.py:7", finding.Source);
        Assert.Contains("adds '@router.post(\"/stock\")'", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_of_other_paths_passes() =>
        Assert.Equal(Verdict.Passed, Assert.Single(Of(Nothing with { Rules = [ActionsOnly] }, Changed("tools/x.py", (1, "@router.post(\"/x\")"))).Findings).Verdict);

    [Fact]
    public void A_removed_line_is_told_by_its_place_in_the_old_file()
    {
        var rule = new HotfixRule("idempotency") { Title = "Idempotency stays", Removed = "(?i)idempoten" };
        var file = new ChangedFile("app/new.py", FileChange.Renamed) { OldPath = "app/old.py", Removed = [new ChangedLine(3, "check_idempotency(key)")] };
        var finding = Assert.Single(Of(Nothing with { Rules = [rule] }, Change(file)).Findings);
        Assert.Equal((Verdict.Failed, "app/old.py:3"), (finding.Verdict, finding.Source));
    }

    [Fact]
    public void A_file_whose_lines_cannot_be_told_is_no_pass()
    {
        var file = new ChangedFile("app/data.bin", FileChange.Modified) { Unread = "it is binary" };
        Assert.Equal(Verdict.Inconclusive, Assert.Single(Of(Nothing with { Rules = [ActionsOnly] }, Change(file)).Findings).Verdict);
    }

    [Theory]
    [InlineData("def downgrade():\n    op.drop_column('x')", Verdict.Passed)]
    [InlineData("def upgrade(): pass", Verdict.Failed)]
    [InlineData(null, Verdict.Inconclusive)]
    public void What_a_new_file_must_have_in_it_is_looked_for_in_all_of_it(string? text, Verdict verdict)
    {
        var change = Changed("alembic/versions/1.py", (1, "x"));
        Assert.Equal(["alembic/versions/1.py"], HotfixRules.NeededTexts([WayBack], change));
        var scope = Of(Nothing with { Rules = [WayBack] }, change, texts: new() { ["alembic/versions/1.py"] = text });
        Assert.Equal(verdict, Assert.Single(scope.Findings).Verdict);
    }

    [Fact]
    public void A_rule_that_asks_for_more_needs_its_steps_where_it_fits()
    {
        var hotfix = Nothing with { Rules = [Schema] };
        Assert.Contains("scope:backward-compatible", Of(hotfix, Changed("alembic/versions/1.py", (1, "x"))).Needed);
        Assert.Empty(Of(hotfix, Changed("app/x.py", (1, "x"))).Needed);
        Assert.Contains("scope:backward-compatible", HotfixScope.Conditional(hotfix));
    }

    [Fact]
    public void A_path_of_no_part_of_the_product_needs_the_checks_of_all_of_them()
    {
        var hotfix = Nothing with
        {
            Domains = [new("pos") { Paths = ["app/pos/**"], Steps = ["regression:pos"] }, new("stock") { Paths = ["app/stock/**"], Steps = ["regression:stock"] }],
        };
        Assert.Equal(["regression:pos"], Of(hotfix, Changed("app/pos/a.py", (1, "x"))).Needed);
        Assert.Equal(2, Of(hotfix, Changed("setup.py", (1, "x"))).Needed.Count);
        // Moved from one to the other, it is of both.
        Assert.Equal(2, Of(hotfix, Change(new ChangedFile("app/pos/a.py", FileChange.Renamed) { OldPath = "app/stock/a.py" })).Needed.Count);
    }

    [Fact]
    public void A_change_of_no_declared_class_is_not_ready()
    {
        var hotfix = Nothing with { Classes = [new("configuration") { Paths = ["config/**"] }] };
        Assert.Equal(Verdict.Inconclusive, Assert.Single(Of(hotfix, Changed("config/a.toml", (1, "x"))).Findings).Verdict);
        Assert.Equal(Verdict.Passed, Assert.Single(Of(hotfix, Changed("config/a.toml", (1, "x")), hotfix.Classes[0]).Findings).Verdict);
        var outside = Assert.Single(Of(hotfix, Changed("app/a.py", (1, "x")), hotfix.Classes[0]).Findings);
        Assert.Equal((Verdict.Failed, "app/a.py"), (outside.Verdict, outside.Source));
    }

    [Fact]
    public void What_is_moved_into_a_class_paths_was_touched_where_it_was()
    {
        var hotfix = Nothing with { Classes = [new("configuration") { Paths = ["config/**"] }] };
        var outside = Assert.Single(Of(hotfix, Change(new ChangedFile("config/a.py", FileChange.Renamed) { OldPath = "app/a.py" }), hotfix.Classes[0]).Findings);
        Assert.Equal((Verdict.Failed, "app/a.py"), (outside.Verdict, outside.Source));
    }

    [Theory]
    // Out of what the rule is about, and out of its exception: only the side that the rule is about counts.
    [InlineData("tests/a.py", "app/a.py", "removes", Verdict.Failed)]
    [InlineData("app/a.py", "tests/a.py", "removes", Verdict.Passed)]
    [InlineData("tests/a.py", "app/a.py", "adds", Verdict.Passed)]
    [InlineData("app/a.py", "tests/a.py", "adds", Verdict.Failed)]
    [InlineData("tests/a.py", "app/a.py", "deleted", Verdict.Failed)]
    [InlineData("app/a.py", "tests/a.py", "deleted", Verdict.Passed)]
    [InlineData("tests/a.py", "app/a.py", "added", Verdict.Passed)]
    [InlineData("app/a.py", "tests/a.py", "added", Verdict.Failed)]
    [InlineData("tests/a.py", "app/a.py", "renamed", Verdict.Failed)]
    public void A_moved_file_is_gone_from_the_one_path_and_new_at_the_other(string path, string old, string about, Verdict verdict)
    {
        var rule = new HotfixRule("keys")
        {
            Title = "Keys stay",
            Paths = ["*.py"],
            Except = ["tests/**"],
            Removed = about == "removes" ? "key" : null,
            Added = about == "adds" ? "key" : null,
            Change = about switch { "deleted" => [FileChange.Deleted], "added" => [FileChange.Added], "renamed" => [FileChange.Renamed], _ => [] },
        };
        var moved = new ChangedFile(path, FileChange.Renamed) { OldPath = old, Removed = [new ChangedLine(3, "key = 1")], Added = [new ChangedLine(3, "key = 1")] };
        var finding = Assert.Single(Of(Nothing with { Rules = [rule] }, Change(moved)).Findings);
        Assert.Equal(verdict, finding.Verdict);
        if (verdict == Verdict.Failed)
            Assert.StartsWith("app/a.py", finding.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_changed_cannot_be_told_from_a_wrong_base() =>
        Assert.Equal(Verdict.Inconclusive, Assert.Single(Of(Nothing, Change()).Findings).Verdict);

    [Fact]
    public void A_commit_that_is_not_checked_out_was_not_what_the_checks_looked_at() =>
        Assert.Equal(Verdict.Inconclusive, Assert.Single(Of(Nothing, Changed("a", (1, "x")) with { IsCheckedOut = false }).Findings).Verdict);

    [Fact]
    public void What_is_not_committed_is_told_and_decides_nothing()
    {
        var finding = Assert.Single(Of(Nothing, Changed("a", (1, "x")) with { Uncommitted = ["b.py"] }).Findings);
        Assert.False(finding.Required);
        Assert.Contains("b.py", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_with_control_characters_cannot_write_on_the_screen()
    {
        var finding = Assert.Single(Of(Nothing with { Rules = [new("frozen") { Title = "Frozen", Paths = ["**"] }] }, Changed("a\u001b[2Jb\nc", (1, "x"))).Findings);
        Assert.DoesNotContain(finding.Text + finding.Source, c => char.IsControl(c));
    }

    private static HotfixScope Of(Hotfix hotfix, GitChange change, HotfixClass? declared = null, Dictionary<string, string?>? texts = null) =>
        HotfixScope.Of(hotfix, change, declared, texts ?? [], SecretMask.None);

    private static GitChange Changed(string path, params (int Line, string Text)[] added) =>
        Change(new ChangedFile(path, FileChange.Modified) { Added = [.. added.Select(a => new ChangedLine(a.Line, a.Text))] });

    private static GitChange Change(params ChangedFile[] files) => new("b000000000000", "c000000000000", files) { IsCheckedOut = true };
}
