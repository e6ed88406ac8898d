using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

public class MarkdownReportTests
{
    // What a cell may hold beside code spans: our words, a number, a decision in bold, a link into the folder.
    private static readonly Regex OurOwn = new(@"^( |\*\*[A-Z-]+\*\*|[A-Za-z-]+|[0-9TZ.:-]+|\(s\)"
        + @"|\(optional\)|\(\)|\([A-Z][A-Za-z]+\)|\[\]\([A-Za-z0-9][A-Za-z0-9._/-]*\))*$");

    [Fact]
    public void No_text_leaves_its_cell_or_becomes_more_than_code()
    {
        Prop.ForAll(Hostile.BrokenTexts.ToArbitrary(), text =>
        {
            foreach (var dryRun in new[] { false, true })
            {
                var report = MarkdownReport.Text(HostileResult.With(text, dryRun));
                var lines = Runners.Lines(report);
                Assert.Equal(Runners.Lines(MarkdownReport.Text(HostileResult.With("x", dryRun))).Length, lines.Length);
                Assert.DoesNotContain(lines, Runners.ListenTo);
                CheckTables(lines);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("_")]
    [InlineData(".")]
    [InlineData("-")]
    public void A_path_that_begins_with_a_mark_is_no_link(string path) =>
        CheckTables(Runners.Lines(MarkdownReport.Text(HostileResult.With(path, dryRun: false))));

    [Fact]
    public void A_cell_says_what_the_text_says()
    {
        Prop.ForAll(Hostile.Texts.Where(t => !t.Contains("\\|", StringComparison.Ordinal)).ToArbitrary(), text =>
        {
            var (rest, spans) = TakeSpans(MarkdownText.Cell(text).Replace("\\|", "|", StringComparison.Ordinal));
            Assert.Equal("", rest);
            Assert.Equal(OneLine.Of(text).Trim(), string.Concat(spans).Trim());
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("a|b", @"`a\|b`")]
    [InlineData(@"a\|b", @"`a\ \|b`")]
    [InlineData("`a`", "`` `a` ``")]
    [InlineData("a``b", "```a``b```")]
    [InlineData("a\r\nb", "`a ⏎ b`")]
    [InlineData("a\u001b[31mb", @"`a\u{001b}[31mb`")]
    [InlineData("safe \u202E LIAF", @"`safe \u{202e} LIAF`")]
    [InlineData("##vso[task.complete]", "`# #vso[task.complete]`")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    public void Cells_are_written_like_this(string text, string cell) => Assert.Equal(cell, MarkdownText.Cell(text));

    [Fact]
    public void A_cell_is_bounded()
    {
        var cell = MarkdownText.Cell(new string('a', 100_000));
        Assert.InRange(cell.Length, OneLine.Longest, OneLine.Longest + 20);
        Assert.EndsWith(" … (cut)`", cell, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("logs/a b.log")]
    [InlineData("logs/a.log)[x](y")]
    public void A_log_that_is_no_plain_path_inside_the_folder_is_named_but_not_linked(string log)
    {
        var finding = new Finding("a", Verdict.Failed, "b") { Evidence = log };
        var report = MarkdownReport.Text(Sample.Result with { Findings = [finding] });
        Assert.DoesNotContain("](", TakeSpans(report).Left, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false, "HOLD")]
    [InlineData(Decision.Hold, false, "HOLD")]
    [InlineData(Decision.NoGo, false, "NO-GO")]
    [InlineData(Decision.Go, false, "GO")]
    [InlineData(Decision.Go, true, "DRY-RUN")]
    public void Only_a_run_that_decided_go_is_headed_go(Decision? decision, bool dryRun, string word)
    {
        var result = (dryRun ? Sample.DryRun : Sample.Result) with { Decision = decision };
        Assert.StartsWith($"# Go-live checklist: {word}\n", MarkdownReport.Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_planned_step_without_a_result_is_reported_as_unknown()
    {
        var result = Sample.Result with { Steps = [.. Sample.Result.Steps.Where(s => s.Id != "contract:stock")] };
        Assert.Contains(
            "| `contract:stock` | HOLD | 0.00 | `no result was recorded` |", MarkdownReport.Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_come_worst_first_and_those_that_decide_before_those_that_do_not()
    {
        var report = MarkdownReport.Text(Sample.Result with { Findings = [.. Sample.Result.Findings.Reverse()] });
        var findings = report[report.IndexOf("## Findings", StringComparison.Ordinal)..];
        var order = Regex.Matches(findings, @"^\| (FAIL \(optional\)|[A-Z]+) \| `", RegexOptions.Multiline).Select(m => m.Groups[1].Value);
        Assert.Equal(["FAIL", "FAIL (optional)", "HOLD", "SKIP", "PASS", "PASS"], order);
    }

    private static void CheckTables(string[] lines)
    {
        var columns = 0;
        foreach (var line in lines)
        {
            if (line.Length == 0 || line[0] != '|')
            {
                columns = 0;
                Assert.Matches(
                    "^(|#{1,2} [A-Za-z:, -]+|[A-Za-z,:; -]+\\.|Go-live checklist result: [A-Z-]+( \\([0-9]+ [a-z()]+\\))?)$", line);
                continue;
            }
            // Renderers differ in what ends a cell: any pipe without a backslash before it, or one after an even number of them.
            var cells = Regex.Split(line, @"(?<!\\)\|");
            Assert.Equal(cells.Length, Regex.Split(line, @"(?<=(?<!\\)(?:\\\\)*)(?<!(?<!\\)(?:\\\\)*\\)\|").Length);
            columns = columns == 0 ? cells.Length : columns;
            Assert.Equal(columns, cells.Length);
            foreach (var cell in cells.Where(c => c != " --- "))
                Assert.Matches(OurOwn, TakeSpans(cell).Left);
        }
    }

    /// <summary>What a line has beside its code spans.</summary>
    internal static string WithoutSpans(string line) => TakeSpans(line).Left;

    // CommonMark: a span begins with a run of backticks and ends at the next run of the same length.
    private static (string Left, List<string> Spans) TakeSpans(string text)
    {
        var spans = new List<string>();
        var rest = "";
        while (Regex.Match(text, "`+") is { Success: true } open)
        {
            var after = text[(open.Index + open.Length)..];
            var close = Regex.Match(after, $"(?<!`){open.Value}(?!`)");
            Assert.True(close.Success, "A span has no end.");
            rest += text[..open.Index];
            spans.Add(after[..close.Index]);
            text = after[(close.Index + close.Length)..];
        }
        return (rest + text, spans);
    }
}
