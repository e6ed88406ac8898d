namespace ReleaseOps.Tests.Contracts.Validation;

/// <summary>Each keyword: a body that keeps it, one that breaks it, and what is said about that.</summary>
public class BodyRuleTests
{
    [Theory]
    [InlineData("{type: string}", "\"7\"", "7", "the body is 7, not a string")]
    [InlineData("{type: integer}", "7.0", "7.5", "the body is 7.5, not an integer")]
    [InlineData("{type: integer}", "1e400", "\"7\"", "the body is \"7\", not an integer")]
    [InlineData("{type: number}", "7", "\"7\"", "the body is \"7\", not a number")]
    [InlineData("{type: boolean}", "false", "0", "the body is 0, not a boolean")]
    [InlineData("{type: array}", "[]", "{}", "the body is an object, not an array")]
    [InlineData("{type: object}", "{}", "[1]", "the body is an array of 1, not an object")]
    [InlineData("{type: 'null'}", "null", "false", "the body is false, not null")]
    [InlineData("{type: [string, 'null']}", "null", "[]", "the body is an empty array, not a string or null")]
    [InlineData("{enum: [a, 1, [1, {b: 2.0}]]}", "[1.0, {\"b\": 2}]", "\"b\"", "the body is \"b\", not one of 'a', 1, a list of 2")]
    [InlineData("{enum: [1]}", "1.0", "\"1\"", "the body is \"1\", not one of 1")]
    [InlineData("{const: {a: 1, b: 2}}", "{\"b\": 2, \"a\": 1}", "{\"a\": 1}", "the body is an object, not an object")]
    [InlineData("{const: false}", "false", "0", "the body is 0, not false")]
    [InlineData("{minimum: 2}", "2", "1.9", "the body is 1.9, not at least 2")]
    [InlineData("{maximum: 2}", "2.0", "2.0000000000000000000000001", "the body is 2.0000000000000000000000001, not at most 2")]
    [InlineData("{exclusiveMinimum: 2}", "2.1", "2", "the body is 2, not more than 2")]
    [InlineData("{exclusiveMaximum: 1e3}", "-1e999", "1000", "the body is 1000, not less than 1e3")]
    [InlineData("{multipleOf: 0.1}", "0.3", "0.35", "the body is 0.35, not a multiple of 0.1")]
    [InlineData("{multipleOf: 3}", "-9", "1e400", "the body is 1e400, not a multiple of 3")]
    [InlineData("{type: integer, format: int32}", "2147483647", "2147483648", "the body is 2147483648, not an int32")]
    [InlineData("{type: integer, format: int64}", "-9223372036854775808", "9223372036854775808", "the body is 9223372036854775808, not an int64")]
    [InlineData("{minLength: 2}", "\"ab\"", "\"😀\"", "the body has 1 character, not at least 2")]
    [InlineData("{maxLength: 1}", "\"😀\"", "\"ab\"", "the body has 2 characters, not at most 1")]
    [InlineData(@"{pattern: '^A\d+$'}", "\"A12\"", "\"A12\\n\"", @"the body is ""A12 "", which doesn't match '^A\d+$'")]
    [InlineData("{pattern: b}", "\"abc\"", "\"a\"", "the body is \"a\", which doesn't match 'b'")]
    [InlineData("{format: date}", "\"2028-02-29\"", "\"2026-02-29\"", "the body is \"2026-02-29\", not a date")]
    [InlineData("{format: date-time}", "\"2026-07-01t12:30:00.25+02:00\"", "\"2026-07-01 12:30:00Z\"", "the body is \"2026-07-01 12:30:00Z\", not a date-time")]
    [InlineData("{format: date-time}", "\"2016-12-31T23:59:60Z\"", "\"2016-12-31T22:59:60Z\"", "the body is \"2016-12-31T22:59:60Z\", not a date-time")]
    [InlineData("{format: uuid}", "\"123E4567-e89b-12d3-a456-426614174000\"", "\"+23e4567-e89b-12d3-a456-426614174000\"", "the body is \"+23e4567-e89b-12d3-a456-426614174000\", not a uuid")]
    [InlineData("{items: {type: integer}}", "[1, 2]", "[1, \"2\"]", "/1 is \"2\", not an integer")]
    [InlineData("{items: false}", "[]", "[1]", "/0 isn't allowed there")]
    [InlineData("{prefixItems: [{type: string}], items: {type: integer}}", "[\"a\", 1]", "[\"a\", 1, \"b\"]", "/2 is \"b\", not an integer")]
    [InlineData("{minItems: 1}", "[1]", "[]", "the body has 0 items, not at least 1")]
    [InlineData("{maxItems: 1}", "[1]", "[1, 2]", "the body has 2 items, not at most 1")]
    [InlineData("{uniqueItems: true}", "[1, \"1\", true]", "[{\"a\": 1, \"b\": 2}, 3, {\"b\": 2, \"a\": 1.0}]", "the body has equal items at 0 and 2")]
    [InlineData("{contains: {type: string}}", "[1, \"a\"]", "[1]", "the body has 0 items of those that 'contains' asks for, not at least 1")]
    [InlineData("{contains: {type: string}, minContains: 0, maxContains: 1}", "[]", "[\"a\", \"b\"]", "the body has 2 items of those that 'contains' asks for, not at most 1")]
    [InlineData("{properties: {a: {properties: {b: {type: integer}}}}}", "{\"a\": {\"b\": 1}}", "{\"a\": {\"b\": \"\"}}", "/a/b is \"\", not an integer")]
    [InlineData("{required: [a]}", "{\"a\": null}", "{}", "the body has no 'a', which is required")]
    [InlineData("{properties: {a: {}}, additionalProperties: false}", "{\"a\": 1}", "{\"b\": 1}", "/b is a property that the schema doesn't have")]
    [InlineData("{properties: {a: {}}, additionalProperties: {type: integer}}", "{\"a\": \"\", \"b\": 1}", "{\"a/~b\": \"\"}", "/a~1~0b is \"\", not an integer")]
    [InlineData("{patternProperties: {'^x': {type: integer}}, additionalProperties: false}", "{\"x1\": 1}", "{\"x1\": \"\"}", "/x1 is \"\", not an integer")]
    [InlineData("{propertyNames: {maxLength: 1}}", "{\"a\": 1}", "{\"ab\": 1}", "/ab has a name that 'propertyNames' doesn't let be there")]
    [InlineData("{contains: true, minContains: 1.5}", "[1, 2]", "[1]", "the body has 1 items of those that 'contains' asks for, not at least 1.5")]
    [InlineData("{minProperties: 1}", "{\"a\": 1}", "{}", "the body has 0 properties, not at least 1")]
    [InlineData("{maxProperties: 1}", "{\"a\": 1}", "{\"a\": 1, \"b\": 1}", "the body has 2 properties, not at most 1")]
    [InlineData("{dependentRequired: {a: [b]}}", "{\"b\": 1}", "{\"a\": 1}", "the body has no 'b', which is required beside 'a'")]
    [InlineData("{dependentSchemas: {a: {minProperties: 2}}}", "{\"b\": 1}", "{\"a\": 1}", "the body has 1 property, not at least 2")]
    [InlineData("{properties: {p: {writeOnly: true}}, required: [p]}", "{}", "{\"p\": 1}", "/p is write-only, so it must not be in an answer")]
    [InlineData("{allOf: [{minimum: 1}, {maximum: 3}]}", "2", "4", "the body is 4, not at most 3")]
    [InlineData("{anyOf: [{type: 'null'}, {properties: {a: {type: integer}}}]}", "null", "{\"a\": \"\"}",
        "the body fits none of the 2 schemas of 'anyOf'; of the nearest: /a is \"\", not an integer")]
    [InlineData("{oneOf: [{minimum: 1}, {maximum: 3}]}", "4", "2", "the body fits 2 of the 2 schemas of 'oneOf', where exactly one must fit")]
    [InlineData("{oneOf: [{type: string}, {type: boolean}]}", "true", "2",
        "the body fits none of the 2 schemas of 'oneOf'; of the nearest: the body is 2, not a string")]
    [InlineData("{not: {type: string}}", "1", "\"\"", "the body fits the schema of 'not', which it must not")]
    [InlineData("{if: {type: string}, then: {minLength: 1}, else: {minimum: 1}}", "1", "\"\"", "the body has 0 characters, not at least 1")]
    [InlineData("{if: {type: string}, then: {minLength: 1}, else: {minimum: 1}}", "\"a\"", "0", "the body is 0, not at least 1")]
    [InlineData("{$ref: '#/components/schemas/S2', minLength: 2}", "\"ab\"", "\"a\"", "the body has 1 character, not at least 2")]
    [InlineData("{$ref: '#/components/schemas/S2', minLength: 2}", "\"abc\"", "17", "the body is 17, not a string")]
    public void A_body_is_held_to(string schema, string good, string bad, string said)
    {
        const string Others = "S2: {type: string}";
        Assert.Equal([], Body.Judge(schema, good, schemas: Others));
        var finding = Assert.Single(Body.Judge(schema, bad, schemas: Others));
        Assert.Equal((Verdict.Failed, said), (finding.Verdict, finding.Text));
        Assert.StartsWith("api.yaml:3:", finding.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{type: string, nullable: true}", "null", Verdict.Passed)]
    [InlineData("{type: string}", "null", Verdict.Failed)]
    [InlineData("{type: string, nullable: true, enum: [a]}", "null", Verdict.Inconclusive)]
    [InlineData("{nullable: true, allOf: [{$ref: '#/components/schemas/S2'}]}", "null", Verdict.Inconclusive)]
    [InlineData("{nullable: true, allOf: [{$ref: '#/components/schemas/S2'}]}", "1", Verdict.Failed)]
    [InlineData("{minimum: 1, exclusiveMinimum: true}", "1", Verdict.Failed)]
    [InlineData("{minimum: 1, exclusiveMinimum: false}", "1", Verdict.Passed)]
    [InlineData("{maximum: 1, exclusiveMaximum: true}", "0.9", Verdict.Passed)]
    [InlineData("{maximum: 1, exclusiveMaximum: true}", "1.0", Verdict.Failed)]
    [InlineData("{$ref: '#/components/schemas/S2', minLength: 2}", "\"a\"", Verdict.Passed)]
    public void OpenAPI_3_0_reads_some_of_it_in_its_own_way(string schema, string body, Verdict verdict) =>
        Assert.Equal(verdict, Body.Verdict(schema, body, "3.0.3", "S2: {type: string}"));

    [Fact]
    public void From_3_1_on_nullable_says_nothing() => Assert.Equal(Verdict.Failed, Body.Verdict("{type: string, nullable: true}", "null"));

    [Theory]
    [InlineData("{$ref: '#/components/schemas/None'}", "1")]
    [InlineData("{$ref: 'other.yaml'}", "1")]
    [InlineData("{$ref: 7}", "1")]
    [InlineData("{$ref: '#/components/schemas/S'}", "1")]
    [InlineData("{allOf: [{$ref: '#/components/schemas/S'}, {$ref: '#/components/schemas/S'}]}", "1")]
    [InlineData("{$dynamicRef: '#node'}", "1")]
    [InlineData("{unevaluatedProperties: false}", "{}")]
    [InlineData("{unevaluatedItems: {type: string}}", "[]")]
    [InlineData("{dependencies: {a: [b]}}", "{}")]
    [InlineData("{requird: [a]}", "{}")]
    [InlineData("{type: strng}", "1")]
    [InlineData("{type: [string, strng]}", "1")]
    [InlineData("{type: []}", "1")]
    [InlineData("{required: true}", "{}")]
    [InlineData("{properties: [a]}", "{\"a\": 1}")]
    [InlineData("{minimum: '1'}", "1")]
    [InlineData("{multipleOf: 0}", "1")]
    [InlineData("{multipleOf: 1e-6000}", "7e9")]
    [InlineData("{minimum: 1}", "1e9999999")]
    [InlineData("{type: integer}", "1e9999999")]
    [InlineData("{enum: [1]}", "1e9999999")]
    [InlineData("{const: 1}", "1e9999999")]
    [InlineData("{uniqueItems: true}", "[1, 1e9999999]")]
    [InlineData("{pattern: '(?=a)'}", "\"a\"")]
    [InlineData("{pattern: '(?i)a'}", "\"a\"")]
    [InlineData(@"{pattern: '^\S+$'}", "\"a\\u00a0b\"")]
    [InlineData("{pattern: '^.$'}", "\"\\r\"")]
    [InlineData("{pattern: '^[^a]$'}", "\"😀\"")]
    [InlineData("{pattern: '[[:alpha:]]'}", "\"b\"")]
    [InlineData("{patternProperties: {'(?=a)': {}}, additionalProperties: false}", "{\"b\": 1}")]
    [InlineData("{items: [{type: string}]}", "[]")]
    [InlineData("{anyOf: []}", "1")]
    [InlineData("{enum: a}", "\"a\"")]
    [InlineData("[]", "1")]
    [InlineData("{properties: {a: text}}", "{\"a\": 1}")]
    [InlineData("{not: {$ref: '#/nowhere'}}", "1")]
    [InlineData("{anyOf: [{type: string}, {$ref: '#/nowhere'}]}", "1")]
    [InlineData("{oneOf: [{type: integer}, {$ref: '#/nowhere'}]}", "1")]
    [InlineData("{if: {$ref: '#/nowhere'}, then: {}}", "1")]
    [InlineData("{contains: true, minContains: a}", "[1]")]
    [InlineData("{contains: {$ref: '#/nowhere'}}", "[1]")]
    public void What_cannot_be_told_is_never_a_pass(string schema, string body) => Assert.Equal(Verdict.Inconclusive, Body.Verdict(schema, body));

    [Theory]
    [InlineData("{anyOf: [{$ref: '#/nowhere'}, {type: integer}]}", "1", Verdict.Passed)]
    [InlineData("{oneOf: [{type: integer}, {minimum: 0}, {$ref: '#/nowhere'}]}", "1", Verdict.Failed)]
    [InlineData("{not: {type: integer, $ref: '#/nowhere'}}", "\"\"", Verdict.Passed)]
    [InlineData("{not: {not: {type: integer}}}", "\"\"", Verdict.Failed)]
    [InlineData("{contains: {anyOf: [{type: integer}, {$ref: '#/nowhere'}]}}", "[\"\", 1]", Verdict.Passed)]
    [InlineData("{type: string, $ref: '#/nowhere'}", "1", Verdict.Failed)]
    public void What_decides_without_it_is_told(string schema, string body, Verdict verdict) => Assert.Equal(verdict, Body.Verdict(schema, body));

    [Theory]
    [InlineData("{x-anything: 1, title: t, description: d, default: 1, example: 2, discriminator: {propertyName: a}, xml: {}, format: money}")]
    [InlineData("{unevaluatedProperties: true, $comment: c, deprecated: true, readOnly: true, writeOnly: false, contentMediaType: a/b}")]
    [InlineData("true")]
    [InlineData("{}")]
    public void Annotations_ask_for_nothing(string schema) => Assert.Equal([], Body.Judge(schema, "{\"a\": 1}"));

    [Fact]
    public void A_schema_that_goes_in_circles_ends_with_the_body()
    {
        const string Tree = "{properties: {value: {type: integer}, children: {items: {$ref: '#/components/schemas/S'}}}}";
        var body = string.Concat(Enumerable.Repeat("{\"children\": [", 30)) + "{\"value\": \"x\"}" + string.Concat(Enumerable.Repeat("]}", 30));
        Assert.Equal("/children/0/children/0/children/0/.../0/children/0/children/0/value is \"x\", not an integer", Body.Text(Tree, body));
    }

    [Fact]
    public void Schemas_that_double_at_each_level_are_given_up()
    {
        var levels = string.Join(", ", Enumerable.Range(0, 60).Select(i =>
            $"L{i}: {{allOf: [{{$ref: '#/components/schemas/L{i + 1}'}}, {{$ref: '#/components/schemas/L{i + 1}'}}]}}")) + ", L60: {type: integer}";
        var finding = Assert.Single(Body.Judge("{$ref: '#/components/schemas/L0'}", "1", schemas: levels));
        Assert.Equal(Verdict.Inconclusive, finding.Verdict);
        Assert.Contains("takes too long", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_schemas_in_each_other_are_followed()
    {
        var levels = string.Join(", ", Enumerable.Range(0, 900).Select(i => $"L{i}: {{allOf: [{{$ref: '#/components/schemas/L{i + 1}'}}]}}"))
            + ", L900: {type: integer}";
        Assert.Equal("the body is \"\", not an integer", Body.Text("{$ref: '#/components/schemas/L0'}", "\"\"", schemas: levels));
    }

    [Fact]
    public void Twenty_places_are_told_and_the_rest_counted()
    {
        var findings = Body.Judge("{items: {type: string}}", "[" + string.Join(',', Enumerable.Range(0, 5000)) + "]");
        Assert.Equal(21, findings.Count);
        Assert.Equal("/19 is 19, not a string", findings[19].Text);
        Assert.Equal((Verdict.Failed, "and 4980 more places that break the schema"), (findings[20].Verdict, findings[20].Text));
    }

    [Fact]
    public void What_cannot_be_told_is_said_once_however_many_items_there_are() =>
        Assert.Single(Body.Judge("{items: {requird: [a]}}", "[1, 2, 3]"));

    [Fact]
    public void Secrets_are_masked_before_a_value_is_cut()
    {
        var secret = string.Concat(Enumerable.Range(0, 40).Select(i => $"secret{i:00}"));
        var findings = Body.Judge("{additionalProperties: {type: integer}}", $$"""{"{{secret}}": "{{secret}}"}""", mask: new SecretMask([secret]));
        Assert.Equal("/*** is \"***\", not an integer", Assert.Single(findings).Text);
    }

    [Fact]
    public void A_body_cannot_break_out_of_the_sentence() =>
        Assert.Equal("/a b is \"c [31md\", not an integer", Body.Text("{additionalProperties: {type: integer}}", "{\"a\\nb\": \"c\\u001b[31md\"}"));
}
