using System.Text;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Contracts;

public sealed class SwaggerTests
{
    private const string Text = """
        swagger: '2.0'
        info: { title: Stock, version: '1' }
        host: example.org
        basePath: /v1
        schemes: [https, http]
        consumes: [application/json]
        produces: [application/json, application/xml]
        parameters:
          limit: { name: limit, in: query, type: integer, maximum: 50 }
          pet: { name: pet, in: body, required: true, schema: { $ref: '#/definitions/Pet' } }
          twice: { $ref: '#/parameters/limit' }
        responses:
          gone: { description: gone, schema: { $ref: '#/definitions/Pet' } }
        paths:
          /pets/{id}:
            parameters:
              - { name: id, in: path, required: true, type: string, format: uuid }
              - { name: q, in: query, type: array, items: { type: string } }
            get:
              parameters:
                - { name: id, in: path, required: true, type: integer }
                - { $ref: '#/parameters/twice' }
              responses:
                '200': { description: ok, schema: { $ref: '#/definitions/Pet' }, headers: { X-Left: { type: integer } } }
                '410': { $ref: '#/responses/gone' }
            put:
              consumes: [text/plain]
              produces: [text/csv]
              parameters: [ { $ref: '#/parameters/pet' } ]
              responses: { '410': { $ref: '#/responses/gone' } }
            post:
              consumes: []
              parameters:
                - { name: photo, in: formData, type: file, required: true }
                - { name: note, in: formData, type: string, maxLength: 9 }
              responses: { '204': { description: done } }
            delete:
              parameters: [ { $ref: 'other.yaml#/p' }, { $ref: '#/parameters/nothing' } ]
              responses: { '204': { description: done } }
        definitions:
          Pet: { type: object }
        securityDefinitions:
          basic: { type: basic }
          oauth: { type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: { read: r } }
          key: { type: apiKey, name: k, in: header }
        """;

    private readonly ApiDocument _document = ApiDocumentReader.Read(Encoding.UTF8.GetBytes(Text), "s.yaml");

    private ApiNode Pets => At("paths", "/pets/{id}");

    private ApiNode At(params string[] keys) => keys.Aggregate(_document.Root, (node, key) => node[key]!);

    private string PlaceOf(ApiNode node) => _document.PlaceOf(node).ToString();

    [Fact]
    public void Host_base_path_and_schemes_are_servers()
    {
        Assert.Equal(["https://example.org/v1", "http://example.org/v1"], At("servers").Items.Select(s => s["url"]!.Text));
        Assert.Equal("s.yaml:3:7", PlaceOf(At("servers")));
    }

    [Fact]
    public void Definitions_are_schemas_and_the_old_references_lead_to_them()
    {
        var schema = Pets["get"]!["responses"]!["200"]!["content"]!["application/xml"]!["schema"]!;
        Assert.Same(At("components", "schemas", "Pet"), _document.Resolve(schema["$ref"]!, out _));
        Assert.Equal("s.yaml:24:43", PlaceOf(schema));
    }

    [Fact]
    public void An_operation_has_its_own_parameters_and_those_of_its_path()
    {
        var parameters = Pets["get"]!["parameters"]!.Items;
        Assert.Equal(["q", "id", "limit"], parameters.Select(p => p["name"]!.Text));
        Assert.Equal("integer", parameters[1]["schema"]!["type"]!.Text);
        Assert.Equal("50", parameters[2]["schema"]!["maximum"]!.Text);
        Assert.Null(parameters[2]["type"]);
        Assert.Equal("s.yaml:9:10", PlaceOf(parameters[2]));
        Assert.Equal(["form", "false"], new[] { "style", "explode" }.Select(k => parameters[0][k]!.Text));
        Assert.Null(Pets["parameters"]);
    }

    [Fact]
    public void A_body_is_a_request_body_in_the_media_types_that_the_operation_takes()
    {
        var put = Pets["put"]!;
        Assert.Equal(["q", "id"], put["parameters"]!.Items.Select(p => p["name"]!.Text).OrderDescending());
        Assert.Equal("true", put["requestBody"]!["required"]!.Text);
        Assert.Equal(["text/plain"], put["requestBody"]!["content"]!.Keys);
        Assert.Equal("s.yaml:10:8", PlaceOf(put["requestBody"]!));
    }

    [Fact]
    public void Form_fields_are_the_properties_of_a_body()
    {
        var body = Pets["post"]!["requestBody"]!;
        var schema = body["content"]!["multipart/form-data"]!["schema"]!;
        Assert.Equal(("object", "true"), (schema["type"]!.Text, body["required"]!.Text));
        Assert.Equal(["photo"], schema["required"]!.Items.Select(i => i.Text));
        Assert.Equal(["string", "string"], schema["properties"]!.Items.Select(i => i["type"]!.Text));
        Assert.Equal("binary", schema["properties"]!["photo"]!["format"]!.Text);
        Assert.Equal("9", schema["properties"]!["note"]!["maxLength"]!.Text);
    }

    [Fact]
    public void A_shared_response_has_the_media_types_of_its_operation()
    {
        Assert.Equal(["application/json", "application/xml"], Pets["get"]!["responses"]!["410"]!["content"]!.Keys);
        Assert.Equal(["text/csv"], Pets["put"]!["responses"]!["410"]!["content"]!.Keys);
        Assert.Equal("s.yaml:13:9", PlaceOf(Pets["put"]!["responses"]!["410"]!));
        Assert.Equal("integer", Pets["get"]!["responses"]!["200"]!["headers"]!["X-Left"]!["schema"]!["type"]!.Text);
    }

    [Fact]
    public void What_another_file_has_or_nobody_cannot_be_told()
    {
        foreach (var parameter in Pets["delete"]!["parameters"]!.Items.Where(p => p["$ref"] is not null))
        {
            Assert.Null(_document.Resolve(parameter["$ref"]!, out var untold));
            Assert.Contains("doesn't lead to something in this file", untold!.Text, StringComparison.Ordinal);
        }
        Assert.Equal(2, Pets["delete"]!["parameters"]!.Items.Count(p => p["$ref"] is not null));
    }

    [Fact]
    public void Security_definitions_are_security_schemes()
    {
        var schemes = At("components", "securitySchemes");
        Assert.Equal(("http", "basic"), (schemes["basic"]!["type"]!.Text, schemes["basic"]!["scheme"]!.Text));
        Assert.Equal(["authorizationUrl", "tokenUrl", "scopes"], schemes["oauth"]!["flows"]!["authorizationCode"]!.Keys);
        Assert.Equal("apiKey", schemes["key"]!["type"]!.Text);
    }

    [Fact]
    public void Parameters_in_a_circle_end()
    {
        var document = ApiDocumentReader.Read(
            Encoding.UTF8.GetBytes("swagger: '2.0'\nparameters: { a: { $ref: '#/parameters/a' } }\n"
                + "paths: { /x: { get: { parameters: [ { $ref: '#/parameters/a' } ] } } }\n"), "s.yaml");
        var parameter = Assert.Single(document.Root["paths"]!["/x"]!["get"]!["parameters"]!.Items);
        Assert.Null(document.Resolve(parameter["$ref"]!, out var untold));
        Assert.Equal(ErrorId.UnknownReference, untold!.Reason);
    }
}
