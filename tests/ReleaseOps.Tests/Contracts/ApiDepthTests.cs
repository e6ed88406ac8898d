using System.Text;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Contracts;

public sealed class ApiDepthTests
{
    private static ApiNode Read(string text) => ApiDocumentReader.ReadFile(Encoding.UTF8.GetBytes(text), "api", 0).Root;

    private static string Refusal(string text)
    {
        var refused = Assert.Throws<ReleaseOpsException>(() => Read(text));
        Assert.Equal(ErrorId.BadDocument, refused.Id);
        return refused.Message;
    }

    private static string Nested(string open, string middle, string close, int depth) =>
        new StringBuilder().Insert(0, open, depth).Append(middle).Insert(open.Length * depth + middle.Length, close, depth).ToString();

    private static int Depth(ApiNode node)
    {
        var depth = 0;
        for (; node.Items.Length > 0; node = node.Items[0])
            depth++;
        return depth;
    }

    [Theory]
    [InlineData("{\"a\":", "}", "")]
    [InlineData("{a: ", "}", "a: ")]
    public void Four_thousand_levels_are_read(string open, string close, string before) =>
        Assert.InRange(Depth(Read(before + Nested(open, "1", close, 4000))), 4000, 4001);

    [Fact]
    public void More_levels_are_refused_at_their_place()
    {
        Assert.Contains(
            "api:2:20476: nested deeper than 4096", Refusal("{\"x\":\n" + Nested("{\"a\":", "1", "}", 4096) + "}"), StringComparison.Ordinal);
        Assert.Contains("nested deeper than 4096", Refusal("x: " + Nested("[", "1", "]", 200_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_of_four_thousand_levels_are_read()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 4000; i++)
            text.Append(' ', i).Append("a:\n");
        Assert.Equal(4000, Depth(Read(text.ToString())));
    }

    [Fact]
    public void An_alias_is_the_node_that_it_stands_for()
    {
        var root = Read("a: &x { b: 1 }\nc: *x\nd: [*x, &x 5, *x]\n");
        Assert.Same(root["a"], root["c"]);
        Assert.Same(root["a"], root["d"]!.Items[0]);
        Assert.Equal("5", root["d"]!.Items[2].Text);
    }

    [Fact]
    public void An_alias_inside_of_what_it_stands_for_is_refused() =>
        Assert.Equal("api:2:6: the alias 'x' stands inside of what it stands for.", Refusal("a: &x\n  b: *x\n"));

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        var text = new StringBuilder("a0: &a0 [1, 1]\n");
        for (var i = 1; i < 60; i++)
            text.Append($"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        Assert.Contains("more than 1000000 values", Refusal(text.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_merge_keys_is_refused()
    {
        var text = new StringBuilder("a0: &a0 { k0: 1 }\n");
        for (var i = 1; i < 3000; i++)
            text.Append($"a{i}: &a{i} {{ <<: *a{i - 1}, k{i}: 1 }}\n");
        Assert.Contains("more than 1000000 values", Refusal(text.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_do_not_get_deeper_than_what_may_be_written()
    {
        var text = new StringBuilder("a0: &a0 1\n");
        for (var i = 1; i < 500; i++)
            text.Append($"a{i}: &a{i} [[[[[[[[[[*a{i - 1}]]]]]]]]]]\n");
        Assert.Contains("with what the alias stands for", Refusal(text.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_merge_key_adds_what_the_map_has_not_itself()
    {
        var root = Read("a: &a { x: 1, y: 1 }\nb: &b { y: 2, z: 2 }\nc:\n  z: 3\n  <<: [*a, *b]\n  w: 3\nd: { '<<': 4 }\n");
        Assert.Equal(["z", "w", "x", "y"], root["c"]!.Keys);
        Assert.Equal(["3", "3", "1", "1"], root["c"]!.Items.Select(i => i.Text));
        Assert.Equal("4", root["d"]!["<<"]!.Text);
    }

    [Fact]
    public void A_merge_key_of_something_else_is_refused() =>
        Assert.Contains("api:1:11: only maps can be merged", Refusal("c: { <<:  5 }\n"), StringComparison.Ordinal);

    [Fact]
    public void Maps_with_the_same_keys_share_them()
    {
        var root = Read("a: { x: 1, y: 1 }\nb: { x: 2, y: 2 }\n");
        Assert.Same(root["a"]!.Keys, root["b"]!.Keys);
    }

    [Fact]
    public void Much_text_deep_in_brackets_is_refused_before_it_takes_for_ever() => Assert.Contains(
        "too deep in brackets", Refusal("x: " + Nested("[", string.Concat(Enumerable.Repeat("1,", 300_000)), "]", 4000)), StringComparison.Ordinal);

    [Fact]
    public void Much_text_in_a_few_brackets_is_read() =>
        Assert.Equal(200_000, Read("x: [[[" + string.Concat(Enumerable.Repeat("1,", 200_000)) + "]]]")["x"]!.Items[0].Items[0].Items.Length);
}
