using System.Text;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes.Files;

public sealed class JUnitProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Test_cases_are_counted_by_what_became_of_them()
    {
        var seen = await ReadAsync("""
            <?xml version="1.0" encoding="utf-8"?>
            <testsuites>
              <testsuite name="pytest" tests="5" failures="1" errors="1" skipped="1" time="9">
                <testcase classname="t.A" name="one" time="0.5"/>
                <testcase classname="t.A" name="two" time="1,000.25"><failure message="no">trace</failure></testcase>
                <testcase classname="t.A" name="three" time="x"><skipped/></testcase>
                <testcase name="four"><system-out/><error/><system-err>x</system-err></testcase>
                <testcase classname="" name="five" time="-1"><properties><property name="a"/></properties></testcase>
              </testsuite>
            </testsuites>
            """);
        Assert.Null(seen.CouldNotTell);
        Assert.Equal(5L, seen.Values["tests"]);
        Assert.Equal(2L, seen.Values["passed"]);
        Assert.Equal(1L, seen.Values["failed"]);
        Assert.Equal(1L, seen.Values["errors"]);
        Assert.Equal(1L, seen.Values["skipped"]);
        Assert.Equal(50.0, seen.Values["pass_rate"]);
        Assert.Equal(["t.A.two", "four"], (IReadOnlyList<object?>)seen.Values["failures"]!);
        Assert.Equal(TimeSpan.FromSeconds(1000.75), seen.Values["duration"]);
        Assert.Equal("5 tests: 2 passed, 1 failed, 1 error, 1 skipped (50 %)", seen.Detail);
        Assert.Empty(seen.Notes);
    }

    [Fact]
    public async Task The_line_for_people_leaves_out_what_is_zero()
    {
        var good = string.Concat(Enumerable.Repeat("<testcase name='a'/>", 40));
        var seen = await ReadAsync(Suite(good + "<testcase><failure/></testcase><testcase><skipped/></testcase>"));
        Assert.Equal("42 tests: 40 passed, 1 failed, 1 skipped (97.6 %)", seen.Detail);
    }

    [Fact]
    public async Task Suites_in_suites_are_counted_once()
    {
        var seen = await ReadAsync("""
            <testsuites tests="3" failures="1">
              <testsuite tests="3" failures="1"><testcase name="a"/>
                <testsuite tests="2" failures="1"><testcase name="b"/><testcase name="c"><failure/></testcase></testsuite>
              </testsuite>
            </testsuites>
            """);
        Assert.Equal(3L, seen.Values["tests"]);
        Assert.Equal(1L, seen.Values["failed"]);
        Assert.Empty(seen.Notes);
    }

    [Fact]
    public async Task Totals_that_disagree_with_the_cases_are_noted_and_not_believed()
    {
        var seen = await ReadAsync("""
            <testsuites>
              <testsuite tests='500' failures='0'><testcase name='a'><failure/></testcase></testsuite>
              <testsuite tests='1'/>
            </testsuites>
            """);
        Assert.Equal(1L, seen.Values["tests"]);
        Assert.Equal(1L, seen.Values["failed"]);
        Assert.Equal(["the file states 501 tests, but has 1 test cases", "the file states 0 failures and errors, but has 1"], seen.Notes);
    }

    [Theory]
    [InlineData("failures='2'")]
    [InlineData("errors='2'")]
    [InlineData("tests='3' failures='1' errors='1'")]
    public async Task Failures_that_are_stated_but_nowhere_to_be_seen_are_not_a_pass(string attributes)
    {
        var seen = await ReadAsync($"<testsuites><testsuite {attributes}><testcase name='a'/></testsuite></testsuites>");
        Assert.Equal(ErrorId.BadDocument, seen.CouldNotTell);
        Assert.Contains("states 2 failures or errors", seen.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<testcase name='a'><failure/><system-out/><error/></testcase>", 1, 1, 0)]
    [InlineData("<testcase name='a'><skipped/><failure/></testcase>", 1, 1, 0)]
    [InlineData("<testcase name='a'><wrapped><failure/></wrapped></testcase>", 1, 1, 0)]
    [InlineData("<testcase name='a'/><error message='the suite did not load'/>", 2, 0, 1)]
    [InlineData("<testcase name='a'/><testcase name='b'><flakyFailure/></testcase>", 2, 0, 0)]
    public async Task What_looks_like_a_failure_anywhere_is_one(string cases, long tests, long failed, long errors)
    {
        var seen = await ReadAsync(Suite(cases));
        Assert.Equal(tests, seen.Values["tests"]);
        Assert.Equal(failed, seen.Values["failed"]);
        Assert.Equal(errors, seen.Values["errors"]);
    }

    [Fact]
    public async Task A_test_that_passed_only_when_tried_again_is_noted() =>
        Assert.Equal(["1 passed only when tried again"], (await ReadAsync(Suite("<testcase name='b'><flakyFailure/></testcase>"))).Notes);

    [Fact]
    public async Task No_test_says_nothing()
    {
        var seen = await ReadAsync("<testsuites tests='0'/>");
        Assert.Equal(ErrorId.NoData, seen.CouldNotTell);
        Assert.Equal("there is no test case in it", seen.Detail);
    }

    [Theory]
    [InlineData("<testcase><skipped/></testcase><testcase><skipped/></testcase>")]
    [InlineData("<testcase status='notrun'/><testcase status='disabled'/>")]
    public async Task Tests_that_were_all_skipped_say_nothing(string cases)
    {
        var seen = await ReadAsync(Suite(cases));
        Assert.Equal(ErrorId.NoData, seen.CouldNotTell);
        Assert.Equal(2L, seen.Values["skipped"]);
        Assert.False(seen.Values.ContainsKey("pass_rate"));
        Assert.Equal("2 tests: 0 passed, 2 skipped; nothing ran", seen.Detail);
    }

    [Theory]
    [InlineData("", "isn't valid XML")]
    [InlineData("not xml", "isn't valid XML at 1:1")]
    [InlineData("<testsuite><testcase name='a'/>", "isn't valid XML at 1:")]
    [InlineData("<testsuite>\n<testcase name='a'><failure>cut o", "isn't valid XML at 2:")]
    [InlineData("<testsuite><testcase></testsuite>", "isn't valid XML")]
    [InlineData("<html/>", "outermost element is html")]
    [InlineData("<!DOCTYPE testsuite [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><testsuite><testcase name='&x;'/></testsuite>",
        "isn't valid XML")]
    [InlineData("<!DOCTYPE testsuite SYSTEM 'http://127.0.0.1:1/x.dtd'><testsuite><testcase name='a'/></testsuite>", "isn't valid XML")]
    public async Task What_is_not_whole_JUnit_XML_tells_nothing(string text, string reason)
    {
        var seen = await ReadAsync(text);
        Assert.Equal(ErrorId.BadDocument, seen.CouldNotTell);
        Assert.Contains(reason, seen.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", seen.Detail, StringComparison.Ordinal);
        Assert.Empty(seen.Values);
    }

    [Theory]
    [InlineData("<testsuite>")]
    [InlineData("<a>")]
    public async Task Nesting_is_bounded(string piece)
    {
        var deep = string.Concat(Enumerable.Repeat(piece, 200_000));
        foreach (var text in new[] { "<testsuite>" + deep, "<testsuite><testcase>" + deep })
            Assert.Contains("nested deeper than 64", (await ReadAsync(text)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_failures_are_bounded_in_number_and_length_and_harmless()
    {
        var cases = new StringBuilder();
        for (var i = 0; i < 60; i++)
            cases.Append("<testcase name='").Append('x', 5000).Append("&#x85;y'><failure/></testcase>");
        var seen = await ReadAsync(Suite(cases.ToString()));
        var names = (IReadOnlyList<object?>)seen.Values["failures"]!;
        Assert.Equal(50, names.Count);
        Assert.All(names, n => Assert.InRange(((string)n!).Length, 1, 201));
        Assert.Equal(60L, seen.Values["failed"]);
        Assert.Contains("only the first 50 failures are named", seen.Notes);
    }

    [Fact]
    public async Task A_large_report_is_read_in_little_memory()
    {
        var path = Path.Combine(_folder.Path, "big.xml");
        await using (var writer = new StreamWriter(path))
        {
            await writer.WriteAsync("<testsuite>");
            var output = new string('x', 1000);
            for (var i = 0; i < 20_000; i++)
                await writer.WriteAsync($"<testcase name='t{i}' time='0.001'><system-out>{output}</system-out></testcase>");
            await writer.WriteAsync("</testsuite>");
        }
        var seen = await FileProbe.LookAsync(new FileLook(path, FileKind.JUnit), LookContexts.Plain(), CancellationToken.None);
        Assert.Equal(20_000L, seen.Values["passed"]);
    }

    private static string Suite(string cases) => $"<testsuite>{cases}</testsuite>";

    private Task<Observation> ReadAsync(string text) =>
        FileProbe.LookAsync(new FileLook(_folder.Write("r.xml", text), FileKind.JUnit), LookContexts.Plain(), CancellationToken.None);
}
