using ReleaseOps.Steps;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Checklists;

/// <summary>Steps that hold what a server answers against a schema or a description, run for real.</summary>
public sealed class LiveContractTests : IDisposable
{
    private const string Good = """{"meta": {}, "rows": [{"rfid": 3, "pending": 4, "total": 7}], "totals": {"total": 7}}""";
    private const string Bad = """{"meta": {}, "rows": [{"rfid": 3, "pending": 4, "total": 7}, {"rfid": 3, "total": "7"}], "totals": {"total": 7}}""";

    private const string Description = """
        openapi: 3.0.3
        info: { title: stock, version: 1.0.0 }
        servers: [{ url: 'https://api.example.com/aris3/' }, { url: '/{stage}', variables: { stage: { default: trial } } }]
        paths:
          /stock:
            get:
              responses:
                '200':
                  description: the whole table
                  content:
                    application/json: { schema: { $ref: '#/components/schemas/Stock' } }
                '204': { description: nothing }
                4XX: { $ref: '#/components/responses/Problem' }
                default: { $ref: '#/components/responses/Problem' }
          /stock/{sku}:
            get: { responses: { '200': { description: one, content: { application/json: { schema: { type: integer } } } } } }
          /stock/all:
            get: { responses: { '200': { description: all, content: { '*/*': { schema: { type: array } } } } } }
          /{any}/never: { get: { responses: {} } }
          /files/{name}.json:
            get: { responses: { '200': { description: file, content: { application/*: { schema: { type: string } } } } } }
        components:
          responses:
            Problem: { description: why not, content: { application/problem+json: { schema: { type: object, required: [title] } } } }
          schemas:
            Stock:
              type: object
              required: [meta, rows, totals]
              properties:
                meta: { type: object }
                rows: { type: array, items: { $ref: '#/components/schemas/Row' } }
                totals: { type: object }
            Row:
              type: object
              required: [rfid, pending, total]
              properties: { rfid: { type: integer }, pending: { type: integer }, total: { type: integer } }
        """;

    private readonly Bench _bench = new();

    public LiveContractTests() => File.WriteAllText(_bench.PathOf("openapi.yaml"), Description);

    public void Dispose() => _bench.Dispose();

