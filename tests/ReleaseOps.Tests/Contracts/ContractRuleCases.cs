namespace ReleaseOps.Tests.Contracts;

/// <summary>For each rule that isn't about schemas alone two descriptions that differ by it: what was, what is, and the ids that are told.</summary>
internal static class ContractRuleCases
{
    public sealed record Case(string Before, string After, params string[] Ids);

    private const string Ok = "'200': {description: ok}";

    public static IReadOnlyList<Case> All { get; } =
    [
        // Paths and operations.
        new(Paths("/a: {get: {}}"), Paths("/a: {get: {}, put: {}}"), "endpoint-added"),
        new(Paths("/a: {get: {}}"), Paths("/a: {get: {}}, /b: {get: {}}"), "endpoint-added"),
        new(Paths("/a: {get: {}}"), Paths("/b: {get: {}}"), "api-path-removed-without-deprecation", "endpoint-added"),
        new(Paths("/a: {get: {deprecated: true}}"), Paths(""), "api-path-removed-with-deprecation"),
        new(Paths("/a: {get: {deprecated: true, x-sunset: '2026-07-02'}}"), Paths(""), "api-path-removed-before-sunset"),
        new(Paths("/a: {get: {deprecated: true, x-sunset: '2026-07-01'}}"), Paths(""), "api-path-removed-after-sunset"),
        new(Paths("/a: {get: {deprecated: true, x-sunset: soon}}"), Paths(""), "api-path-sunset-parse"),
        new(Paths("/a: {get: {}, put: {}}"), Paths("/a: {put: {}}"), "api-removed-without-deprecation"),
        new(Paths("/a: {get: {deprecated: true}, put: {}}"), Paths("/a: {put: {}}"), "api-removed-with-deprecation"),
        new(Paths("/a: {get: {deprecated: true, x-sunset: '2026-07-02'}, put: {}}"), Paths("/a: {put: {}}"), "api-removed-before-sunset"),
        new(Paths("/a: {get: {deprecated: true, x-sunset: '2026-06-01T00:00:00Z'}, put: {}}"), Paths("/a: {put: {}}"), "api-removed-after-sunset"),
        new(Paths("/a: {get: {x-stability-level: alpha}, put: {}}"), Paths("/a: {put: {}}")),
        new(Paths("'/a/{id}': {get: {}}"), Paths("'/a/{key}': {get: {}}")),
        new(Paths("'/a/{id}': {get: {}}"), Paths("'/a/{id}/b': {get: {}}"), "api-path-removed-without-deprecation", "endpoint-added"),
        new(Api.Post(""), Api.Post("deprecated: true"), "endpoint-deprecated"),
        new(Api.Post(""), Api.Post("deprecated: true, x-sunset: '2026-07-01'"), "endpoint-deprecated-with-sunset"),
        new(Api.Post(""), Api.Post("deprecated: true, x-sunset: '2026-06-30'"), "api-sunset-date-too-small"),
        new(Api.Post(""), Api.Post("deprecated: true, x-sunset: soon"), "api-deprecated-sunset-parse"),
        new(Api.Post("deprecated: true"), Api.Post(""), "endpoint-reactivated"),
        new(Api.Post("deprecated: true, x-sunset: '2026-08-01'"), Api.Post("deprecated: true"), "sunset-deleted"),
        new(Api.Post("deprecated: true, x-sunset: '2026-08-01'"), Api.Post("deprecated: true, x-sunset: '2026-06-01'"), "api-sunset-date-changed-too-small"),
        new(Api.Post("deprecated: true, x-sunset: '2026-08-01'"), Api.Post("deprecated: true, x-sunset: '2026-07-10'")),
        new(Api.Post("deprecated: true, x-sunset: '2026-08-01'"), Api.Post("deprecated: true, x-sunset: soon"), "api-path-sunset-parse"),
        new(Api.Post(""), Api.Post("x-stability-level: beta"), "api-stability-decreased"),
        new(Api.Post("x-stability-level: beta"), Api.Post("x-stability-level: stable"), "api-stability-increased"),
        new(Api.Post("x-stability-level: golden"), Api.Post(""), "api-invalid-stability-level"),
        new(Api.Post(""), Api.Post("operationId: go"), "api-operation-id-added"),
        new(Api.Post("operationId: go"), Api.Post("operationId: run"), "api-operation-id-removed"),
        new(Api.Post("tags: [a]"), Api.Post("tags: [b, a]"), "api-tag-added"),
        new(Api.Post("tags: [a, b]"), Api.Post("tags: [b]"), "api-tag-removed"),
        new(Api.Post(""), Api.Post("", "webhooks: {sold: {post: {}}}"), "webhook-added"),
        new(Api.Post("", "webhooks: {sold: {post: {}}}"), Api.Post(""), "webhook-removed"),
        new(Api.Post("", "webhooks: {sold: {post: {requestBody: {required: true}}}}"), Api.Post("", "webhooks: {sold: {post: {requestBody: {}}}}"), "webhook-body-became-optional"),
        new(Api.Post("", "webhooks: {sold: {post: {requestBody: {}}}}"), Api.Post("", "webhooks: {sold: {post: {requestBody: {required: true}}}}"), "webhook-body-became-required"),
        new(Api.Post(""), Api.Post("callbacks: {sold: {'{$url}': {post: {}}}}"), "callback-added"),
        new(Api.Post("callbacks: {sold: {'{$url}': {post: {}}}}"), Api.Post(""), "callback-removed"),
        new(Api.Post("", "servers: [{url: 'https://a'}]"), Api.Post("", "servers: [{url: 'https://b'}, {url: 'https://a/'}]"), "api-server-added"),
        new(Api.Post("", "servers: [{url: 'https://a'}]"), Api.Post("", "servers: [{url: 'https://b'}]"), "api-server-added", "api-server-removed"),
        new(Api.Post("servers: [{url: 'https://a'}]"), Api.Post("servers: [{url: 'https://b'}]"), "api-server-added", "api-server-removed"),
        new(Api.Post("", "components: {schemas: {A: {type: string}}}"), Api.Post("", "components: {schemas: {}}"), "api-schema-removed"),
        new(Version("1.2.0", "{get: {}}"), Version("1.2.0", "{}"), "api-removed-without-deprecation", "api-version-not-bumped"),
        new(Version("1.2.0", "{get: {}}"), Version("1.1.9", "{}"), "api-removed-without-deprecation", "api-version-decreased"),
        new(Version("1.2.0", "{get: {}}"), Version("1.3.0", "{}"), "api-removed-without-deprecation", "api-major-version-not-bumped"),
        new(Version("0.2.0", "{get: {}}"), Version("0.2.1", "{}"), "api-removed-without-deprecation", "api-major-version-not-bumped"),
        new(Version("0.2.0", "{get: {}}"), Version("0.3.0", "{}"), "api-removed-without-deprecation"),
        new(Version("1.2.0", "{get: {}}"), Version("v2.0.0-rc.1", "{}"), "api-removed-without-deprecation"),
        new(Version("2026-01", "{get: {}}"), Version("2026-01", "{}"), "api-removed-without-deprecation"),

        // Parameters.
        new(Parameter(""), Parameter("{name: q, in: query, required: true}"), "new-required-request-parameter"),
        new(Parameter(""), Parameter("{name: q, in: query}"), "new-optional-request-parameter"),
        new(Parameter(""), Parameter("{name: q, in: path}"), "new-request-path-parameter"),
        new(Parameter("{name: q, in: query}"), Parameter(""), "request-parameter-removed"),
        new(Parameter("{name: q, in: query}"), Parameter("{name: q, in: header}"), "new-optional-request-parameter", "request-parameter-removed"),
        new(Parameter("{name: q, in: query, deprecated: true}"), Parameter(""), "request-parameter-removed-with-deprecation"),
        new(Parameter("{name: q, in: query, deprecated: true, x-sunset: '2026-07-02'}"), Parameter(""), "request-parameter-removed-before-sunset"),
        new(Parameter("{name: q, in: query, deprecated: true, x-sunset: '2026-07-01'}"), Parameter(""), "request-parameter-removed-after-sunset"),
        new(Parameter("{name: q, in: query, deprecated: true, x-sunset: soon}"), Parameter(""), "request-parameter-sunset-parse"),
        new(Parameter("{name: q, in: query}"), Parameter("{name: q, in: query, required: true}"), "request-parameter-became-required"),
        new(Parameter("{name: q, in: query, required: true}"), Parameter("{name: q, in: query}"), "request-parameter-became-optional"),
        new(Parameter("{name: q, in: query, schema: {type: array}}"), Parameter("{name: q, in: query, explode: false, schema: {type: array}}"), "request-parameter-style-changed"),
        new(Parameter("{name: q, in: query, schema: {type: string}}"), Parameter("{name: q, in: query, explode: false, schema: {type: string}}")),
        new(Parameter("{name: q, in: query, content: {text/plain: {schema: {type: string}}}}"), Parameter("{name: q, in: query, content: {application/json: {schema: {type: string}}}}"), "request-parameter-content-changed"),
        new(Parameter("{name: q, in: query}"), Parameter("{name: q, in: query, schema: {type: string}}"), "request-parameter-schema-added"),
        new(Parameter("{name: q, in: query, schema: {type: string}}"), Parameter("{name: q, in: query}"), "request-parameter-schema-removed"),
        new(Parameter("{name: q, in: query}"), Parameter("{name: q, in: query, deprecated: true}"), "request-parameter-deprecated"),
        new(Parameter("{name: q, in: query, deprecated: true}"), Parameter("{name: q, in: query}"), "request-parameter-reactivated"),
        new(Parameter("{name: q, in: query}"), Parameter("{name: q, in: query, deprecated: true, x-sunset: '2026-06-30'}"), "request-parameter-sunset-date-too-small"),
        new(Parameter("{name: q, in: query, deprecated: true, x-sunset: '2026-08-01'}"), Parameter("{name: q, in: query, deprecated: true, x-sunset: '2026-06-01'}"), "request-parameter-sunset-date-changed-too-small"),
        new(Parameter("{name: q, in: query, deprecated: true, x-sunset: '2026-08-01'}"), Parameter("{name: q, in: query, deprecated: true}"), "request-parameter-sunset-deleted"),
        new(Parameter("{name: X-A, in: header}"), Parameter("{name: x-a, in: header}")),
        new(Parameter("{name: q, in: query, required: true, schema: {default: a}}"), Parameter("{name: q, in: query, required: true, schema: {default: b}}")),

        // Bodies.
        new(Api.Post(""), Api.Post("requestBody: {required: true}"), "request-body-added-required"),
        new(Api.Post(""), Api.Post("requestBody: {content: {}}"), "request-body-added-optional"),
        new(Api.Post("requestBody: {content: {}}"), Api.Post(""), "request-body-removed"),
        new(Api.Post("requestBody: {content: {}}"), Api.Post("requestBody: {content: {}, required: true}"), "request-body-became-required"),
        new(Api.Post("requestBody: {content: {}, required: true}"), Api.Post("requestBody: {content: {}}"), "request-body-became-optional"),
        new(Body("application/json: {}"), Body("application/xml: {}, Application/JSON: {}"), "request-body-media-type-added"),
        new(Body("application/json: {}"), Body("application/xml: {}"), "request-body-media-type-added", "request-body-media-type-removed"),
        new(Body("application/json: {}"), Body("application/json: {schema: {type: string}}"), "request-body-media-type-schema-added"),
        new(Body("application/json: {schema: {type: string}}"), Body("application/json: {}"), "request-body-media-type-schema-removed"),
        new(Body("multipart/form-data: {schema: {}, encoding: {a: {contentType: image/png}}}"), Body("multipart/form-data: {schema: {}, encoding: {a: {contentType: image/gif}}}"), "request-body-encoding-changed"),

        // Responses.
        new(Responses(Ok), Responses(Ok + ", '201': {description: ok}"), "response-success-status-added"),
        new(Responses(Ok), Responses("'204': {description: ok}"), "response-success-status-added", "response-success-status-removed"),
        new(Responses(Ok), Responses(Ok + ", '404': {description: no}"), "response-non-success-status-added"),
        new(Responses(Ok + ", default: {description: no}"), Responses(Ok), "response-non-success-status-removed"),
        new(Answer("application/json: {}"), Answer("application/xml: {}, application/json: {}"), "response-media-type-added"),
        new(Answer("application/json: {}, text/csv: {}"), Answer("application/json: {}"), "response-media-type-removed"),
        new(Answer("application/json: {}"), Answer("'application/json; charset=utf-8': {}"), "response-media-type-name-changed"),
        new(Answer("application/problem+json: {}"), Answer("application/json: {}"), "response-media-type-name-generalized"),
        new(Answer("application/json: {}"), Answer("application/problem+json: {}"), "response-media-type-name-specialized"),
        new(Answer("application/json: {}"), Answer("application/json: {schema: {type: string}}"), "response-body-media-type-schema-added"),
        new(Answer("application/json: {schema: {type: string}}"), Answer("application/json: {}"), "response-body-media-type-schema-removed"),
        new(Headers(""), Headers("X-A: {}"), "response-header-added"),
        new(Headers("X-A: {required: true}"), Headers(""), "required-response-header-removed"),
        new(Headers("X-A: {}"), Headers(""), "optional-response-header-removed"),
        new(Headers("X-A: {required: true}"), Headers("x-a: {}"), "response-header-became-optional"),
        new(Headers("X-A: {}"), Headers("X-A: {required: true}"), "response-header-became-required"),

        // Security.
        new(Security("[{a: []}]"), Security("[{b: []}, {a: []}]"), "api-security-added"),
        new(Security("[{a: []}, {b: []}]"), Security("[{a: []}]"), "api-security-removed"),
        new(Security("[]"), Security("[{a: []}]"), "api-security-added", "api-security-became-required"),
        new(Security("[{a: []}]"), Security("[{a: []}, {}]"), "api-security-became-optional"),
        new(Security("[{a: [r]}]"), Security("[{a: [w, r]}]"), "api-security-scope-added"),
        new(Security("[{a: [w, r]}]"), Security("[{a: [r]}]"), "api-security-scope-removed"),
        new(Security("[{a: [], b: []}]"), Security("[{b: [], a: []}]")),
        new(Api.Post("", "security: [{a: []}]"), Api.Post("", "security: [{a: []}, {b: []}]"), "api-global-security-added"),
        new(Api.Post("", "security: [{a: []}, {b: []}]"), Api.Post("", "security: [{a: []}]"), "api-global-security-removed"),
        new(Api.Post("", "security: [{a: [r]}]"), Api.Post("", "security: [{a: [r, w]}]"), "api-global-security-scope-added"),
        new(Api.Post("", "security: [{a: [r, w]}]"), Api.Post("", "security: [{a: [w]}]"), "api-global-security-scope-removed"),
        new(Api.Post("", "security: [{a: []}]"), Api.Post("security: [{a: []}]", "security: [{a: []}]")),
        new(Scheme(""), Scheme("a: {type: http, scheme: basic}"), "api-security-component-added"),
        new(Scheme("a: {type: http, scheme: basic}"), Scheme(""), "api-security-component-removed"),
        new(Scheme("a: {type: http, scheme: basic}"), Scheme("a: {type: apiKey, name: k, in: header}"), "api-security-component-type-changed"),
        new(Scheme("a: {type: http, scheme: basic}"), Scheme("a: {type: http, scheme: Bearer}"), "api-security-component-moved"),
        new(Flow("authorizationUrl: 'https://a', scopes: {}"), Flow("authorizationUrl: 'https://b', scopes: {}"), "api-security-component-oauth-url-changed"),
        new(Flow("tokenUrl: 'https://a', scopes: {}"), Flow("tokenUrl: 'https://b', scopes: {}"), "api-security-component-oauth-token-url-changed"),
        new(Flow("scopes: {r: read}"), Flow("scopes: {r: read, w: write}"), "api-security-component-oauth-scope-added"),
        new(Flow("scopes: {r: read, w: write}"), Flow("scopes: {w: write}"), "api-security-component-oauth-scope-removed"),
        new(Flow("scopes: {r: read}"), Flow("scopes: {r: look}"), "api-security-component-oauth-scope-changed"),

        // Properties.
        new(Takes("{}", ""), Takes("{p: {type: string}}", "p"), "new-required-request-property"),
        new(Takes("{}", ""), Takes("{p: {type: string, default: a}}", "p"), "new-required-request-property-with-default"),
        new(Takes("{}", ""), Takes("{p: {type: string}}", ""), "new-optional-request-property"),
        new(Takes("{}", ""), Takes("{p: {type: string, readOnly: true}}", "p")),
        new(Takes("{p: {type: string}}", ""), Takes("{}", ""), "request-property-removed"),
        new(Takes("{p: {type: string}}", ""), Takes("{p: {type: string}}", "p"), "request-property-became-required"),
        new(Takes("{}", ""), Takes("{}", "p"), "request-property-became-required"),
        new(Takes("{p: {type: string, default: a}}", ""), Takes("{p: {type: string, default: a}}", "p"), "request-property-became-required-with-default"),
        new(Takes("{p: {type: string}}", "p"), Takes("{p: {type: string}}", ""), "request-property-became-optional"),
        new(InQuery("{}", ""), InQuery("{p: {type: string}}", "p"), "new-required-request-parameter-property"),
        new(InQuery("{}", ""), InQuery("{p: {type: string}}", ""), "new-optional-request-parameter-property"),
        new(InQuery("{p: {type: string}}", ""), InQuery("{}", ""), "request-parameter-property-removed"),
        new(InQuery("{p: {type: string}}", ""), InQuery("{p: {type: string}}", "p"), "request-parameter-property-became-required"),
        new(InQuery("{p: {type: string}}", "p"), InQuery("{p: {type: string}}", ""), "request-parameter-property-became-optional"),
        new(InHeader("{}", ""), InHeader("{p: {type: string}}", "p"), "new-required-request-header-property"),
        new(InHeader("{}", ""), InHeader("{p: {type: string}}", ""), "new-optional-request-header-property"),
        new(InHeader("{p: {type: string}}", ""), InHeader("{}", ""), "request-header-property-removed"),
        new(InHeader("{p: {type: string}}", ""), InHeader("{p: {type: string}}", "p"), "request-header-property-became-required"),
        new(InHeader("{p: {type: string}}", "p"), InHeader("{p: {type: string}}", ""), "request-header-property-became-optional"),
        new(Answers("{}", ""), Answers("{p: {type: string}}", "p"), "response-required-property-added"),
        new(Answers("{}", ""), Answers("{p: {type: string}}", ""), "response-optional-property-added"),
        new(Answers("{p: {type: string}}", "p"), Answers("{}", ""), "response-required-property-removed"),
        new(Answers("{p: {type: string}}", ""), Answers("{}", ""), "response-optional-property-removed"),
        new(Answers("{}", ""), Answers("{p: {writeOnly: true}}", "p"), "response-required-write-only-property-added"),
        new(Answers("{}", ""), Answers("{p: {writeOnly: true}}", ""), "response-optional-write-only-property-added"),
        new(Answers("{p: {writeOnly: true}}", "p"), Answers("{}", ""), "response-required-write-only-property-removed"),
        new(Answers("{p: {writeOnly: true}}", ""), Answers("{}", ""), "response-optional-write-only-property-removed"),
        new(Answers("{p: {type: string}}", ""), Answers("{p: {type: string}}", "p"), "response-property-became-required"),
        new(Answers("{p: {type: string}}", "p"), Answers("{p: {type: string}}", ""), "response-property-became-optional"),
        new(Answers("{p: {writeOnly: true}}", ""), Answers("{p: {writeOnly: true}}", "p"), "response-write-only-property-became-required"),
        new(Answers("{p: {writeOnly: true}}", "p"), Answers("{p: {writeOnly: true}}", ""), "response-write-only-property-became-optional"),
        new(HeaderOf("{}", ""), HeaderOf("{p: {type: string}}", "p"), "response-header-required-property-added"),
        new(HeaderOf("{}", ""), HeaderOf("{p: {type: string}}", ""), "response-header-optional-property-added"),
        new(HeaderOf("{p: {type: string}}", "p"), HeaderOf("{}", ""), "response-header-required-property-removed"),
        new(HeaderOf("{p: {type: string}}", ""), HeaderOf("{}", ""), "response-header-optional-property-removed"),
        new(HeaderOf("{p: {type: string}}", ""), HeaderOf("{p: {type: string}}", "p"), "response-header-property-became-required"),
        new(HeaderOf("{p: {type: string}}", "p"), HeaderOf("{p: {type: string}}", ""), "response-header-property-became-optional"),
        .. new[] { "", "p" }.SelectMany(Mutabilities),

        // What nobody sends, and what nobody gets.
        new(Takes("{p: {readOnly: true, enum: [a, b]}}", ""), Takes("{p: {readOnly: true, enum: [b]}}", ""), "request-read-only-property-enum-value-removed"),
        new(Takes("{p: {readOnly: true, maximum: 3}}", ""), Takes("{p: {readOnly: true, maximum: 2}}", ""), "request-read-only-property-max-decreased"),
        new(Takes("{p: {readOnly: true, exclusiveMaximum: 3}}", ""), Takes("{p: {readOnly: true, exclusiveMaximum: 2}}", ""), "request-read-only-property-exclusive-max-decreased"),
        new(Takes("{p: {readOnly: true, maxLength: 3}}", ""), Takes("{p: {readOnly: true, maxLength: 2}}", ""), "request-read-only-property-max-length-decreased"),
        new(Takes("{p: {readOnly: true, minimum: 3}}", ""), Takes("{p: {readOnly: true, minimum: 4}}", ""), "request-read-only-property-min-increased"),
        new(Takes("{p: {readOnly: true, exclusiveMinimum: 3}}", ""), Takes("{p: {readOnly: true, exclusiveMinimum: 4}}", ""), "request-read-only-property-exclusive-min-increased"),
        new(InQuery("{p: {type: string}}", ""), InQuery("{p: {type: object, readOnly: true}}", ""), "request-parameter-property-type-specialized"),
        new(Takes("{p: {readOnly: true, type: string}}", ""), Takes("{p: {readOnly: true, type: object}}", "")),
        new(Answers("{p: {writeOnly: true, enum: [a]}}", ""), Answers("{p: {writeOnly: true, enum: [a, b]}}", ""), "response-write-only-property-enum-value-added"),
        new(Answers("{p: {writeOnly: true, type: string}}", ""), Answers("{p: {writeOnly: true, type: object}}", "")),
    ];

