using System.Globalization;
using ReleaseOps.Contracts;
using ReleaseOps.Tests.Runbooks;

namespace ReleaseOps.Tests.Contracts;

/// <summary>What docs/contract.md says is what the code does.</summary>
public sealed class ContractPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Read.Repository(), "docs", "contract.md"));

    [Fact]
    public void Its_bounds_are_those_of_the_code()
    {
        Assert.Contains($"up to {(ApiDocumentReader.MaxBytes + 1) >> 20} MB and {ApiNode.MaxFiles} files", Page, StringComparison.Ordinal);
        Assert.Contains($"up to {ContractReport.Most.ToString("N0", CultureInfo.InvariantCulture)};", Page, StringComparison.Ordinal);
        Assert.Contains($"`{ContractRules.Of("more-changes").Id}`", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_levels_are_those_of_the_code() =>
        Assert.All(Enum.GetNames<ChangeLevel>(), level => Assert.Contains($"\n| {level.ToLowerInvariant()} | ", Page, StringComparison.Ordinal));

    [Fact]
    public void What_it_calls_no_difference_is_none()
    {
        const string Before = """
            openapi: 3.1.0
            info: { title: Shop, version: 1.4.0, description: one }
            paths:
              /stock/{id}:
                get:
                  summary: one
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: string } }
                    - { name: colour, in: query, schema: { enum: [red, blue], description: one } }
                  responses:
                    '200':
                      description: one
                      content: { application/json: { example: 1, schema: { allOf: [{ $ref: '#/components/schemas/A' }, { required: [b, a], properties: { b: { type: integer } } }] } } }
              /other: { get: { responses: { '204': { description: none } } } }
            components: { schemas: { A: { type: object, properties: { a: { type: string } } } } }
            """;
        const string After = """
            openapi: 3.1.0
            info: { title: The shop, version: 1.4.0, description: two }
            paths:
              /other: { get: { responses: { '204': { description: nothing } } } }
              /stock/{key}:
                get:
                  summary: two
                  parameters:
                    - { name: colour, in: query, schema: { enum: [blue, red], description: two } }
                    - { name: key, in: path, required: true, schema: { type: string } }
                  responses:
                    '200':
                      description: two
                      content: { application/json: { example: 2, schema: { type: object, required: [a, b], properties: { b: { type: integer }, a: { type: string } } } } }
            components: { schemas: { A: { type: object, properties: { a: { type: string } } } } }
            """;
        Assert.Empty(Api.Ids(Before, After));
        Assert.Empty(Api.Ids(After, Before));
    }
}
