using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Tests.Reviews;

public sealed class LineScannerTests
{
    // Set it to some millions once in a while.
    private static readonly int Rounds =
        int.Parse(Environment.GetEnvironmentVariable("RELEASEOPS_FUZZ_LINES") ?? "40000", CultureInfo.InvariantCulture);

    [Fact]
    public void Whatever_it_says_the_reader_says_too_and_it_takes_most_good_lines()
    {
        var (objects, taken) = (0, 0);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var log = new OddLog(seed);
            var line = log.Line();
            foreach (var one in new[] { line, log.Mutated(line), log.Mutated(line) })
            {
                var (kind, took) = Compare(one, seed);
                objects += kind == LineKind.Object ? 1 : 0;
                taken += took ? 1 : 0;
            }
        }
        // Names with escapes, a blank before the first brace and depths beyond 64 are for the reader.
        Assert.InRange(taken, objects * 0.45, objects);
    }

    [Theory]
    [InlineData("{\"a\":\"x\u0001\"}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\u12\"}")]
    [InlineData("{\"a\":\"")]
    [InlineData("{\"a\":\"b}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":[1,]}")]
    [InlineData("{\"a\":[1}")]
    [InlineData("{\"a\":{]}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":-}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":1e+}")]
    [InlineData("{\"a\":1x}")]
    [InlineData("{\"a\":truex}")]
    [InlineData("{\"a\":tru}")]
    [InlineData("{\"a\":nul")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1}x")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("{")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1,,\"b\":2}")]
    [InlineData("{\"a\" \"b\"}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":\u00a01}")]
    [InlineData("{\"a\":1}\f")]
    public void What_a_sloppy_scanner_would_take_is_malformed(string line)
    {
        Assert.False(Compare(Encoding.UTF8.GetBytes(line), 0).Taken);
        Assert.Equal(LineKind.Malformed, Compare(Encoding.UTF8.GetBytes(line), 0).Kind);
    }

    [Theory]
    [InlineData("{\"payload\":{}x}")]
    [InlineData("{\"payload\":{}")]
    [InlineData("{\"payload\":{")]
    [InlineData("{\"payload\":{\"a\":[]")]
    public void A_line_that_has_changed_since_is_not_taken_for_what_was_known(string line)
    {
        byte[] block = [.. Encoding.UTF8.GetBytes(line), (byte)'\n', .. new byte[LineScanner.Padding]];
        LogLine fields = default;
        Assert.Equal(LineScanner.Unusual, LineScanner.Scan(ref MemoryMarshal.GetArrayDataReference(block), 0, ref fields, LineForm.EndsWithPayload));
    }

    [Theory]
    [InlineData("C0AF")]
    [InlineData("EDA080")]
    [InlineData("F4908080")]
    [InlineData("80")]
    [InlineData("E282")]
    [InlineData("FF")]
    public void Bytes_that_are_no_UTF8_make_a_line_malformed_wherever_they_stand(string bytes)
    {
        byte[] wrong = Convert.FromHexString(bytes);
        for (var before = 0; before < 70; before++)
        {
            byte[] line = [.. "{\"a\":\""u8, .. Enumerable.Repeat((byte)'x', before), .. wrong, .. "\"}"u8];
            Assert.Equal(LineKind.Malformed, Compare(line, before).Kind);
        }
    }

    [Fact]
    public void A_long_line_is_told_the_same_piece_by_piece()
    {
        for (var seed = 0; seed < Rounds / 4; seed++)
        {
            var log = new OddLog(seed);
            var line = log.Line();
            foreach (var one in new[] { line, log.Mutated(line) })
            {
                if (one.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') >= 0)
                    continue;
                var pieces = new LongLine();
                for (var at = 0; at < one.Length; at += 1 + (seed % 7))
                    Assert.Equal(Math.Min(1 + (seed % 7), one.Length - at), pieces.Take(one.AsSpan(at, Math.Min(1 + (seed % 7), one.Length - at))));
                pieces.Closed(open: false);
                LogLine fields = default;
                var kind = LineReader.Read(one, 0, ref fields);
                // What is white space beyond ASCII isn't told of a line of megabytes of it.
                if (kind == LineKind.Blank && pieces.Kind == LineKind.Malformed)
                    continue;
                Assert.True(kind == pieces.Kind, $"seed {seed}: {kind} but {pieces.Kind}: {Encoding.UTF8.GetString(one)}");
                if (kind == LineKind.Object)
                    foreach (var (a, b) in Fields(fields).Zip(Fields(pieces.Line)).Take(4))
                    {
                        Assert.Equal((a.Kind, a.Escaped), (b.Kind, b.Escaped));
                        if (a.Kind is not (JsonKind.Object or JsonKind.Array))
                            Assert.Equal(a.In(one).ToArray(), b.In(pieces.Bytes).ToArray());
                    }
            }
        }
    }

    private static (LineKind Kind, bool Taken) Compare(byte[] line, int seed)
    {
        // A line end among the bytes ends the line.
        var end = line.AsSpan().IndexOfAny((byte)'\n', (byte)'\r');
        var text = end < 0 ? line : line[..end];
        LogLine expected = default;
        LogLine actual = default;
        var kind = LineReader.Read(text, 3, ref expected);
        var noise = new byte[LineScanner.Padding];
        new Random(seed).NextBytes(noise);
        byte[] block = [1, 2, 3, .. text, (byte)(seed % 2 == 0 ? '\n' : '\r'), .. noise];
        var scanned = LineScanner.Scan(ref MemoryMarshal.GetArrayDataReference(block), 3, ref actual);
        if (scanned >= 0)
        {
            Assert.True(kind == LineKind.Object, $"seed {seed}: took what is {kind}: {Encoding.UTF8.GetString(text)}");
            expected.Form = actual.Form & LineForm.FlatPayload;
            if (EndsWithPayload(text))
                expected.Form |= LineForm.EndsWithPayload;
            if (actual.Form.HasFlag(LineForm.FlatPayload))
                Assert.True(IsFlat(text), $"seed {seed}: no flat payload: {Encoding.UTF8.GetString(text)}");
            Assert.True(expected == actual, $"seed {seed}: {expected} but {actual}: {Encoding.UTF8.GetString(text)}");
            Assert.Equal(3 + text.Length, scanned);
            LogLine known = default;
            if (actual.Form.HasFlag(LineForm.EndsWithPayload))
            {
                Assert.Equal(scanned, LineScanner.Scan(ref MemoryMarshal.GetArrayDataReference(block), 3, ref known, actual.Form));
                Assert.True(expected == known, $"seed {seed}: {expected} but {known} where it was known: {Encoding.UTF8.GetString(text)}");
            }
        }
        if (scanned == LineScanner.Malformed)
            Assert.True(kind == LineKind.Malformed, $"seed {seed}: refused what is {kind}: {Encoding.UTF8.GetString(text)}");
        return (kind, scanned >= 0);
    }

    private static bool EndsWithPayload(byte[] line)
    {
        using var json = JsonDocument.Parse(line);
        var names = json.RootElement.EnumerateObject().ToList();
        return names.Count > 0 && names[^1].NameEquals("payload") && names[^1].Value.ValueKind == JsonValueKind.Object && names.Count(n => n.NameEquals("payload")) == 1;
    }

    private static bool IsFlat(byte[] line)
    {
        using var json = JsonDocument.Parse(line);
        var payload = json.RootElement.EnumerateObject().Last(n => n.NameEquals("payload")).Value;
        return !payload.GetRawText().Contains('\\', StringComparison.Ordinal) && payload.ValueKind == JsonValueKind.Object && payload.EnumerateObject().All(m => Plain(m.Value));

        static bool Plain(JsonElement value) => value.ValueKind != JsonValueKind.Object && (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(Plain));
    }

    private static LogField[] Fields(LogLine line) => [line.Ts, line.RunId, line.Stage, line.Event, line.Payload];
}
