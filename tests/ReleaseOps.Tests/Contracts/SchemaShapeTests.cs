using System.Diagnostics;
using System.Globalization;
using System.Text;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Contracts;

/// <summary>Schemas that go round in circles, that are deep, and that refer to others again and again.</summary>
public sealed class SchemaShapeTests
{
    [Fact]
    public void A_schema_that_contains_itself_is_compared_once()
    {
        static string Tree(string value) => Api.Answering(
            "{$ref: '#/components/schemas/Node'}",
            $"components: {{schemas: {{Node: {{type: object, properties: {{value: {value}, left: {{$ref: '#/components/schemas/Node'}}, all: {{type: array, items: {{$ref: '#/components/schemas/Node'}}}}}}}}}}}}");

        Assert.Empty(Api.Ids(Tree("{type: string}"), Tree("{type: string}")));
        var changes = Api.Compare(Tree("{type: string}"), Tree("{type: boolean}")).Changes;
        Assert.Equal(
            ["Response 200 (application/json), property 'value': type was string, is boolean"],
            changes.Where(c => c.Id == "response-property-type-changed").Select(c => c.Text));
    }

    [Fact]
    public void Schemas_that_are_made_of_each_other_come_to_an_end()
    {
        static string Round(string type) => Api.Taking(
            "{$ref: '#/components/schemas/A'}",
            $"components: {{schemas: {{A: {{allOf: [{{$ref: '#/components/schemas/B'}}], properties: {{x: {{$ref: '#/components/schemas/A'}}}}}}, B: {{allOf: [{{$ref: '#/components/schemas/A'}}], properties: {{x: {{$ref: '#/components/schemas/B'}}, y: {{type: {type}}}}}}}}}}}");

        Assert.Empty(Api.Ids(Round("string"), Round("string")));
        Assert.Contains("request-property-type-changed", Api.Ids(Round("string"), Round("object")));
    }

    [Theory]
    [InlineData("\"properties\": {\"p\": ", "}")]
    [InlineData("\"items\": ", "")]
    [InlineData("\"allOf\": [", "]")]
    [InlineData("\"oneOf\": [{\"type\": \"array\"}, ", "]")]
    public void A_schema_a_thousand_deep_is_compared_to_its_ground(string open, string close)
    {
        string Deep(string ground)
        {
            var schema = new StringBuilder();
            for (var i = 0; i < 1000; i++)
                schema.Append('{').Append(open);

            schema.Append(ground);
            for (var i = 0; i < 1000; i++)
                schema.Append(close).Append('}');

            return "{\"openapi\": \"3.1.0\", \"paths\": {\"/a\": {\"post\": {\"requestBody\": {\"content\": {\"application/json\": {\"schema\": "
                + schema + "}}}}}}}";
        }

        Assert.Empty(Api.Ids(Deep("{\"type\": \"string\"}"), Deep("{\"type\": \"string\"}")));
        var differences = Api.Compare(Deep("{\"type\": \"string\"}"), Deep("{\"type\": \"boolean\"}"));
        Assert.Contains(differences.Changes, c => c.Level == ChangeLevel.Breaking);
        Assert.All(differences.Changes, c => Assert.True(c.Text.Length < 500));
    }

    [Fact]
    public void A_chain_of_ten_thousand_references_is_walked_without_a_stack()
    {
        static string Chain(string ground)
        {
            var text = new StringBuilder("components:\n  schemas:\n");
            for (var i = 0; i < 10_000; i++)
                text.Append(CultureInfo.InvariantCulture, $"    S{i}: {{properties: {{p: {{$ref: '#/components/schemas/S{i + 1}'}}}}}}\n");

            return Api.Taking("{$ref: '#/components/schemas/S0'}", text.Append(CultureInfo.InvariantCulture, $"    S10000: {ground}").ToString());
        }

        Assert.Contains("request-property-type-changed", Api.Ids(Chain("{type: string}"), Chain("{type: object}")));
    }

    // 2^30 paths lead to the ground; there are 31 schemas.
    [Fact]
    public void A_schema_in_which_each_level_refers_twice_to_the_next_costs_what_is_written_down()
    {
        static string Fan(string ground)
        {
            var text = new StringBuilder("components:\n  schemas:\n");
            for (var i = 0; i < 30; i++)
                text.Append(CultureInfo.InvariantCulture, $"    S{i}: {{properties: {{a: {{$ref: '#/components/schemas/S{i + 1}'}}, b: {{$ref: '#/components/schemas/S{i + 1}'}}}}}}\n");

            return Api.Taking("{$ref: '#/components/schemas/S0'}", text.Append(CultureInfo.InvariantCulture, $"    S30: {ground}").ToString());
        }

        var watch = Stopwatch.StartNew();
        var changes = Api.Compare(Fan("{type: string}"), Fan("{type: object}")).Changes;

        // Far above what it takes, far below what 2^30 steps would.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
        Assert.InRange(changes.Count(c => c.Id == "request-property-type-changed"), 1, 8);
        Assert.Contains(changes, c => c.Id == "more-changes" && c.Text.Contains("more places", StringComparison.Ordinal));
    }

