using ReleaseOps.Contracts;
using ReleaseOps.Contracts.Schemas;

namespace ReleaseOps.Tests.Contracts;

public sealed class SchemaRuleTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var one in SchemaCases.All)
        {
            foreach (var site in SchemaSites.All)
                cases.Add(one.Rule, site.ToString());
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_difference_of_schemas_has_its_id_wherever_they_are_used(string rule, string at)
    {
        var site = Enum.Parse<SchemaSite>(at);
        var one = SchemaCases.All.Single(c => c.Rule == rule);
        var (before, after) = (Use(site, one.Base, one.Media), Use(site, one.Revision, one.Media));

        Assert.Equal([SchemaCases.Expected(rule, site)], Api.Ids(before, after).Where(IsOfSchema));
        Assert.Empty(Api.Ids(before, before));
        Assert.Empty(Api.Ids(after, after));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_other_way_round_it_is_the_opposite(string rule, string at)
    {
        var site = Enum.Parse<SchemaSite>(at);
        var one = SchemaCases.All.Single(c => c.Rule == rule);
        // The other way round, text becomes an integer: for who sends, and for who gets, the same the other way round.
        var expected = one.Rule == "type-compatible" ? OfTextToInteger(site) : SchemaCases.Expected(one.Opposite, site);

        Assert.Equal([expected], Api.Ids(Use(site, one.Revision, one.Media), Use(site, one.Base, one.Media)).Where(IsOfSchema));
    }

    [Fact]
    public void Every_rule_about_schemas_has_a_case()
    {
        var covered = SchemaCases.All.SelectMany(c => new[] { c.Rule, c.Opposite }).ToHashSet();
        Assert.Empty(SchemaRules.Schemas.Where(r => !covered.Contains(r.Name)).Select(r => r.Name));
    }

    internal static string Use(SchemaSite site, string schema, string media = "application/json")
    {
        var inside = $"{{type: object, properties: {{p: {schema}}}}}";
        return site switch
        {
            SchemaSite.RequestBody => Api.Taking(schema, media: media),
            SchemaSite.RequestProperty => Api.Taking(inside, media: media),
            SchemaSite.RequestParameter => Api.Post($"parameters: [{{name: q, in: query, schema: {schema}}}]"),
            SchemaSite.RequestParameterProperty => Api.Post($"parameters: [{{name: q, in: query, schema: {inside}}}]"),
            SchemaSite.RequestHeaderProperty => Api.Post($"parameters: [{{name: q, in: header, schema: {inside}}}]"),
            SchemaSite.ResponseBody => Api.Answering(schema, media: media),
            SchemaSite.ResponseProperty => Api.Answering(inside, media: media),
            SchemaSite.ResponseHeader => Api.Post("", responses: $"'200': {{description: ok, headers: {{X-A: {{schema: {schema}}}}}}}"),
            _ => Api.Post("", responses: $"'200': {{description: ok, headers: {{X-A: {{schema: {inside}}}}}}}"),
        };
    }

    private static string OfTextToInteger(SchemaSite site) => site switch
    {
        SchemaSite.RequestBody or SchemaSite.RequestProperty or SchemaSite.RequestParameter => SchemaRules.TypeChanged.At(site).Id,
        SchemaSite.RequestParameterProperty or SchemaSite.RequestHeaderProperty => SchemaRules.TypeSpecialized.At(site).Id,
        _ => SchemaRules.TypeCompatible.At(site).Id,
    };

    // That something breaks and the version stayed is said of the whole description.
    private static bool IsOfSchema(string id) => ContractRules.Of(id).Id != "api-version-not-bumped";
}
