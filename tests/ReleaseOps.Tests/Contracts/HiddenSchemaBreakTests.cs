namespace ReleaseOps.Tests.Contracts;

/// <summary>Schemas that ask for more, or promise less, in another way than they did before.</summary>
public sealed class HiddenSchemaBreakTests
{
    [Fact]
    public void A_map_of_properties_that_is_a_reference_is_untold()
    {
        var shared = "x-shared: {a: {type: string}}";
        var one = Api.Taking("{properties: {$ref: '#/x-shared'}}", shared);
        Assert.NotEmpty(Api.Compare(one, Api.Taking("{properties: {$ref: '#/x-shared'}, type: object}", shared)).Untold);
    }

    [Theory]
    [InlineData("schema: {type: array, items: {type: string}}", "schema: {type: string}")]
    [InlineData("schema: {type: object}", "schema: {type: string}")]
    [InlineData("content: {application/json: {schema: {type: integer}}}", "content: {application/json: {schema: {type: string}}}")]
    [InlineData("content: {application/json: {schema: {properties: {a: {type: integer}}}}}", "content: {application/json: {schema: {properties: {a: {type: string}}}}}")]
    public void A_parameter_that_is_written_another_way_as_text_breaks(string before, string after) =>
        Assert.True(Breaks(Parameter($"name: q, in: query, {before}"), Parameter($"name: q, in: query, {after}")));

    [Fact]
    public void A_list_in_a_form_is_no_text()
    {
        static string Form(string property) => Api.Taking($"{{type: object, properties: {{a: {property}}}}}", media: "application/x-www-form-urlencoded");
        Assert.True(Breaks(Form("{type: array, items: {type: string}}"), Form("{type: string}")));
    }

    [Theory]
    // Some types are gone and others are new.
    [InlineData("{anyOf: [{type: string}, {type: integer}]}", "{anyOf: [{type: string}, {type: boolean}]}", true, true)]
    // A bound that is out instead of in, or the other way round.
    [InlineData("{maximum: 100}", "{exclusiveMaximum: 50}", true, false)]
    [InlineData("{maximum: 100}", "{exclusiveMaximum: 100}", true, false)]
    [InlineData("{exclusiveMaximum: 100}", "{maximum: 100}", false, true)]
    [InlineData("{minimum: 1}", "{exclusiveMinimum: 1}", true, false)]
    [InlineData("{exclusiveMinimum: 1}", "{minimum: 0}", false, true)]
    // What prefixItems doesn't say, items does.
    [InlineData("{prefixItems: [{type: string}]}", "{prefixItems: [{type: string}, {type: integer}]}", true, false)]
    [InlineData("{prefixItems: [{type: string}, {type: integer}]}", "{prefixItems: [{type: string}]}", false, true)]
    [InlineData("{prefixItems: [{type: string}], items: {type: integer}}", "{prefixItems: [{type: string}, {type: integer}], items: {type: integer}}", false, false)]
    [InlineData("{prefixItems: [{type: string}], items: false}", "{prefixItems: [{type: string}, {type: integer}], items: false}", false, true)]
    // Null is one of the values.
    [InlineData("{type: [string, 'null'], enum: [a, null]}", "{type: [string, 'null'], enum: [a]}", true, false)]
    // What is required needn't be listed.
    [InlineData("{properties: {a: {}}}", "{required: [a]}", true, false)]
    [InlineData("{required: [a]}", "{properties: {a: {}}}", false, true)]
    // What fits two of anyOf fits none of oneOf.
    [InlineData("{anyOf: [{required: [a]}, {required: [b]}]}", "{oneOf: [{required: [a]}, {required: [b]}]}", true, false)]
    [InlineData("{allOf: [{dependentRequired: {a: [b]}}, {dependentRequired: {a: [c]}}]}", "{allOf: [{dependentRequired: {a: [b]}}, {dependentRequired: {a: [c, d]}}]}", true, true)]
    // What else is asked for beside a choice.
    [InlineData("{type: object, minProperties: 1}", "{oneOf: [{type: object, minProperties: 1}, {type: array}], multipleOf: 3}", true, true)]
    [InlineData("{oneOf: [{type: object, minProperties: 1}, {type: array}], not: {required: [z]}}", "{type: object, minProperties: 1}", true, true)]
    // A tuple as it was written before 3.1.
    [InlineData("{type: array, items: {type: string}}", "{type: array, items: [{type: integer}]}", null, true)]
    public void Schemas_break_by_side(string before, string after, bool? request, bool? response)
    {
        Assert.Equal(request, Judge(Api.Taking(before), Api.Taking(after)));
        Assert.Equal(response, Judge(Api.Answering(before), Api.Answering(after)));
    }

    [Theory]
    [InlineData("{propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}")]
    [InlineData("{propertyName: kind, mapping: {cat: Cat}}")]
    [InlineData("{propertyName: kind}")]
    public void Who_a_discriminator_leads_to_is_compared(string discriminator)
    {
        string Pets(string name) => $$$"""
            components:
              schemas:
                Pet: {type: object, discriminator: {{{discriminator}}}, properties: {kind: {type: string} } }
                Cat:
                  allOf:
                  - {$ref: '#/components/schemas/Pet'}
                  - type: object
                    properties:
                      name: {{{name}}}
            """;
        string Sent(string name) => Api.Taking("{$ref: '#/components/schemas/Pet'}", Pets(name), "3.0.3");
        Assert.True(Breaks(Sent("{type: string}"), Sent("{type: integer}")));
        Assert.Empty(Api.Ids(Sent("{type: string}"), Sent("{type: string}")));
    }

    private static string Parameter(string parameter) => Api.Post($"parameters: [{{{parameter}}}]");

    private static bool Breaks(string before, string after)
    {
        var differences = Api.Compare(before, after);
        Assert.Empty(differences.Untold);
        return differences.Changes.Any(c => c.Level == ChangeLevel.Breaking);
    }

    // Null where nobody can tell.
    private static bool? Judge(string before, string after)
    {
        var differences = Api.Compare(before, after);
        return differences.Changes.Any(c => c.Level == ChangeLevel.Breaking) ? true : differences.Untold.Count > 0 ? null : false;
    }
}