    [Fact]
    public void A_schema_that_is_used_in_two_places_is_told_of_in_both()
    {
        static string Twice(string zip) => Api.Answering(
            "{properties: {home: {$ref: '#/components/schemas/A'}, work: {$ref: '#/components/schemas/A'}}}",
            $"components: {{schemas: {{A: {{type: object, properties: {{zip: {zip}}}}}}}}}");

        Assert.Equal(
            ["Response 200 (application/json), property 'home/zip': maxLength was 5, is 9", "Response 200 (application/json), property 'work/zip': maxLength was 5, is 9"],
            Api.Compare(Twice("{maxLength: 5}"), Twice("{maxLength: 9}")).Changes.Where(c => c.Id == "response-property-max-length-increased").Select(c => c.Text));
    }

    [Theory]
    [InlineData("{$ref: '#/components/schemas/Gone'}")]
    [InlineData("{properties: {a: {items: {$ref: '#/components/schemas/Gone'}}}}")]
    [InlineData("{allOf: [{$ref: '#/components/schemas/Gone'}]}")]
    [InlineData("{oneOf: [{$ref: '#/components/schemas/Gone'}, {type: string}]}")]
    [InlineData("{$ref: '#/components/schemas/Round'}")]
    [InlineData("{$ref: 'other.yaml#/A'}")]
    [InlineData("{$dynamicRef: '#a'}")]
    public void A_reference_that_leads_nowhere_is_a_finding_and_no_pass(string schema)
    {
        const string Round = "components: {schemas: {Round: {$ref: '#/components/schemas/Round'}}}";
        var differences = Api.Compare(Api.Taking(schema, Round), Api.Taking(schema, Round));

        Assert.All(differences.Untold, f => Assert.Equal(Verdict.Inconclusive, f.Verdict));
        Assert.NotEmpty(differences.Untold);
        Assert.All(differences.Untold, f => Assert.Matches("^(base|revision).yaml:[0-9]+:[0-9]+$", f.Source));
    }

    [Theory]
    [InlineData("parameters: [{$ref: '#/components/parameters/Gone'}]", "'200': {description: ok}")]
    [InlineData("requestBody: {$ref: '#/components/requestBodies/Gone'}", "'200': {description: ok}")]
    [InlineData("", "'200': {$ref: '#/components/responses/Gone'}")]
    [InlineData("", "'200': {description: ok, headers: {X-A: {$ref: '#/components/headers/Gone'}}}")]
    public void So_is_one_outside_of_schemas(string operation, string responses)
    {
        var api = Api.Post(operation, responses: responses);
        Assert.NotEmpty(Api.Compare(api, api).Untold);
    }

    [Fact]
    public void A_difference_stands_where_its_words_stand()
    {
        const string Before = """
            openapi: 3.1.0
            info: {title: a, version: 1.0.0}
            paths:
              /a:
                get:
                  operationId: look
                  responses:
                    '200':
                      description: ok
                      content:
                        application/json:
                          schema: {$ref: '#/components/schemas/A'}
            components:
              schemas:
                A:
                  type: object
                  properties:
                    name:
                      type: string
                      maxLength: 5
            """;

        var change = Api.Compare(Before, Before.Replace("maxLength: 5", "maxLength: 10", StringComparison.Ordinal)).Changes[0];
        Assert.Equal(
            new ContractChange("response-property-max-length-increased", ChangeLevel.Breaking, "Response 200 (application/json), property 'name': maxLength was 5, is 10")
            {
                Method = "GET",
                Path = "/a",
                OperationId = "look",
                Base = new("base.yaml", 20, 22),
                Revision = new("revision.yaml", 20, 22),
            },
            change);
    }

    [Fact]
    public void Words_of_a_description_cannot_write_lines_of_their_own()
    {
        var schema = "{properties: {\"a\\n\\e[31mBREAKING\": {type: string}}}";
        var text = Assert.Single(Api.Compare(Api.Taking(schema), Api.Taking("{properties: {}}")).Changes).Text;
        Assert.DoesNotContain(text, char.IsControl);
        Assert.Contains("a  [31mBREAKING", text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_differences_than_anybody_reads_are_counted_by_kind()
    {
        static string Many(string type)
        {
            var text = new StringBuilder("openapi: 3.1.0\ninfo: {title: a, version: a}\npaths:\n");
            for (var i = 0; i < 600; i++)
                text.Append(CultureInfo.InvariantCulture, $"  /p{i}: {{get: {{responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}\n");

            text.Append("components: {schemas: {A: {type: object, properties: {");
            for (var i = 0; i < 100; i++)
                text.Append(CultureInfo.InvariantCulture, $"p{i}: {{type: {type}}}, ");

            return text.Append("}}}}").ToString();
        }

        var changes = Api.Compare(Many("string"), Many("boolean")).Changes;
        Assert.Equal(ContractReport.Most + 1, changes.Count);
        Assert.Equal(("response-property-type-changed", "10000 more differences of this kind are not listed one by one"), (changes[^1].Id, changes[^1].Text));
    }
}
