using System.Diagnostics;
using System.Text;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

/// <summary>
/// Files that were made to hurt the reader. The bound on time is generous; what is tested against takes minutes or kills the process.
/// </summary>
public class HostileRunbookTests
{
    public static TheoryData<string, string> Deep => new()
    {
        { "flow lists", "a: " + Repeat("[", 100_000) + Repeat("]", 100_000) },
        { "flow lists without an end", Repeat("[", 1_000_000) },
        { "flow maps", Repeat("{a: ", 200_000) },
        { "flow keys", Repeat("{", 1_000_000) },
        { "flow lists on lines", "a:\n" + Repeat(" [\n", 300_000) },
        { "block lists", Repeat("- ", 10_000) + "x" },
        { "block keys", Repeat("? ", 500_000) + "x" },
        { "block maps", string.Concat(Enumerable.Range(0, 1400).Select(i => new string(' ', i) + "a:\n")) },
        { "more than allowed by one", "a: " + Repeat("[", 32) + Repeat("]", 32) },
    };

    public static TheoryData<string, string> Wide => new()
    {
        { "keys", string.Concat(Enumerable.Range(0, 80_000).Select(i => $"k{i}: v\n")) },
        { "items", "phases:\n" + Repeat("- a\n", 250_000) },
        { "empty lists", "phases: [" + Repeat("[],", 300_000) + "]" },
        { "anchors", "a: [" + Repeat("&a a,", 200_000) + "]" },
        { "aliases", "a: [" + Repeat("*a,", 300_000) + "]" },
        { "tags", "a: [" + Repeat("!a a,", 200_000) + "]" },
        { "documents", Repeat("---\n", 250_000) },
        { "question marks", Repeat("?\n", 500_000) },
        { "one long line", "title: " + Repeat("x ", 500_000) },
        { "steps that need each other", "runbook: t\nphases:\n- phase: p\n  steps:\n"
            + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"  - {{id: s{i}, confirm: x, needs: [s{(i + 1) % 20_000}]}}\n")) },
        { "references to nothing", "runbook: t\nphases:\n- phase: p\n  steps:\n"
            + string.Concat(Enumerable.Range(0, 15_000).Select(i =>
                $"  - {{id: step-number-{i}, confirm: x, needs: [other-number-{i}]}}\n")) },
        { "bindings", "title: x\nruns: " + Repeat("${{ 1 }}", 100_000) },
        { "open bindings", "runbook: t\nphases:\n- phase: p\n  steps:\n  - {id: a, confirm: '" + Repeat("${{ '' ", 140_000) + "'}" },
        { "quotes", "runbook: t\nphases:\n- phase: p\n  steps:\n  - {id: a, confirm: \"${{" + Repeat(" '", 400_000) + "\"}" },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void Nesting_is_refused_before_it_costs_anything(string what, string text)
    {
        var reading = Timed(text, TimeSpan.FromSeconds(20));
        Assert.True(reading.Problems[0].Id == ErrorId.YamlTooDeep, $"{what}: {reading.Problems[0]}");
    }

    [Theory]
    [MemberData(nameof(Wide))]
    public void A_file_of_the_largest_size_is_read_in_linear_time(string what, string text)
    {
        var reading = Timed(text, TimeSpan.FromMinutes(1));
        Assert.True(reading.Runbook is null && reading.Problems.Count is > 0 and <= RunbookReading.MostProblems + 1, what);
    }

    [Fact]
    public void Nesting_up_to_the_bound_is_taken() =>
        Assert.DoesNotContain(Read.Text("a: " + Repeat("[", 31) + Repeat("]", 31)).Problems, p => p.Id == ErrorId.YamlTooDeep);

    [Fact]
    public void A_file_that_is_too_large_is_refused_without_being_read()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (var stream = File.Create(file))
                stream.SetLength(50 << 20);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(ErrorId.RunbookTooLarge, Read.Problem(RunbookReader.Read(file)).Id);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_device_without_an_end_is_refused()
    {
        if (OperatingSystem.IsLinux())
            Assert.Equal(ErrorId.RunbookTooLarge, Read.Problem(RunbookReader.Read("/dev/zero")).Id);
    }

    [Fact]
    public void What_cannot_be_read_is_a_problem_not_a_crash()
    {
        Assert.Equal(ErrorId.RunbookNotFound, Read.Problem(RunbookReader.Read("/no/such/file.yaml")).Id);
        Assert.Equal(ErrorId.RunbookUnreadable, Read.Problem(RunbookReader.Read(Path.GetTempPath())).Id);
        Assert.Equal(ErrorId.RunbookUnreadable, Read.Problem(RunbookReader.Read("")).Id);
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0x3A, 0x0A, 0x62, 0xFF }, 2, 2)]
    [InlineData(new byte[] { 0x61, 0x0A, 0x62, 0x00 }, 2, 2)]
    [InlineData(new byte[] { 0x1B, 0x5B }, 1, 1)]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 }, 1, 1)]
    [InlineData(new byte[] { 0x61, 0xC3 }, 1, 2)]
    public void What_is_not_text_is_refused_with_its_place(byte[] bytes, int line, int column)
    {
        var problem = Read.Problem(RunbookReader.Parse(bytes, "x"));
        Assert.Equal((ErrorId.RunbookNotText, line, column), (problem.Id, problem.Line, problem.Column));
    }

    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        var words = (string[])
        [
            "runbook", "phases", "phase", "steps", "id", "command", "expect", "gates", ":", ": ", "- ", "[", "]", "{", "}", ",", "\n",
            "\n  ", "\n    ",
            "'", "\"", "|", ">", "#", " ", "&a", "*a", "!t", "<<", "%", "---", "...", "${{", "}}", "params.x", "a", "1", "\t", "?", "é",
            "\U0001F600", "\r\n",
        ];
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => words[random.Next(words.Length)]));
            var reading = Read.Text(text);
            Assert.True(reading.Runbook is not null || reading.Problems.Count > 0, text);
        }
    }

    private static RunbookReading Timed(string text, TimeSpan bound)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 0, 1 << 20);
        var watch = Stopwatch.StartNew();
        var reading = Read.Text(text);
        Assert.True(watch.Elapsed < bound, $"took {watch.Elapsed}");
        return reading;
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
