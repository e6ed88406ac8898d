using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Contracts;

/// <summary>Whatever is written as JSON is read alike as JSON, as YAML (of which JSON is a part), and by another parser.</summary>
public sealed class ApiAgreementTests
{
    [Fact]
    public void Json_is_read_alike_by_all() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<(string?, double, bool, string?[], string?)[]>(), Compare));

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static void Compare((string? Key, double Number, bool Flag, string?[] Texts, string? Text)[] seeds)
    {
        var value = new Dictionary<string, object?> { ["openapi"] = "3.0.3" };
        foreach (var (key, number, flag, texts, text) in seeds)
        {
            var map = new Dictionary<string, object?> { [Clean(text)] = text is null };
            value["k" + Clean(key)] = new object?[] { double.IsFinite(number) ? number : 0, flag, null, texts.Select(Clean).ToArray(), map };
        }
        var json = JsonSerializer.Serialize(value, seeds.Length % 2 == 0 ? Indented : JsonSerializerOptions.Default);
        using var theirs = JsonDocument.Parse(json);
        Same(theirs.RootElement, Read(json));
        Same(theirs.RootElement, Read("x: " + json.ReplaceLineEndings(" "))["x"]!);
    }

    private static ApiNode Read(string text) => ApiDocumentReader.ReadFile(Encoding.UTF8.GetBytes(text), "api", 0).Root;

    // What YAML can't hold even escaped as JSON escapes it: halves of pairs.
    private static string Clean(string? text) => string.Concat((text ?? "").Where(c => !char.IsSurrogate(c)));

    private static void Same(JsonElement theirs, ApiNode ours)
    {
        switch (theirs.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(theirs.EnumerateObject().Select(p => p.Name), ours.Keys);
                foreach (var (one, other) in theirs.EnumerateObject().Zip(ours.Items))
                    Same(one.Value, other);
                break;
            case JsonValueKind.Array:
                Assert.Equal(theirs.GetArrayLength(), ours.Items.Length);
                foreach (var (one, other) in theirs.EnumerateArray().Zip(ours.Items))
                    Same(one, other);
                break;
            case JsonValueKind.String:
                Assert.Equal((ApiNodeKind.Text, theirs.GetString()), (ours.Kind, ours.Text));
                break;
            default:
                Assert.Equal(theirs.GetRawText(), ours.Text);
                Assert.NotEqual(ApiNodeKind.Text, ours.Kind);
                break;
        }
    }
}
