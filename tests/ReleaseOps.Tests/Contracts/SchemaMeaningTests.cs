namespace ReleaseOps.Tests.Contracts;

/// <summary>Schemas that are written in different ways and mean the same, and others that look alike and don't.</summary>
public sealed class SchemaMeaningTests
{
    [Theory]
    // allOf is what its members ask for together.
    [InlineData("{type: object, properties: {a: {type: string}}, required: [a]}", "{allOf: [{type: object, properties: {a: {type: string}}}, {required: [a]}]}")]
    [InlineData("{type: object, properties: {a: {type: string, maxLength: 3}}}", "{allOf: [{type: object, properties: {a: {type: string}}}, {properties: {a: {maxLength: 3}}}]}")]
    [InlineData("{type: number, maximum: 3}", "{allOf: [{type: number, maximum: 5}, {maximum: 3.0}]}")]
    [InlineData("{type: string, enum: [b]}", "{allOf: [{type: string, enum: [a, b]}, {enum: [b, c]}]}")]
    [InlineData("{type: integer}", "{allOf: [{type: number}, {type: integer}]}")]
    [InlineData("{type: string}", "{allOf: [{type: string}, {title: T, description: d}]}")]
    // A choice of one, and of one or null.
    [InlineData("{type: string}", "{oneOf: [{type: string}]}")]
    [InlineData("{type: [object, 'null'], properties: {a: {}}}", "{oneOf: [{type: 'null'}, {type: object, properties: {a: {}}}]}")]
    [InlineData("{type: [object, 'null'], properties: {a: {}}}", "{anyOf: [{type: object, properties: {a: {}}}, {type: 'null'}]}")]
    [InlineData("{type: [string, integer]}", "{anyOf: [{type: integer}, {type: string, title: S}]}")]
    // Orders that mean nothing.
    [InlineData("{oneOf: [{type: object, required: [a, b]}, {type: array, items: {type: string}}]}", "{oneOf: [{items: {type: string}, type: array}, {required: [b, a], type: object}]}")]
    [InlineData("{type: object, required: [a, b], properties: {a: {type: string}, b: {enum: [x, y]}}}", "{properties: {b: {enum: [y, x]}, a: {type: string}}, required: [b, a], type: object}")]
    // Words for people.
    [InlineData("{type: string, description: a, example: b, title: c}", "{type: string, examples: [x], externalDocs: {url: d}, x-note: e}")]
    [InlineData("{const: a}", "{enum: [a]}")]
    [InlineData("{type: string, enum: [a]}", "{enum: [a]}")]
    [InlineData("{enum: [1, 2]}", "{enum: [2.0, 10e-1]}")]
    [InlineData("{default: {a: 1, b: [2]}}", "{default: {b: [2.0], a: 1}}")]
    [InlineData("{minLength: 0, minItems: 0, additionalProperties: true, uniqueItems: false}", "{items: {}, additionalProperties: {}}")]
    [InlineData("{discriminator: {propertyName: a, mapping: {x: A}}}", "{discriminator: {propertyName: a, mapping: {x: '#/components/schemas/A'}}}")]
    public void What_means_the_same_is_no_difference(string one, string other)
    {
        const string A = "components: {schemas: {A: {type: object}}}";
        Assert.Empty(Api.Ids(Api.Taking(one, A), Api.Taking(other, A)));
        Assert.Empty(Api.Ids(Api.Answering(one, A), Api.Answering(other, A)));
    }

    [Theory]
    [InlineData("3.0.3", "{type: string, nullable: true}", "3.1.0", "{type: [string, 'null']}")]
    [InlineData("3.0.3", "{type: integer, minimum: 1, exclusiveMinimum: true}", "3.1.0", "{type: integer, exclusiveMinimum: 1}")]
    [InlineData("3.0.3", "{type: integer, maximum: 1, exclusiveMaximum: false}", "3.1.0", "{type: integer, maximum: 1}")]
    [InlineData("3.0.3", "{type: string, nullable: true, enum: [a, null]}", "3.1.0", "{type: [string, 'null'], enum: [a, null]}")]
    [InlineData("3.0.3", "{nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}", "3.1.0", "{oneOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}")]
    [InlineData("3.0.3", "{$ref: '#/components/schemas/A', maxProperties: 3}", "3.1.0", "{$ref: '#/components/schemas/A', description: d}")]
    [InlineData("3.1.0", "{$ref: '#/components/schemas/A', maxProperties: 3}", "3.1.0", "{type: object, maxProperties: 3}")]
    public void Versions_write_the_same_in_different_ways(string version, string one, string otherVersion, string other)
    {
        const string A = "components: {schemas: {A: {type: object}}}";
        Assert.Empty(Api.Ids(Api.Answering(one, A, version), Api.Answering(other, A, otherVersion)));
        Assert.Empty(Api.Ids(Api.Answering(other, A, otherVersion), Api.Answering(one, A, version)));
    }

