using System.Globalization;
using System.Text;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

public class JUnitReportTests
{
    [Fact]
    public void The_counts_are_those_of_the_cases()
    {
        foreach (var result in new[] { Sample.Result, Sample.DryRun })
        {
            var document = Load(JUnitReport.Bytes(result));
            var suites = document.SelectNodes("/testsuites/testsuite/@name")!.Cast<XmlNode>().Select(n => n.Value);
            Assert.Equal(["pre-deploy", "verify"], suites);
            foreach (var suite in document.SelectNodes("//testsuite | /testsuites")!.Cast<XmlElement>())
            {
                foreach (var (count, cases) in new[]
                {
                    ("tests", ".//testcase"), ("failures", ".//failure"), ("errors", ".//error"), ("skipped", ".//skipped"),
                })
                    Assert.Equal(suite.SelectNodes(cases)!.Count, int.Parse(suite.GetAttribute(count), CultureInfo.InvariantCulture));
            }
        }
    }

    [Theory]
    [InlineData("git:working-tree-clean", null)]
    [InlineData("health:ready-endpoints", "failure")]
    [InlineData("contract:stock", "error")]
    [InlineData("sign-off", "skipped")]
    public void A_verdict_becomes(string id, string? outcome)
    {
        var test = Load(JUnitReport.Bytes(Sample.Result)).SelectSingleNode($"//testcase[@name='{id}']")!;
        Assert.Equal(outcome, test.SelectSingleNode("failure | error | skipped")?.Name);
    }

    [Fact]
    public void A_dry_run_is_all_skipped() =>
        Assert.Equal(Sample.DryRun.Plan.Steps.Count, Load(JUnitReport.Bytes(Sample.DryRun)).SelectNodes("//skipped")!.Count);

    [Fact]
    public void A_planned_step_without_a_result_is_an_error()
    {
        var result = Sample.Result with { Steps = [.. Sample.Result.Steps.Where(s => s.Id != "git:working-tree-clean")] };
        Assert.NotNull(Load(JUnitReport.Bytes(result)).SelectSingleNode("//testcase[@name='git:working-tree-clean']/error"));
    }

    [Fact]
    public void Any_text_leaves_the_document_well_formed_and_of_the_same_structure()
    {
        Prop.ForAll(Hostile.BrokenTexts.ToArbitrary(), text =>
        {
            foreach (var dryRun in new[] { false, true })
            {
                var bytes = JUnitReport.Bytes(HostileResult.With(text, dryRun));
                Assert.Equal(Structure(JUnitReport.Bytes(HostileResult.With("x", dryRun))), Structure(bytes));
                Assert.DoesNotContain(Runners.Lines(Encoding.UTF8.GetString(bytes)), Runners.ListenTo);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_xml_cannot_say_is_replaced()
    {
        var result = Sample.Result with { Runbook = "a\0b\uFFFEc\uD83Dd😀" };
        var name = Load(JUnitReport.Bytes(result)).DocumentElement!.GetAttribute("name");
        Assert.StartsWith("a\uFFFDb\uFFFDc\uFFFDd😀: ", name, StringComparison.Ordinal);
    }

    private static List<string> Structure(byte[] bytes) => [.. Load(bytes).SelectNodes("//* | //@*")!.Cast<XmlNode>()
        .Select(n => n is XmlAttribute a ? $"{a.OwnerElement!.Name}@{a.Name}" : n.Name)];

    private static XmlDocument Load(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var document = new XmlDocument { XmlResolver = null };
        document.Load(reader);
        return document;
    }
}
