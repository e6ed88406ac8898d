using System.Runtime.CompilerServices;
using ReleaseOps.Contracts;
using ReleaseOps.Contracts.Schemas;

namespace ReleaseOps.Tests.Contracts;

public sealed class ContractRulesTests
{
    private static readonly string[] OfVersions = ["api-version-not-bumped", "api-version-decreased", "api-major-version-not-bumped"];

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        for (var i = 0; i < ContractRuleCases.All.Count; i++)
            cases.Add(i, ContractRuleCases.All[i].Ids.FirstOrDefault("nothing"));

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_difference_has_its_id(int number, string id)
    {
        var one = ContractRuleCases.All[number];
        var told = Api.Ids(one.Before, one.After);

        // That a break came without a new version is said beside it, and has cases of its own.
        var ofVersions = one.Ids.Any(OfVersions.Contains);
        Assert.Equal(one.Ids.Order(StringComparer.Ordinal), told.Where(t => ofVersions || !OfVersions.Contains(t)));
        Assert.True(id == "nothing" || told.Contains(id));
        Assert.Empty(Api.Ids(one.Before, one.Before));
        Assert.Empty(Api.Ids(one.After, one.After));
    }

    [Fact]
    public void Every_rule_has_a_case()
    {
        var covered = ContractRuleCases.All.SelectMany(c => c.Ids).ToHashSet();
        covered.UnionWith(SchemaRules.Schemas.SelectMany(r => r.Rules).Select(r => r.Id));
        // It has a test of its own: SchemaShapeTests.
        covered.Add("more-changes");
        Assert.DoesNotContain(ContractRules.All.Select(r => r.Id), id => !covered.Contains(id));
    }

    // The ids are API. Whoever changes one, or a level, changes the list on purpose.
    [Fact]
    public void The_ids_and_levels_are_those_of_the_list()
    {
        var listed = File.ReadAllLines(List()).Where(l => l.Length > 0 && l[0] != '#').Order(StringComparer.Ordinal);
        Assert.Equal(listed, ContractRules.All.Select(r => $"{r.Id} {r.Level}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_has_one_meaning_in_one_line()
    {
        Assert.All(ContractRules.All, r => Assert.DoesNotContain('\n', r.Meaning));
        Assert.All(ContractRules.All, r => Assert.Matches("^[a-z]+(-[a-z]+)+$", r.Id));
        Assert.Equal(ContractRules.All.Count, ContractRules.All.DistinctBy(r => r.Id).Count());
    }

    private static string List([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "contract-rules.txt");
}
