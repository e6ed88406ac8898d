namespace ReleaseOps.Tests.Contracts;

/// <summary>Breaking changes that hide: behind a reference where nobody expects one, in another way of writing, in what covers something else.</summary>
public sealed class HiddenBreakTests
{
    private const string Text = "content: {application/json: {schema: {type: string}}}";
    private const string Number = "content: {application/json: {schema: {type: number}}}";

    [Theory]
    [InlineData("post: {$ref: '#/x-shared'}", "{parameters: [{name: q, in: query}], responses: {}}", "{parameters: [{name: q, in: query, required: true}], responses: {}}")]
    [InlineData("post: {parameters: {$ref: '#/x-shared'}}", "[{name: q, in: query}]", "[{name: q, in: query, required: true}]")]
    [InlineData("post: {responses: {$ref: '#/x-shared'}}", "{'200': {" + Text + "}}", "{'200': {" + Number + "}}")]
    [InlineData("post: {requestBody: {content: {$ref: '#/x-shared'}}}", "{application/json: {schema: {type: string}}}", "{application/json: {schema: {type: number}}}")]
    [InlineData("post: {responses: {'200': {headers: {$ref: '#/x-shared'}}}}", "{X-A: {required: true}}", "{}")]
    [InlineData("post: {callbacks: {$ref: '#/x-shared'}}", "{paid: {'{$url}': {post: {}}}}", "{}")]
    public void What_is_behind_a_reference_is_compared_wherever_it_stands(string item, string before, string after)
    {
        string Api(string shared) => $"openapi: 3.1.0\nx-shared: {shared}\npaths: {{/a: {{{item}}}}}";
        Assert.True(Breaks(Api(before), Api(after)));
    }

    [Theory]
    [InlineData(", post: {}", "")]
    [InlineData("", ", parameters: [{name: q, in: query, required: true}]")]
    public void What_stands_beside_the_reference_of_a_path_counts(string before, string after)
    {
        static string Api(string beside) =>
            $"openapi: 3.1.0\ncomponents: {{pathItems: {{P: {{get: {{responses: {{}}}}}}}}}}\npaths: {{/a: {{$ref: '#/components/pathItems/P'{beside}}}}}";
        Assert.True(Breaks(Api(before), Api(after)));
        Assert.Empty(Contracts.Api.Ids(Api(before), Api(before)));
    }

    [Fact]
    public void A_header_of_an_operation_takes_the_place_of_its_path_in_any_case()
    {
        static string Api(string own) =>
            $"openapi: 3.1.0\npaths: {{/a: {{parameters: [{{name: X-A, in: header}}], get: {{parameters: [{{name: x-a, in: header{own}}}]}}}}}}";
        Assert.True(Breaks(Api(""), Api(", required: true")));
    }

    [Theory]
    [InlineData("default: {" + Text + "}", "'200': {" + Number + "}", true)]
    [InlineData("default: {" + Text + "}", "'200': {" + Number + "}, default: {" + Text + "}", true)]
    [InlineData("2XX: {" + Text + "}", "'201': {" + Number + "}, 2XX: {" + Text + "}", true)]
    [InlineData("default: {" + Text + "}", "'400': {" + Text + "}", true)]
    [InlineData("default: {" + Text + "}", "'200': {" + Text + "}", false)]
    [InlineData("default: {" + Text + "}", "'200': {" + Text + "}, default: {" + Text + "}", false)]
    [InlineData("'200': {" + Text + "}, default: {" + Text + "}", "'200': {" + Text + "}, '202': {}, default: {" + Text + "}", false)]
    public void A_status_of_its_own_is_held_against_the_range_or_the_default_that_covered_it(string before, string after, bool breaks) =>
        Assert.Equal(breaks, Breaks(Api.Post("", responses: before), Api.Post("", responses: after)));

    [Theory]
    [InlineData("content: {application/json: {schema: {type: string}}}", "content: {text/plain: {schema: {type: string}}}", true)]
    [InlineData("content: {application/json: {schema: {type: string}}}", "content: {application/json: {schema: {type: integer}}}", true)]
    [InlineData("schema: {type: string}", "description: d", true)]
    [InlineData("description: d", "schema: {type: string}", false)]
    [InlineData("schema: {type: object}", "explode: true, schema: {type: object}", true)]
    [InlineData("schema: {type: string}", "explode: true, schema: {type: string}", false)]
    public void How_a_header_is_written_counts(string before, string after, bool breaks)
    {
        static string Header(string header) => Api.Post("", responses: $"'200': {{headers: {{X-A: {{{header}}}}}}}");
        Assert.Equal(breaks, Breaks(Header(before), Header(after)));
    }

    [Theory]
    [InlineData("parameters: [{name: q, in: query, schema: {type: integer}}]", "parameters: [{name: q, in: query, schema: {type: number}}]", true)]
    [InlineData("parameters: [{name: q, in: header, required: true}]", "parameters: [{name: q, in: header}]", true)]
    [InlineData("parameters: [{name: q, in: header, required: true}]", "parameters: []", true)]
    [InlineData("parameters: []", "parameters: [{name: q, in: header, required: true}]", false)]
    [InlineData("parameters: [{name: q, in: header}]", "parameters: [{name: q, in: header, required: true}]", false)]
    [InlineData("requestBody: {required: true, " + Text + "}", "requestBody: {" + Text + "}", true)]
    [InlineData("requestBody: {" + Text + "}", "requestBody: {required: true, " + Text + "}", false)]
    public void In_a_webhook_the_client_is_who_is_asked(string before, string after, bool breaks)
    {
        static string Hook(string operation) => $"openapi: 3.1.0\nwebhooks: {{sold: {{post: {{{operation}}}}}}}";
        Assert.Equal(breaks, Breaks(Hook(before), Hook(after)));
    }

    [Theory]
    [InlineData("/a: {post: {parameters: [{in: formData, name: x, type: array, collectionFormat: ", "csv", "multi", "}], responses: {}}}")]
    [InlineData("/a: {$ref: '#/x-path', ", "post: {}", "parameters: []", "}")]
    [InlineData("/a: {$ref: '#/x-path', ", "parameters: []", "parameters: [{in: query, name: q, required: true, type: string}]", "}")]
    [InlineData("/a: {put: {responses: {}, ", "parameters: []", "parameters: {$ref: '#/x-list'}", "}}")]
    [InlineData("/a: {put: ", "{responses: {}}", "{$ref: '#/x-put'}", "}")]
    public void Version_2_hides_nothing_either(string start, string before, string after, string end)
    {
        string Api(string part) => $$$"""
            swagger: '2.0'
            x-path: {get: {responses: {} } }
            x-list: [{in: query, name: q, required: true, type: string}]
            x-put: {parameters: [{in: query, name: q, required: true, type: string}], responses: {}}
            paths: { {{{start}}}{{{part}}}{{{end}}} }
            """;
        Assert.True(Breaks(Api(before), Api(after)));
        Assert.Empty(Contracts.Api.Ids(Api(after), Api(after)));
    }

    private static bool Breaks(string before, string after)
    {
        var differences = Api.Compare(before, after);
        Assert.Empty(differences.Untold);
        return differences.Changes.Any(c => c.Level == ChangeLevel.Breaking);
    }
}
