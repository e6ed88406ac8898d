using System.Text;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Contracts;

public sealed class ApiReferenceTests
{
    private static ApiDocument Read(string text, string version = "3.0.3") =>
        ApiDocumentReader.Read(Encoding.UTF8.GetBytes($"openapi: {version}\n{text}"), "api.yaml");

    private static Finding Untold(ApiDocument document, string at = "x")
    {
        Assert.Null(document.ResolveSchema(document.Root[at]!, out var untold));
        Assert.Equal((Verdict.Inconclusive, "api.yaml"), (untold!.Verdict, untold.Subject));
        return untold;
    }

    private static ApiNode Told(ApiDocument document, string at = "x")
    {
        var node = document.ResolveSchema(document.Root[at]!, out var untold);
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
    public void A_chain_is_followed_to_its_end() =>
        Assert.Equal("end", Told(Read("a: { $ref: '#/b' }\nb: { $ref: '#/c' }\nc: end\nx: { $ref: '#/a' }\n")).Text);

    [Fact]
    public void A_long_chain_is_followed()
    {
        var text = new StringBuilder("x: { $ref: '#/a0' }\n");
        for (var i = 0; i < 20_000; i++)
            text.Append($"a{i}: {{ $ref: '#/a{i + 1}' }}\n");
        Assert.Equal("end", Told(Read(text.Append("a20000: end\n").ToString())).Text);
    }

    [Theory]
    [InlineData("x: { $ref: '#/x' }")]
    [InlineData("x: { $ref: '#/a' }\na: { $ref: '#/b' }\nb: { $ref: '#/a' }")]
    public void References_in_a_circle_cannot_be_told(string text)
    {
        var untold = Untold(Read(text));
        Assert.Equal(ErrorId.UnknownReference, untold.Reason);
        Assert.EndsWith("leads back to itself", untold.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_that_holds_itself_comes_back_as_the_same_node()
    {
        var document = Read("x: { $ref: '#/node' }\nnode: { properties: { next: { $ref: '#/node' } } }\n");
        var node = Told(document);
        Assert.Same(node, document.ResolveSchema(node["properties"]!["next"]!, out _));
    }

    [Fact]
    public void What_stands_beside_a_reference_counts_in_a_schema_of_3_1_only()
    {
        const string text = "x: { $ref: '#/a', minLength: 3, allOf: [ { maxLength: 9 } ] }\na: { type: string }\n";
        Assert.Equal(["type"], Told(Read(text)).Keys);
        var document = Read(text, "3.1.0");
        var whole = Told(document);
        Assert.Equal(["minLength", "allOf"], whole.Keys);
        Assert.Equal(["maxLength", "$ref"], whole["allOf"]!.Items.SelectMany(i => i.Keys));
        Assert.Equal(["type"], document.ResolveSchema(whole["allOf"]!.Items[1], out _)!.Keys);
        Assert.Same(whole, Told(document));
        Assert.Equal(["type"], document.Resolve(document.Root["x"]!, out _)!.Keys);
    }

    [Fact]
    public void A_description_beside_a_reference_does_not_make_another_schema() =>
        Assert.Equal("a", Told(Read("x: { $ref: '#/a', description: d, x-y: 1 }\na: a\n", "3.1.0")).Text);

    [Fact]
    public void A_reference_that_is_no_text_cannot_be_told() => Assert.Equal(ErrorId.BadDocument, Untold(Read("x: { $ref: 5 }\n")).Reason);

    [Fact]
    public void An_anchor_is_followed_in_3_1_where_it_is_there_once()
    {
        const string text = "x: { $ref: '#pet' }\ny: { $ref: '#twice' }\na: { $anchor: pet, type: string }\nb: [ { $anchor: twice }, { $anchor: twice } ]\n";
        Assert.Equal("string", Told(Read(text, "3.1.0"))["type"]!.Text);
        Assert.Contains("names an anchor", Untold(Read(text, "3.1.0"), "y").Text, StringComparison.Ordinal);
        Assert.Contains("names an anchor", Untold(Read(text)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_inside_of_an_id_cannot_be_told_in_3_1()
    {
        const string text = "x: { properties: { y: { $ref: '#/a' } }, $id: 'https://example.org/x' }\na: a\n";
        var document = Read(text, "3.1.0");
        Assert.Null(document.ResolveSchema(document.Root["x"]!["properties"]!["y"]!, out var untold));
        Assert.Contains("inside of an $id", untold!.Text, StringComparison.Ordinal);
        document = Read(text);
        Assert.Equal("a", document.ResolveSchema(document.Root["x"]!["properties"]!["y"]!, out _)!.Text);
    }

    [Fact]
    public void A_dynamic_reference_cannot_be_told_in_3_1() =>
        Assert.Contains("$dynamicRef", Untold(Read("x: { $dynamicRef: '#a' }\n", "3.1.0")).Text, StringComparison.Ordinal);

    [Fact]
    public void Another_file_that_was_not_read_cannot_be_told()
    {
        var document = Read("x: { $ref: 'common.yaml#/Pet' }\n");
        Assert.Equal(["common.yaml"], document.Files[0].Elsewhere);
        Assert.Contains("leads to another file, which wasn't read", Untold(document).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_discriminator_names_a_schema_or_refers_to_one()
    {
        var document = Read("components: { schemas: { Dog: dog, a.b: ab } }\nmapping: { d: Dog, e: a.b, f: '#/components/schemas/Dog', g: Cat, h: 'x.yaml' }\n");
        var mapping = document.Root["mapping"]!;
        Assert.Equal(["dog", "ab", "dog"], mapping.Items.Take(3).Select(v => document.ResolveMapping(v, out _)!.Text));
        Assert.Null(document.ResolveMapping(mapping["g"]!, out var untold));
        Assert.Contains("no schema 'Cat'", untold!.Text, StringComparison.Ordinal);
        Assert.Null(document.ResolveMapping(mapping["h"]!, out untold));
        Assert.Equal(ErrorId.UnknownReference, untold!.Reason);
        Assert.Equal(["x.yaml"], document.Files[0].Elsewhere);
    }
}
