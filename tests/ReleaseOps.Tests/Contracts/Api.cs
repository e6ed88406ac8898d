using System.Text;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Contracts;

/// <summary>Small API descriptions, written as YAML on a few lines.</summary>
internal static class Api
{
    public static readonly DateOnly Today = new(2026, 7, 1);

    public static ApiDocument Read(string text, string name = "api.yaml") => ApiDocumentReader.Read(Encoding.UTF8.GetBytes(text), name);

    /// <summary>A description with one operation, POST /a.</summary>
    /// <param name="operation">What the operation has, besides a response 200.</param>
    /// <param name="rest">What stands beside <c>paths</c>.</param>
    /// <param name="responses">The responses.</param>
    /// <param name="version">The version of OpenAPI.</param>
    public static string Post(string operation, string rest = "", string responses = "'200': {description: ok}", string version = "3.1.0") => $$"""
        openapi: {{version}}
        info: {title: a, version: 1.0.0}
        {{rest}}
        paths:
          /a:
            post: { {{operation}}{{(operation.Length > 0 ? ", " : "")}}responses: { {{responses}} } }
        """;

    /// <summary>A description with an operation that takes a body.</summary>
    public static string Taking(string schema, string rest = "", string version = "3.1.0", string media = "application/json") =>
        Post($"requestBody: {{content: {{{media}: {{schema: {schema}}}}}}}", rest, version: version);

    /// <summary>A description with an operation that answers with a body.</summary>
    public static string Answering(string schema, string rest = "", string version = "3.1.0", string media = "application/json") =>
        Post("", rest, $"'200': {{description: ok, content: {{{media}: {{schema: {schema}}}}}}}", version);

    public static ContractDifferences Compare(string before, string after) =>
        ContractComparer.Compare(Read(before, "base.yaml"), Read(after, "revision.yaml"), Today);

    /// <summary>The ids of what differs, each once, in the order of the alphabet; nothing must be untold.</summary>
    public static string[] Ids(string before, string after)
    {
        var differences = Compare(before, after);
        Assert.Empty(differences.Untold);
        return [.. differences.Changes.Select(c => c.Id).Distinct().Order(StringComparer.Ordinal)];
    }
}
