using System.Text;
using ReleaseOps.Reviews;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Reviews;

public sealed class ArtifactReaderTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 2, 21);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("null", "no JSON object")]
    [InlineData("", "no JSON (line 1)")]
    [InlineData("{}\n{}", "no JSON (line 2)")]
    [InlineData("{\n\"a\": NaN}", "no JSON (line 2)")]
    public void What_is_no_object_is_named(string text, string says)
    {
        _folder.Write("p_2026-02-21.json", text);
        Assert.Equal(["p_2026-02-21.json: " + says], Read("p_<day>.json").Problems);
    }

    [Fact]
    public void What_is_not_there_is_named_with_the_path_that_was_looked_for() =>
        Assert.Equal(["reports/p_2026-02-21.json: not there"], Read("reports/p_<day>.json").Problems);

    [Fact]
    public void A_folder_of_that_name_can_not_be_read()
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, "p_2026-02-21.json"));
        Assert.Equal(["p_2026-02-21.json: can't be read"], Read("p_<day>.json").Problems);
    }

    [Fact]
    public void One_that_is_too_large_is_not_read()
    {
        _folder.Write("p_2026-02-21.json", "{\"a\":\"" + new string('x', ArtifactReader.MaxBytes) + "\"}");
        Assert.Contains("larger than 4194304 bytes", Read("p_<day>.json").Problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_does_not_matter_nor_does_what_more_there_is()
    {
        File.WriteAllText(Path.Join(_folder.Path, "p_2026-02-21.json"), """{"escalation_level":"watch","more":{"a":[1,2]}}""", new UTF8Encoding(true));
        var problems = new List<string>();
        Assert.Equal("watch", Read("p_<day>.json").Text(problems, "escalation_level"));
        Assert.Empty(problems);
    }

    [Fact]
    public void Another_folder_keeps_the_name()
    {
        _folder.Write("elsewhere/p_2026-02-21.json", "{}");
        var read = ArtifactReader.Read("reports/p_<day>.json", "elsewhere", _folder.Path, Day, latest: false);
        Assert.Equal(("elsewhere/p_2026-02-21.json", true), (read.Path, read.Root is not null));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "2026-02-19")]
    public void The_newest_up_to_the_day_counts_where_that_is_asked(bool latest, string? day)
    {
        foreach (var name in new[] { "p_2026-02-18.json", "p_2026-02-19.json", "p_2026-02-22.json", "p_2026-02-20.json.bak", "p_9999-99-99.json", "xp_2026-02-20.json" })
            _folder.Write(name, "{}");
        var read = ArtifactReader.Read("p_<day>.json", null, _folder.Path, Day, latest);
        Assert.Equal(day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd"), read.Day);
    }

    private ReviewArtifact Read(string pattern) => ArtifactReader.Read(pattern, null, _folder.Path, Day, latest: false);
}