    private static string Paths(string paths) => $"openapi: 3.1.0\ninfo: {{title: a, version: a}}\npaths: {{ {paths} }}";

    private static string Version(string version, string item) => $"openapi: 3.1.0\ninfo: {{title: a, version: '{version}'}}\npaths: {{/a: {item}}}";

    private static string Parameter(string parameter) => Api.Post($"parameters: [{parameter}]");

    private static string Body(string content) => Api.Post($"requestBody: {{content: {{{content}}}}}");

    private static string Responses(string responses) => Api.Post("", responses: responses);

    private static string Answer(string content) => Responses($"'200': {{description: ok, content: {{{content}}}}}");

    private static string Headers(string headers) => Responses($"'200': {{description: ok, headers: {{{headers}}}}}");

    private static string Security(string security) => Api.Post($"security: {security}");

    private static string Scheme(string schemes) => Api.Post("", $"components: {{securitySchemes: {{{schemes}}}}}");

    private static string Flow(string flow) => Scheme($"a: {{type: oauth2, flows: {{implicit: {{{flow}}}}}}}");

    private static string Takes(string properties, string required) => Api.Taking(Shape(properties, required));

    private static string Answers(string properties, string required) => Api.Answering(Shape(properties, required));

    private static string InQuery(string properties, string required) => Parameter($"{{name: q, in: query, schema: {Shape(properties, required)}}}");

