using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

/// <summary>A hotfix from the shell: what is open is said with the command that answers it, and that command is enough.</summary>
public sealed class HotfixCommandTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public HotfixCommandTests()
    {
        _scratch.Write("shop-hotfix.yaml", """
            runbook: shop-hotfix
            product: Shop
            parameters:
              version: 1.4.0
              previous: { required: true }
            roles:
              ops: { may: [vote, confirm] }
              qa: { may: [vote] }
            severities:
              P1: { definition: Major degradation, mitigate: 60m }
            polls:
              hotfix: { asks: { ops: Does it mend the incident?, qa: Are the checks passed? } }
            phases:
              - phase: checks
                steps:
                  - { id: smoke, command: [test, -f, app.txt], env: { DATABASE: '${{ secrets.DATABASE }}' } }
                  - { id: 'way-back', command: [git, rev-parse, '${{ params.previous }}'] }
                  - { id: 'scope:impact', confirm: The customer impact is clear, by: ops }
            hotfix:
              base: main
              ticket: '[A-Z]+-\d+'
              branch: hotfix/<ticket>-<short-description>
              classes:
                defect: { title: A critical defect, steps: ['scope:impact'] }
              rules:
                frozen: { title: Frozen lines stay, paths: '*.txt', removed: frozen, then: refuse }
              approvals: hotfix
              status: |
                ${{ hotfix.ticket }}: ${{ hotfix.ready }}, ${{ hotfix.scope }}
            """);
        _scratch.Write("app.txt", "frozen\nfree\n");
        Git("init", "-q", "-b", "main");
        Git("config", "user.name", "t");
        Git("config", "user.email", "t@localhost");
        Git("add", "app.txt");
        Git("commit", "-qm", "live");
        Git("checkout", "-q", "-b", "hotfix/SHOP-7-stock-total");
        Change("frozen\nfree again\n");
    }

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("git")]
    public void The_commands_that_it_names_answer_what_is_open_and_need_no_secret()
    {
        var open = Hotfix("--class", "defect").With(3);
        const string Mark = ": releaseops ";
        var named = open.Lines.Where(l => l.StartsWith("Answer as ", StringComparison.Ordinal))
            .Select(l => l[(l.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..]).ToList();
        Assert.Equal(
            [
                "hotfix approve shop-hotfix scope:impact --role ops",
                "hotfix approve shop-hotfix --role ops",
                "hotfix approve shop-hotfix --role qa",
            ], named);
        Assert.EndsWith("Hotfix readiness: HOLD (3 open)", open.Out.TrimEnd(), StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(_scratch.Folder, "runbooks"));
        File.Copy(Path.Combine(_scratch.Folder, "shop-hotfix.yaml"), Path.Combine(_scratch.Folder, "runbooks", "shop-hotfix.yaml"));
        foreach (var command in named)
            _scratch.Run(command.Split(' ')).With(0);

        // Both roles were spoken for by one person, which isn't enough; the check that was confirmed isn't asked again.
        var answered = Hotfix("--class", "defect").With(3);
        Assert.DoesNotContain("nobody is there", answered.Out, StringComparison.Ordinal);
        Assert.Contains("another person must look as well", answered.Out, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public void A_broken_rule_is_exit_code_1_and_is_annotated_at_its_line()
    {
        Change("free\n");
        var ended = HotfixIn(new() { ["GITHUB_ACTIONS"] = "true" }, "--class", "defect").With(1);
        Assert.Contains(
            ended.Lines, l => l.StartsWith("::error file=app.txt,line=1,title=frozen%3A FAIL::Frozen lines stay", StringComparison.Ordinal));
        Assert.Contains("\nSHOP-7: NOT READY, 1 file, +0 -1\n", ended.Out, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public void A_dry_run_shows_every_check_and_rule_and_starts_nothing()
    {
        var shown = _scratch.Run("hotfix", "./shop-hotfix.yaml", "--dry-run").With(0).Out;
        Assert.All(
            ["test -f app.txt", "frozen: Frozen lines stay", "A real run still needs values for: previous", "Hotfix readiness: DRY-RUN"],
            text => Assert.Contains(text, shown, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_scratch.Evidence));
    }

    private Ended Hotfix(params string[] more) => HotfixIn([], more);

    private Ended HotfixIn(Dictionary<string, string> environment, params string[] more) => Cli.Run(
        _scratch.Folder, [Cli.Program, "hotfix", "./shop-hotfix.yaml", "-p", "previous=main", .. more],
        new(environment) { ["DATABASE"] = "postgres://one" });

    private void Change(string text)
    {
        _scratch.Write("app.txt", text);
        Git("commit", "-qam", "mend it");
    }

    private void Git(params string[] arguments) => Cli.Run(_scratch.Folder, ["git", .. arguments], []).With(0);
}