    private static LoopbackServer Answering(string body, string type = "application/json", string status = "200 OK") => LoopbackServer.Answering(
        $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n", System.Text.Encoding.ASCII.GetBytes(body));

    private async Task<StepResult> RunAsync(LoopbackServer server, string path, string more, Dictionary<string, string>? parameters = null)
    {
        var run = await _bench.RunAsync(
            Bench.Steps($"- id: stock\n  http: {server.Url(path)}\n  {more.Replace("\n", "\n  ", StringComparison.Ordinal)}",
                head: "parameters: { tag: { default: openapi } }"), parameters: parameters);
        return Assert.Single(run.Steps);
    }

    [Theory]
    [InlineData("schema: ${{ params.tag }}.yaml#/components/schemas/Stock")]
    [InlineData("schema: openapi.yaml#/paths/~1stock/get/responses/200/content/application~1json/schema")]
    [InlineData("contract: ${{ params.tag }}.yaml")]
    public async Task A_right_body_passes_and_a_wrong_one_fails_with_its_places(string key)
    {
        await using var right = Answering(Good);
        var passed = await RunAsync(right, "/aris3/stock", key);
        Assert.Equal(Verdict.Passed, passed.Verdict);
        Assert.Equal(2, passed.Findings.Count);
        Assert.StartsWith("the body is as openapi.yaml", passed.Findings[1].Text, StringComparison.Ordinal);

        await using var wrong = Answering(Bad);
        var failed = await RunAsync(wrong, "/aris3/stock", key);
        Assert.Equal(Verdict.Failed, failed.Verdict);
        Assert.Equal(
            ["/rows/1 has no 'pending', which is required", "/rows/1/total is \"7\", not an integer"],
            failed.Findings.Where(f => f.Verdict == Verdict.Failed).Select(f => f.Text));
        Assert.All(failed.Findings, f => Assert.Equal("stock", f.Subject));
        Assert.StartsWith("openapi.yaml:3", failed.Findings[^1].Source, StringComparison.Ordinal);
        Assert.Equal("logs/stock.log", failed.Findings[^1].Evidence);
    }

    [Theory]
    [InlineData("schema: none.yaml", "the schema can't be read: none.yaml isn't there.")]
    [InlineData("schema: openapi.yaml#/components/schemas/Stok", "nothing stands at openapi.yaml#/components/schemas/Stok")]
    [InlineData("contract: none.yaml", "the schema can't be read: none.yaml isn't there.")]
    public async Task Without_a_schema_nothing_can_be_told(string key, string why)
    {
        await using var server = Answering(Good);
        var result = await RunAsync(server, "/aris3/stock", key);
        Assert.Equal((Verdict.Inconclusive, why), (result.Verdict, result.Findings[^1].Text));
    }

    [Theory]
    [InlineData("<html>", "text/html", "it isn't JSON that is read (1:1; it may be 64 deep)")]
    [InlineData("", "application/json", "it is empty")]
    [InlineData("""{"rows": 1, "rows": []}""", "text/plain", "it has a key twice")]
    [InlineData("{}", "application/json; charset=utf-16", "JSON is UTF-8, and the charset says something else")]
    public async Task A_body_that_is_not_JSON_cannot_be_told(string body, string type, string why)
    {
        await using var server = Answering(body, type);
        var result = await RunAsync(server, "/aris3/stock", "schema: openapi.yaml#/components/schemas/Stock\nexpect: status == 200");
        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.EndsWith(why, result.Findings[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    // The status, its range, default.
    [InlineData("/aris3/stock", "404 No", "application/problem+json", "{}", Verdict.Failed, "the body has no 'title', which is required")]
    [InlineData("/aris3/stock", "500 No", "application/problem+json", """{"title": "out"}""", Verdict.Passed,
        "the body is as openapi.yaml for GET /aris3/stock, status 500 says")]
    [InlineData("/aris3/stock/all", "500 No", "application/json", "[]", Verdict.Inconclusive,
        "openapi.yaml doesn't say what an answer with status 500 to GET /aris3/stock/all is")]
    // The content type.
    [InlineData("/aris3/stock", "200 OK", "text/html", "<p>", Verdict.Failed,
        "the content type is 'text/html', not 'application/json', as openapi.yaml for GET /aris3/stock, status 200 says")]
    [InlineData("/aris3/stock", "200 OK", "Application/JSON; charset=UTF-8", "{}", Verdict.Failed, "the body has no 'totals', which is required")]
    [InlineData("/aris3/files/a.b.json", "200 OK", "application/any", "7", Verdict.Failed, "the body is 7, not a string")]
    // No body.
    [InlineData("/aris3/stock", "204 None", "", "", Verdict.Passed, "there is no body, as openapi.yaml for GET /aris3/stock, status 204 says")]
    // The path: servers, parameters, the one without parameters first.
    [InlineData("/trial/stock/x", "200 OK", "application/json", "true", Verdict.Failed, "the body is true, not an integer")]
    [InlineData("/trial/stock/all", "200 OK", "application/json", "[]", Verdict.Passed,
        "the body is as openapi.yaml for GET /trial/stock/all, status 200 says")]
    [InlineData("/trial/stock/never", "200 OK", "application/json", "1", Verdict.Inconclusive, "openapi.yaml has several paths that /trial/stock/never may be")]
    [InlineData("/stock", "200 OK", "application/json", Good, Verdict.Inconclusive, "openapi.yaml has no path that /stock is")]
    [InlineData("/aris3/stock/", "200 OK", "application/json", Good, Verdict.Inconclusive, "openapi.yaml has no path that /aris3/stock/ is")]
    [InlineData("/aris3/files/.json", "200 OK", "application/json", "7", Verdict.Inconclusive, "openapi.yaml has no path that /aris3/files/.json is")]
    public async Task The_schema_is_found_by_what_is_asked_and_answered(
        string path, string status, string type, string body, Verdict verdict, string said)
    {
        await using var server = Answering(body, type, status);
        var result = await RunAsync(server, path, "contract: openapi.yaml\nexpect: status > 0");
        Assert.Equal((verdict, said), (result.Findings[^1].Verdict, result.Findings[^1].Text));
        Assert.Equal(verdict, result.Verdict);
    }

    [Fact]
    public async Task A_description_of_Swagger_2_will_do()
    {
        await File.WriteAllTextAsync(_bench.PathOf("v2.yaml"), """
            swagger: '2.0'
            info: { title: stock, version: 1.0.0 }
            basePath: /aris3
            produces: [application/json]
            paths: { /stock: { get: { responses: { '200': { description: ok, schema: { $ref: '#/definitions/Stock' } } } } } }
            definitions: { Stock: { type: object, required: [rows], properties: { note: { type: string, x-nullable: true } } } }
            """);
        foreach (var key in (string[])["contract: v2.yaml", "schema: v2.yaml#/definitions/Stock", "schema: v2.yaml#/paths/~1stock/get/responses/200/schema"])
        {
            await using var server = Answering("""{"note": null}""");
            var result = await RunAsync(server, "/aris3/stock", key);
            Assert.Equal((key, "the body has no 'rows', which is required"), (key, result.Findings[^1].Text));
        }
    }

    [Fact]
    public async Task A_file_of_JSON_Schema_will_do()
    {
        await File.WriteAllTextAsync(_bench.PathOf("stock.json"), """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/stock", "$ref": "#/$defs/Stock",
             "$defs": {"Stock": {"type": "object", "required": ["rows"]}}}
            """);
        await using var server = Answering("{}");
        Assert.Equal("the body has no 'rows', which is required", (await RunAsync(server, "/", "schema: stock.json")).Findings[^1].Text);
        await File.WriteAllTextAsync(_bench.PathOf("old.json"), """{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}""");
        await using var other = Answering("{}");
        var old = await RunAsync(other, "/", "schema: old.json");
        Assert.Equal(Verdict.Inconclusive, old.Verdict);
        Assert.Contains("only those of JSON Schema 2020-12", old.Findings[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_no_body_that_could_pass()
    {
        var server = Answering(Good);
        await server.DisposeAsync();
        var result = await RunAsync(server, "/aris3/stock", "contract: openapi.yaml\nno-answer: fails\nexpect: status == 0");
        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal("no body came that could be held against the schema", result.Findings[^1].Text);
    }

    [Fact]
    public async Task A_step_that_is_not_required_stays_so()
    {
        await using var server = Answering(Bad);
        Assert.All((await RunAsync(server, "/aris3/stock", "contract: openapi.yaml\nrequired: false")).Findings, f => Assert.False(f.Required));
    }

    [Fact]
    public async Task Many_places_make_a_short_line_and_stand_among_the_findings()
    {
        await using var server = Answering("[" + string.Join(',', Enumerable.Repeat("1", 50)) + "]");
        await File.WriteAllTextAsync(_bench.PathOf("list.json"), """{"items": {"type": "string"}}""");
        var result = await RunAsync(server, "/", "schema: list.json");
        Assert.Equal(22, result.Findings.Count);
        Assert.Equal("and 30 more places that break the schema", result.Findings[^1].Text);
        Assert.Contains("; and 15 more (", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_shows_what_the_body_is_held_against()
    {
        var plan = Bench.Plan(Bench.Steps("""
            - { id: a, http: 'https://h/stock', schema: '${{ params.tag }}.yaml#/components/schemas/Stock' }
            - { id: b, http: 'https://h/stock', contract: '${{ params.tag }}.yaml' }
            """, head: "parameters: { tag: { required: true } }"));
        Assert.Equal("GET https://h/stock   (body by the schema '<tag>.yaml#/components/schemas/Stock')", plan.Steps[0].Does);
        Assert.Equal("GET https://h/stock   (body by the contract <tag>.yaml)", plan.Steps[1].Does);
    }
}