    private static string InHeader(string properties, string required) => Parameter($"{{name: q, in: header, schema: {Shape(properties, required)}}}");

    private static string HeaderOf(string properties, string required) => Headers($"X-A: {{schema: {Shape(properties, required)}}}");

    private static string Shape(string properties, string required) => $"{{type: object, properties: {properties}, required: [{required}]}}";

    private static IEnumerable<Case> Mutabilities(string required)
    {
        var word = required.Length > 0 ? "required" : "optional";
        var (plain, readOnly, writeOnly) = ("{p: {type: string}}", "{p: {type: string, readOnly: true}}", "{p: {type: string, writeOnly: true}}");
        yield return new(Takes(plain, ""), Takes(readOnly, ""), "request-optional-property-became-read-only");
        yield return new(Takes(plain, "p"), Takes(readOnly, "p"), "request-property-became-optional", "request-required-property-became-read-only");
        yield return new(Takes(readOnly, ""), Takes(plain, ""), "request-optional-property-became-not-read-only");
        yield return new(Takes(readOnly, "p"), Takes(plain, "p"), "request-property-became-required", "request-required-property-became-not-read-only");
        yield return new(Takes(plain, required), Takes(writeOnly, required), $"request-{word}-property-became-write-only");
        yield return new(Takes(writeOnly, required), Takes(plain, required), $"request-{word}-property-became-not-write-only");
        yield return new(Answers(plain, required), Answers(readOnly, required), $"response-{word}-property-became-read-only");
        yield return new(Answers(readOnly, required), Answers(plain, required), $"response-{word}-property-became-not-read-only");
        yield return new(Answers(plain, ""), Answers(writeOnly, ""), "response-optional-property-became-write-only");
        yield return new(Answers(plain, "p"), Answers(writeOnly, "p"), "response-property-became-optional", "response-required-property-became-write-only");
        yield return new(Answers(writeOnly, ""), Answers(plain, ""), "response-optional-property-became-not-write-only");
        yield return new(Answers(writeOnly, "p"), Answers(plain, "p"), "response-property-became-required", "response-required-property-became-not-write-only");
    }
}
