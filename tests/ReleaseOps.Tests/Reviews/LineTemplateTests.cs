using System.Runtime.InteropServices;
using System.Text;
using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Tests.Reviews;

public sealed class LineTemplateTests
{
    [Fact]
    public void What_it_takes_the_scanner_reads_the_same()
    {
        var taken = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var odd = new OddLog(seed);
            var lines = Enumerable.Range(0, 60).Select(_ => odd.Line()).Where(l => l.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') < 0).ToList();
            foreach (var learned in lines)
            {
                if (Scanned(learned, LineForm.Any) is not { Form: var form } model || !form.HasFlag(LineForm.EndsWithPayload))
                    continue;
                var template = new LineTemplate();
                template.Learn(Block(learned), 0, model);
                foreach (var line in lines)
                {
                    if (Scanned(line, LineForm.Any) is not { } whole || !whole.Form.HasFlag(LineForm.EndsWithPayload))
                        continue;
                    LogLine read = default;
                    var end = template.Read(ref MemoryMarshal.GetArrayDataReference(Block(line)), 0, ref read, whole.Form);
                    if (end < 0)
                        continue;
                    taken++;
                    Assert.Equal(line.Length, end);
                    Assert.True(whole == read, $"seed {seed}: {whole} but {read}: {Encoding.UTF8.GetString(line)}");
                }
            }
        }
        Assert.InRange(taken, 1000, int.MaxValue);
    }

    [Theory]
    [InlineData("{\"ts\": 2.25, \"run_id\": \"b\", \"stage\": \"t\", \"event\": \"f\", \"payload\": {\"x\": 1}}", true)]
    [InlineData("{\"ts\": -1e9, \"run_id\": \"q\\\"\\n\", \"stage\": \"\", \"event\": \"실행\", \"payload\": {} }  ", true)]
    [InlineData("{\"ts\": \"2\", \"run_id\": \"b\", \"stage\": \"t\", \"event\": \"f\", \"payload\": {}}", false)]
    [InlineData("{\"ts\": 2, \"run_id\": null, \"stage\": \"t\", \"event\": \"f\", \"payload\": {}}", false)]
    [InlineData("{\"ts\":2, \"run_id\": \"b\", \"stage\": \"t\", \"event\": \"f\", \"payload\": {}}", false)]
    [InlineData("{\"ts\": 2, \"stage\": \"t\", \"run_id\": \"b\", \"event\": \"f\", \"payload\": {}}", false)]
    [InlineData("{\"ts\": 2, \"run_id\": \"b\", \"stage\": \"t\", \"event\": \"f\", \"a\": 1, \"payload\": {}}", false)]
    [InlineData("{\"ts\": 2, \"run_id\": \"b\", \"stage\": \"t\", \"event\": \"f\", \"payload\": []}", false)]
    public void A_line_by_the_same_writer_is_taken_and_another_one_is_not(string line, bool taken)
    {
        var template = new LineTemplate();
        var learned = Encoding.UTF8.GetBytes("{\"ts\": 1, \"run_id\": \"a\", \"stage\": \"s\", \"event\": \"e\", \"payload\": {}}");
        template.Learn(Block(learned), 0, Scanned(learned, LineForm.Any)!.Value);
        LogLine read = default;
        var end = template.Read(ref MemoryMarshal.GetArrayDataReference(Block(Encoding.UTF8.GetBytes(line))), 0, ref read, LineForm.EndsWithPayload);
        Assert.Equal(taken, end >= 0);
        if (taken)
            Assert.Equal(Scanned(Encoding.UTF8.GetBytes(line), LineForm.EndsWithPayload), read);
    }

    [Fact]
    public void Nothing_is_taken_before_it_has_learned()
    {
        LogLine read = default;
        Assert.True(new LineTemplate().Read(ref MemoryMarshal.GetArrayDataReference(Block("{\"payload\":{}}"u8.ToArray())), 0, ref read, LineForm.EndsWithPayload) < 0);
    }

    private static byte[] Block(byte[] line) => [.. line, (byte)'\n', .. new byte[LineScanner.Padding]];

    private static LogLine? Scanned(byte[] line, LineForm known)
    {
        LogLine fields = default;
        return LineScanner.Scan(ref MemoryMarshal.GetArrayDataReference(Block(line)), 0, ref fields, known) >= 0 ? fields : null;
    }
}
