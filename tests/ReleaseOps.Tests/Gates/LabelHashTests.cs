using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Gates;

namespace ReleaseOps.Tests.Gates;

public sealed class LabelHashTests
{
    private static ulong Of(string json) => LabelHash.Of(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void It_is_the_same_in_every_process() => Assert.Equal(7234658131063395120UL, Of("""{"instance":"a:9090","job":"api"}"""));

    [Theory]
    [InlineData("""{"job":"api","instance":"a:9090"}""")]
    [InlineData("""{ "instance" : "a:9090", "job" : "api" }""")]
    [InlineData("""{"instance":"\u0061:9090","job":"\u0061pi"}""")]
    public void It_does_not_depend_on_how_the_server_writes_them(string json) => Assert.Equal(Of("""{"instance":"a:9090","job":"api"}"""), Of(json));

    [Theory]
    [InlineData("""{"instance":"api","job":"a:9090"}""")]
    [InlineData("""{"instance":"a:9090"}""")]
    [InlineData("""{"instancea":":9090","job":"api"}""")]
    [InlineData("""{"instance":"a:9090","job":"apj"}""")]
    [InlineData("""{"__name__":"up","instance":"a:9090","job":"api"}""")]
    [InlineData("{}")]
    public void It_depends_on_every_label(string json) => Assert.NotEqual(Of("""{"instance":"a:9090","job":"api"}"""), Of(json));

    [Fact]
    public void Labels_that_are_no_text_have_one_too()
    {
        Assert.NotEqual(Of("""{"a":"\ud800"}"""), Of("""{"a":"\ud801"}"""));
        Assert.NotEqual(LabelHash.Of([.. "{\"a\":\""u8, 0xC0, .. "\"}"u8]), LabelHash.Of([.. "{\"a\":\""u8, 0xC1, .. "\"}"u8]));
    }

    [Fact]
    public void No_labels_are_no_labels_however_they_came() => Assert.Equal(new SeriesValue("", 1).LabelHash, new SeriesValue("{}"u8.ToArray(), 2).LabelHash);

    [Fact]
    public void Long_values_are_read_to_their_end()
    {
        var text = new string('é', 2000);
        var escaped = string.Concat(Enumerable.Repeat("\\u00e9", 2000));
        Assert.Equal(Of($"{{\"a\":\"{text}\"}}"), Of($"{{\"a\":\"{escaped}\"}}"));
        Assert.NotEqual(Of($"{{\"a\":\"{text}\"}}"), Of($"{{\"a\":\"{escaped}x\"}}"));
    }

    [Fact]
    public void A_hundred_thousand_hosts_all_have_hashes_of_their_own()
    {
        var hashes = Enumerable.Range(0, 100_000).Select(i => Of($"{{\"instance\":\"host-{i}\",\"job\":\"api\"}}")).ToHashSet();
        Assert.Equal(100_000, hashes.Count);
    }

    [Fact]
    public void Any_order_gives_the_same() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<Dictionary<NonNull<string>, NonNull<string>>>().ToArbitrary(), labels =>
        {
            string Write(IEnumerable<KeyValuePair<NonNull<string>, NonNull<string>>> pairs) =>
                "{" + string.Join(',', pairs.Select(p => JsonSerializer.Serialize(p.Key.Get) + ":" + JsonSerializer.Serialize(p.Value.Get))) + "}";
            return Of(Write(labels)) == Of(Write(labels.Reverse()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_allocated_for_it()
    {
        var json = """{"instance":"a:9090","path":"\/a\/b","job":"api"}"""u8.ToArray();
        LabelHash.Of(json);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            LabelHash.Of(json);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