    [Fact]
    public void A_description_of_2_is_compared_with_one_of_3()
    {
        const string Two = """
            swagger: '2.0'
            info: {title: a, version: '1'}
            host: example.org
            basePath: /v1
            schemes: [https]
            consumes: [application/json]
            securityDefinitions: {a: {type: basic}, o: {type: oauth2, flow: accessCode, authorizationUrl: u, tokenUrl: t, scopes: {r: read}}}
            paths:
              /a/{id}:
                parameters: [{name: id, in: path, required: true, type: string, maxLength: 5}]
                post:
                  parameters:
                    - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: multi}
                    - {name: body, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}
                  responses: {'200': {description: ok, schema: {$ref: '#/definitions/Pet'}, headers: {X-A: {type: integer}}}}
                put:
                  consumes: [multipart/form-data]
                  parameters: [{name: file, in: formData, type: file, required: true}, {name: note, in: formData, type: string}]
                  responses: {'204': {description: ok}}
            definitions: {Pet: {type: object, required: [name], properties: {name: {type: string}}}}
            """;
        const string Three = """
            openapi: 3.0.3
            info: {title: a, version: '1'}
            servers: [{url: 'https://example.org/v1/'}]
            paths:
              /a/{key}:
                parameters: [{name: key, in: path, required: true, schema: {type: string, maxLength: 5}}]
                put:
                  requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {note: {type: string}, file: {type: string, format: binary}}, required: [file]}}}}
                  responses: {'204': {description: ok}}
                post:
                  parameters: [{name: tags, in: query, schema: {type: array, items: {type: string}}}]
                  requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
                  responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}, headers: {x-a: {schema: {type: integer}}}}}
            components:
              schemas: {Pet: {type: object, required: [name], properties: {name: {type: string}}}}
              securitySchemes: {a: {type: http, scheme: Basic}, o: {type: oauth2, flows: {authorizationCode: {authorizationUrl: u, tokenUrl: t, scopes: {r: read}}}}}
            """;

        Assert.Empty(Api.Ids(Two, Three));
        Assert.Empty(Api.Ids(Three, Two));
        Assert.Equal(["request-parameter-max-length-decreased"], Api.Ids(Two, Three.Replace("maxLength: 5", "maxLength: 4", StringComparison.Ordinal)));
        Assert.Equal(
            ["request-property-type-changed", "response-property-type-changed"],
            Api.Ids(Two, Three.Replace("name: {type: string}", "name: {type: object}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{type: string, format: date}", "{type: string, format: date-time}", "request-property-type-changed", "response-property-type-changed")]
    [InlineData("{type: integer, format: int32}", "{type: integer, format: int64}", "request-property-type-generalized", "response-property-type-changed")]
    [InlineData("{type: string, format: uuid}", "{type: string}", "request-property-type-generalized", "response-property-type-changed")]
    [InlineData("{}", "{type: string}", "request-property-type-changed", "response-property-type-specialized")]
    [InlineData("{type: string}", "{type: [string, integer]}", "request-property-type-generalized", "response-property-type-generalized")]
    [InlineData("{type: string}", "{anyOf: [{type: string}, {type: integer}]}", "request-property-list-of-types-widened", "response-property-list-of-types-widened")]
    [InlineData("{type: string}", "{anyOf: [{type: string}, {type: 'null'}]}", "request-property-became-nullable", "response-property-became-nullable")]
    [InlineData("{type: string, maximum: 3}", "{type: string, maximum: 1e400}", "request-property-max-increased", "response-property-max-increased")]
    [InlineData("{$ref: '#/components/schemas/A'}", "{oneOf: [{$ref: '#/components/schemas/A'}, {title: B, type: array}]}", "request-property-one-of-added", "response-property-one-of-added")]
    [InlineData("{type: object}", "{type: object, oneOf: [{required: [a]}, {required: [b]}]}", "request-property-wrapped-in-one-of", "response-property-wrapped-in-one-of")]
    [InlineData("{items: {type: string}}", "{items: false}", "request-property-type-changed", "response-property-type-specialized")]
    public void A_request_may_take_more_and_a_response_promise_more(string one, string other, string inRequest, string inResponse)
    {
        const string A = "components: {schemas: {A: {type: object, properties: {a: {}}}}}";
        string Inside(string schema) => $"{{type: object, properties: {{p: {schema}}}}}";

        Assert.Equal([inRequest], Api.Ids(Api.Taking(Inside(one), A), Api.Taking(Inside(other), A)).Where(i => i != "api-version-not-bumped"));
        Assert.Equal([inResponse], Api.Ids(Api.Answering(Inside(one), A), Api.Answering(Inside(other), A)).Where(i => i != "api-version-not-bumped"));
    }

    [Fact]
    public void What_a_webhook_sends_is_what_a_client_gets()
    {
        static string Webhook(string schema) =>
            Api.Post("", $"webhooks: {{sold: {{post: {{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}}}}}}}");

        var change = Assert.Single(
            Api.Compare(Webhook("{properties: {a: {}}, required: [a]}"), Webhook("{properties: {}}")).Changes, c => c.Path is not null);
        Assert.Equal(("response-required-property-removed", ChangeLevel.Breaking, "webhook:sold", "POST"), (change.Id, change.Level, change.Path, change.Method));
    }
}
