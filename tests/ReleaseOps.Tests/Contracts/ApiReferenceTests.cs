using System.Text;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Contracts;

public sealed class ApiReferenceTests
{
    private static ApiDocument Read(string text, string version = "3.0.3") =>
        ApiDocumentReader.Read(Encoding.UTF8.GetBytes($"openapi: {version}\n{text}"), "api.yaml");

    private static ApiNode? Resolve(ApiDocument document, out Finding? untold) => document.Resolve(document.Root["x"]!["$ref"]!, out untold);

    private static Finding Untold(ApiDocument document)
    {
        Assert.Null(Resolve(document, out var untold));
        Assert.Equal((Verdict.Inconclusive, "api.yaml"), (untold!.Verdict, untold.Subject));
        return untold;
    }

    private static ApiNode Told(ApiDocument document)
    {
        var node = Resolve(document, out var untold);
        Assert.Null(untold);
        return node!;
    }

    [Theory]
    [InlineData("#/components/schemas/Pet", "pet")]
    [InlineData("#/paths/~1stock~1%7Bid%7D/get", "stock")]
    [InlineData("#/a~1b~01/0", "zero")]
    [InlineData("#/list/1/x", "one")]
    [InlineData("#/p%20q", "space")]
    [InlineData("#/", "empty")]
    public void A_pointer_is_followed(string reference, string text)
    {
        var document = Read($$"""
            components: { schemas: { Pet: pet } }
            paths: { '/stock/{id}': { get: stock } }
            a/b~1: { '0': zero }
            list: [ 0, { x: one } ]
            p q: space
            '': empty
            x: { $ref: '{{reference}}' }
            """);
        Assert.Equal(text, Told(document).Text);
    }

    [Fact]
    public void A_reference_to_the_whole_file_is_its_root()
    {
        var document = Read("x: { $ref: '#' }\n");
        Assert.Same(document.Root, Told(document));
    }

    [Theory]
    [InlineData("#/nowhere")]
    [InlineData("#/list/01")]
    [InlineData("#/list/2")]
    [InlineData("#/list/-1")]
    [InlineData("#/list/99999999999")]
    [InlineData("#/text/x")]
    public void A_reference_that_leads_nowhere_cannot_be_told(string reference)
    {
        var untold = Untold(Read($"list: [0, 1]\ntext: abc\nx: {{ $ref: '{reference}' }}\n"));
        Assert.Equal($"api.yaml:4:12: the reference '{reference}' leads nowhere: nothing stands at that place", untold.Text);
        Assert.Equal((ErrorId.UnknownReference, "api.yaml:4:12"), (untold.Reason, untold.Source));
    }

    [Fact]
    public void A_reference_is_followed_one_step() =>
        Assert.Equal(["$ref"], Told(Read("a: { $ref: '#/b' }\nb: { $ref: '#/a' }\nx: { $ref: '#/a' }\n")).Keys);

    [Fact]
    public void A_reference_that_is_no_text_cannot_be_told() => Assert.Equal(ErrorId.BadDocument, Untold(Read("x: { $ref: 5 }\n")).Reason);

    [Fact]
    public void A_place_among_thousands_of_keys_is_found()
    {
        var many = string.Concat(Enumerable.Range(0, 5000).Select(i => $"k{i}: {i}\n"));
        Assert.Equal("4321", Told(Read(many + "x: { $ref: '#/k4321' }\n")).Text);
    }

    [Fact]
    public void An_anchor_is_followed_in_3_1_where_it_is_there_once()
    {
        const string once = "x: { $ref: '#pet' }\na: { $anchor: pet, type: string }\n";
        Assert.Equal("string", Told(Read(once, "3.1.0"))["type"]!.Text);
        Assert.Contains("names an anchor", Untold(Read(once)).Text, StringComparison.Ordinal);
        Assert.Contains("names an anchor", Untold(Read(once + "b: { $anchor: pet }\n", "3.1.0")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_inside_of_an_id_cannot_be_told_in_3_1()
    {
        const string text = "x: { $ref: '#/a', $id: 'https://example.org/x' }\na: a\n";
        Assert.Contains("inside of an $id", Untold(Read(text, "3.1.0")).Text, StringComparison.Ordinal);
        Assert.Equal("a", Told(Read(text)).Text);
    }

    [Fact]
    public void Another_file_that_was_not_read_cannot_be_told()
    {
        var document = Read("x: { $ref: 'common.yaml#/Pet' }\n");
        Assert.Equal(["common.yaml"], document.Files[0].Elsewhere);
        Assert.Contains("leads to another file, which wasn't read", Untold(document).Text, StringComparison.Ordinal);
    }
}
