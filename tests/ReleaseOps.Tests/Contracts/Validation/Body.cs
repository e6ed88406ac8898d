using System.Text;
using ReleaseOps.Contracts;
using ReleaseOps.Contracts.Validation;

namespace ReleaseOps.Tests.Contracts.Validation;

/// <summary>Bodies held against schemas that tests write in YAML, on a few lines.</summary>
internal static class Body
{
    /// <summary>What is found of a body.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="body">The body, JSON.</param>
    /// <param name="version">The version of OpenAPI.</param>
    /// <param name="schemas">Other schemas, by name, as <c>A: {...}, B: {...}</c>.</param>
    /// <param name="mask">Hides secrets.</param>
    public static IReadOnlyList<Finding> Judge(string schema, string body, string version = "3.1.0", string schemas = "", SecretMask? mask = null)
    {
        var text = $"openapi: {version}\ncomponents:\n  schemas: {{ S: {schema}{(schemas.Length > 0 ? ", " : "")}{schemas} }}\n";
        var document = ApiDocumentReader.ReadAsWritten(Encoding.UTF8.GetBytes(text), "api.yaml");
        var found = ResponseSchema.At(document, "/components/schemas/S");
        var json = AnswerBody.Read(Encoding.UTF8.GetBytes(body), out var why);
        Assert.True(json is not null, why);
        return BodyValidation.Validate(document, found.Schema!, json.Value, mask ?? SecretMask.None, CancellationToken.None);
    }

    public static Verdict Verdict(string schema, string body, string version = "3.1.0", string schemas = "") =>
        Judge(schema, body, version, schemas) is { Count: > 0 } findings ? Verdicts.Worst(findings.Select(f => f.Verdict)) : ReleaseOps.Verdict.Passed;

    /// <summary>The one thing that is found.</summary>
    public static string Text(string schema, string body, string version = "3.1.0", string schemas = "") =>
        Assert.Single(Judge(schema, body, version, schemas)).Text;
}
