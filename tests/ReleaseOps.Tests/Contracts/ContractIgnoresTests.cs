using System.Text;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Contracts;

public class ContractIgnoresTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static readonly ContractChange Removed = new("response-property-removed", ChangeLevel.Breaking, "response 200: property 'legacy' is gone")
    {
        Method = "GET",
        Path = "/aris3/stock",
    };

    private static readonly ContractChange Tagged = new("api-tag-removed", ChangeLevel.Info, "tag 'x' is gone") { Method = "GET", Path = "/aris3/stock" };

    [Fact]
    public void An_accepted_difference_is_ignored_with_its_reason_and_its_last_day()
    {
        var seen = Apply("- { id: response-property-removed, method: get, path: /aris3/stock, text: legacy, reason: unused, until: 2026-12-31, by: Ada }");
        Assert.Equal([Tagged], seen.Changes);
        Assert.Equal([new IgnoredChange(Removed, "unused", new DateOnly(2026, 12, 31))], seen.Ignored);
        Assert.Empty(seen.Findings);
    }

    [Theory]
    [InlineData("id: response-property-removed", true)]
    [InlineData("id: response-property", false)]
    [InlineData("method: GET", true)]
    [InlineData("method: POST", false)]
    [InlineData("path: /aris3/stock", true)]
    [InlineData("path: /aris3", false)]
    [InlineData("path: /ARIS3/stock", false)]
    [InlineData("id: response-property-removed, method: POST", false)]
    [InlineData("method: GET, text: \"'legacy'\"", true)]
    [InlineData("method: GET, text: \"response*'legacy' is gone\"", true)]
    [InlineData("method: GET, text: \"*legacy\"", false)]
    [InlineData("method: GET, text: \"response 2.*\"", false)]
    [InlineData("method: GET, text: Legacy", false)]
    public void A_difference_fits_where_each_thing_that_is_named_fits(string entry, bool fits) =>
        Assert.Equal(fits, Read($"- {{ {entry}, reason: known, until: 2026-12-31 }}").Single().Fits(Removed));

    [Theory]
    [InlineData("2026-11-22", true)]
    [InlineData("2026-11-21", false)]
    [InlineData("2026-11-20", false)]
    public void From_its_day_on_a_difference_is_no_longer_accepted(string until, bool applies)
    {
        var seen = Apply($"- {{ id: response-property-removed, reason: known, until: {until} }}");
        Assert.Equal(applies, seen.Ignored.Count == 1);
        Assert.Equal(!applies, seen.Changes.Contains(Removed));
        if (applies)
        {
            Assert.Empty(seen.Findings);
            return;
        }
        var finding = Assert.Single(seen.Findings);
        Assert.Equal((Verdict.Skipped, false, "accepted.yaml:1:3"), (finding.Verdict, finding.Required, finding.Source));
        Assert.Equal($"response-property-removed was accepted until {until} and no longer is (known)", finding.Text);
    }

    [Fact]
    public void An_entry_that_has_run_out_gives_way_to_one_that_has_not()
    {
        var seen = Apply("""
            - { id: response-property-removed, reason: old, until: 2026-01-01 }
            - { id: response-property-removed, reason: new, until: 2027-01-01 }
            """);
        Assert.Equal("new", Assert.Single(seen.Ignored).Reason);
        Assert.Contains("old", Assert.Single(seen.Findings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_fits_nothing_is_told()
    {
        var seen = Apply("# known\n- { method: POST, path: /x, reason: r, until: 2027-01-01 }\n- { id: y, reason: r, until: 2020-01-01 }");
        Assert.Equal([Removed, Tagged], seen.Changes);
        Assert.Equal(
            [
                "any difference of POST /x is accepted (r), but no difference fits it; take it out, or correct it",
                "y was accepted until 2020-01-01 and no longer is (r); nothing is left that it fits: take it out",
            ],
            seen.Findings.Select(f => f.Text));
        Assert.All(seen.Findings, f => Assert.Equal((Verdict.Skipped, false), (f.Verdict, f.Required)));
        Assert.Equal(["accepted.yaml:2:3", "accepted.yaml:3:3"], seen.Findings.Select(f => f.Source));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing is accepted\n")]
    [InlineData("[]")]
    public void An_empty_list_accepts_nothing(string text) => Assert.Equal([Removed, Tagged], Apply(text).Changes);

    [Theory]
    [InlineData("- { id: x, until: 2026-12-31 }", "accepted.yaml:1:3: error MissingKey: an accepted difference must have 'reason'")]
    [InlineData("- { id: x, reason: r }", "accepted.yaml:1:3: error MissingKey: an accepted difference must have 'until'")]
    [InlineData("- { id: x, reason: '', until: 2026-12-31 }", "accepted.yaml:1:20: error BadValue: expected text, found ''")]
    [InlineData("- { id: x, reason: r, until: 2026-02-30 }", "accepted.yaml:1:30: error BadValue: expected a day such as 2026-01-31, found '2026-02-30'")]
    [InlineData("- { id: x, reason: r, until: never }", "accepted.yaml:1:30: error BadValue: expected a day such as 2026-01-31, found 'never'")]
    [InlineData("- { text: x, reason: r, until: 2026-12-31 }", "accepted.yaml:1:3: error MissingKey: an accepted difference must have 'id' or 'method' or 'path'")]
    [InlineData("- { id: x, reason: r, until: 2026-12-31, untill: y }", "accepted.yaml:1:42: error UnknownKey: unknown key 'untill' in an accepted difference; did you mean 'until'?")]
    [InlineData("- { method: FETCH, reason: r, until: 2026-12-31 }", "accepted.yaml:1:13: error BadValue: expected a method such as GET, found 'FETCH'")]
    [InlineData("- { id: x, id: y, reason: r, until: 2026-12-31 }", "accepted.yaml:1:12: error DuplicateKey: 'id' stands twice")]
    [InlineData("id: x", "accepted.yaml:1:1: error BadValue: expected a list of accepted differences, found a map")]
    [InlineData("- &a { id: x, reason: r, until: 2026-12-31 }", "accepted.yaml:1:3: error YamlNotAllowed: anchors aren't part of the format of a list of accepted differences")]
    [InlineData("- [", "error YamlSyntax")]
    [InlineData("- x\u0001", "accepted.yaml:1:4: error BadDocument: not text")]
    public void What_is_wrong_with_the_list_is_an_error_with_its_place(string text, string message)
    {
        var refused = Assert.Throws<ReleaseOpsException>(() => Read(text));
        Assert.Equal(ErrorId.BadDocument, refused.Id);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_of_a_list_are_told_at_once()
    {
        var refused = Assert.Throws<ReleaseOpsException>(() => Read("- { id: x, reason: r }\n- { id: y, until: 2026-12-31 }\n"));
        Assert.Contains("has 2 errors", refused.Message, StringComparison.Ordinal);
        Assert.Contains("accepted.yaml:1:3: error MissingKey", refused.Message, StringComparison.Ordinal);
        Assert.Contains("accepted.yaml:2:3: error MissingKey", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_larger_than_the_bound_is_refused() =>
        Assert.Contains("larger than", Assert.Throws<ReleaseOpsException>(() => Read(new string('#', (1 << 20) + 1))).Message, StringComparison.Ordinal);

    private static ContractIgnoring Apply(string text) => ContractIgnores.Apply([Removed, Tagged], Read(text), Today);

    private static IReadOnlyList<ContractIgnore> Read(string text) => ContractIgnoreReader.Read(Encoding.UTF8.GetBytes(text), "accepted.yaml");
}
