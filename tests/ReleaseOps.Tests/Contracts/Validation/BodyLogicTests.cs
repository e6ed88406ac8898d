using FsCheck;
using FsCheck.Fluent;

namespace ReleaseOps.Tests.Contracts.Validation;

/// <summary>What must hold of any schema and any body: the laws of schemas of schemas, and orders that mean nothing.</summary>
public class BodyLogicTests
{
    private static readonly Gen<string> Scalar = Gen.Elements("null", "true", "false", "0", "1", "1.0", "-2.5", "3e2", "\"\"", "\"a\"", "\"ab\"", "\"2026-07-01\"");

    private static readonly Gen<string> Name = Gen.Elements("a", "b", "c");

    private static readonly Gen<string> Rule = Gen.Elements(
        "\"type\": \"integer\"", "\"type\": [\"string\", \"null\"]", "\"type\": \"object\"", "\"type\": \"array\"", "\"minimum\": 1", "\"exclusiveMaximum\": 1",
        "\"multipleOf\": 0.5", "\"minLength\": 1", "\"maxLength\": 1", "\"pattern\": \"^a\"", "\"required\": [\"a\", \"b\"]", "\"minProperties\": 2",
        "\"maxItems\": 1", "\"uniqueItems\": true", "\"enum\": [1, \"a\", [1], null]", "\"const\": 1.0", "\"additionalProperties\": false",
        "\"propertyNames\": {\"enum\": [\"a\", \"b\"]}", "\"dependentRequired\": {\"a\": [\"c\"]}", "\"patternProperties\": {\"[ab]\": {\"type\": \"integer\"}}");

    /// <summary>Bodies, as JSON.</summary>
    internal static Gen<string> BodyOf(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (2, Scalar),
        (1, Gen.ListOf(BodyOf(depth - 1)).Resize(3).Select(items => $"[{string.Join(", ", items)}]")),
        (2, Members(BodyOf(depth - 1)).Select(members => $"{{{members}}}")));

    /// <summary>Schemas, as JSON.</summary>
    internal static Gen<string> SchemaOf(int depth)
    {
        if (depth == 0)
            return Gen.Frequency((4, Rule.Select(r => $"{{{r}}}")), (1, Gen.Elements("true", "false", "{}")));
        var inner = SchemaOf(depth - 1);
        var two = from a in inner from b in inner select (a, b);
        return Gen.Frequency(
            (3, from a in Rule from b in Rule where a.Split(':')[0] != b.Split(':')[0] select $"{{{a}, {b}}}"),
            (2, from members in Members(inner) from rule in Rule select $"{{\"properties\": {{{members}}}, {rule}}}"),
            (1, inner.Select(s => $"{{\"items\": {s}}}")),
            (1, two.Select(s => $"{{\"prefixItems\": [{s.a}], \"items\": {s.b}}}")),
            (1, inner.Select(s => $"{{\"contains\": {s}, \"maxContains\": 1}}")),
            (1, two.Select(s => $"{{\"allOf\": [{s.a}, {s.b}]}}")),
            (1, two.Select(s => $"{{\"anyOf\": [{s.a}, {s.b}]}}")),
            (1, two.Select(s => $"{{\"oneOf\": [{s.a}, {s.b}]}}")),
            (1, inner.Select(s => $"{{\"not\": {s}}}")),
            (1, from s in two from c in inner select $"{{\"if\": {c}, \"then\": {s.a}, \"else\": {s.b}}}"));
    }

    private static Gen<string> Members(Gen<string> value) =>
        Gen.ListOf(from name in Name from v in value select (name, v)).Resize(3)
            .Select(members => string.Join(", ", members.DistinctBy(m => m.name).Select(m => $"\"{m.name}\": {m.v}")));

    private static readonly Arbitrary<(string Schema, string Body)> Pairs =
        (from schema in SchemaOf(2) from body in BodyOf(2) select (schema, body)).ToArbitrary();

    [Fact]
    public void Schemas_of_one_schema_say_what_it_says() => Check.QuickThrowOnFailure(Prop.ForAll(Pairs, pair =>
    {
        var (schema, body) = pair;
        var verdict = Body.Verdict(schema, body);
        var opposite = verdict == Verdict.Passed ? Verdict.Failed : Verdict.Passed;
        return verdict != Verdict.Inconclusive
            && Body.Verdict($"{{allOf: [{schema}, true]}}", body) == verdict
            && Body.Verdict($"{{anyOf: [false, {schema}]}}", body) == verdict
            && Body.Verdict($"{{oneOf: [{schema}, false]}}", body) == verdict
            && Body.Verdict($"{{not: {schema}}}", body) == opposite
            && Body.Verdict($"{{oneOf: [{schema}, true]}}", body) == opposite
            && Body.Verdict($"{{if: {schema}, else: false}}", body) == verdict
            && Body.Verdict("{$ref: '#/components/schemas/X'}", body, schemas: $"X: {schema}") == verdict
            && Body.Verdict("{items: {$ref: '#/components/schemas/X'}}", $"[{body}]", schemas: $"X: {schema}") == verdict;
    }));

    [Fact]
    public void A_body_is_equal_to_itself_and_two_of_it_are_not_unique() => Check.QuickThrowOnFailure(Prop.ForAll(BodyOf(3).ToArbitrary(), body =>
        Body.Verdict($"{{const: {body}}}", body) == Verdict.Passed && Body.Verdict("{uniqueItems: true}", $"[{body}, {body}]") == Verdict.Failed));
}
