using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Ledger;

namespace ReleaseOps.Tests.Ledger;

public sealed class LedgerFormatTests : IDisposable
{
    private static readonly string Zeros = new('0', 64);
    private static readonly string Host = Environment.MachineName;
    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_is_exactly_these_bytes()
    {
        using (var ledger = _folder.Open())
            ledger.Append("step.finished", "run-1", data => data.WriteString("verdict", "Passed"));

        var opened = $$$"""{"seq":1,"at":"2026-01-02T03:04:05.123Z","type":"ledger.opened","run":"","actor":"alice","data":{"fence":1,"pid":{{{Environment.ProcessId}}},"host":"{{{Host}}}"},"prev":"{{{Zeros}}}"}""";
        var finished = $$$"""{"seq":2,"at":"2026-01-02T03:04:05.123Z","type":"step.finished","run":"run-1","actor":"alice","data":{"verdict":"Passed"},"prev":"{{{Sha256(opened)}}}"}""";
        Assert.Equal($"{opened}\n{finished}\n", Encoding.UTF8.GetString(_folder.Bytes()));
        Assert.Equal(new LedgerCheck(2, Sha256(finished), 0), _folder.Verify());
    }

    [NeedsIcu]
    public void The_bytes_are_the_same_under_a_Turkish_culture_and_in_another_time_zone()
    {
        var (exit, said) = Child.Run([.. Child.Command, "ledger-culture", _folder.Folder, "tr-TR"],
            [("TZ", "Asia/Kathmandu"), ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0")]);
        Assert.Equal(0, exit);
        Assert.Equal("İ 1,5 08:49", said[0]);

        const string Start = "\"at\":\"2026-01-02T03:04:05.678Z\",\"type\":";
        var opened = $$$"""{"seq":1,{{{Start}}}"ledger.opened","run":"","actor":"\u0130pek","data":{"fence":1,"pid":{{{said[1]}}},"host":"{{{Host}}}"},"prev":"{{{Zeros}}}"}""";
        var second = $$$"""{"seq":2,{{{Start}}}"step.finished","run":"RUN-i","actor":"\u0130pek","data":{"rate":1.5,"minus":-1234567,"at":"2026-01-02T05:04:05.678\u002B02:00"},"prev":"{{{Sha256(opened)}}}"}""";
        var third = $$$"""{"seq":3,{{{Start}}}"step.finished","run":"RUN-i","actor":"\u0130pek","data":{"I":[1.50,"\u0131"]},"prev":"{{{Sha256(second)}}}"}""";
        Assert.Equal($"{opened}\n{second}\n{third}\n", Encoding.UTF8.GetString(_folder.Bytes()));
    }

    [Fact]
    public void A_culture_with_odd_signs_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NegativeSign = "~";
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.DateTimeFormat.TimeSeparator = ".";
        odd.DateTimeFormat.DateSeparator = "/";
        try
        {
            CultureInfo.CurrentCulture = odd;
            using var ledger = _folder.Open();
            ledger.Append("t", "r", data => data.WriteNumber("n", -1.5));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        Assert.Contains("\"seq\":2,\"at\":\"2026-01-02T03:04:05.123Z\",\"type\":\"t\",\"run\":\"r\",\"actor\":\"alice\",\"data\":{\"n\":-1.5},",
            Encoding.UTF8.GetString(_folder.Bytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_one_line_of_ASCII_and_comes_back_as_it_was()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), texts =>
        {
            // Half surrogate pairs aren't text; they come back as U+FFFD.
            const string Nasty = "\n\r\u2028\u0085\u001b[31m\ud83d\ude80\0";
            var valid = texts.Select(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t + Nasty))).ToList();
            using var folder = new LedgerFolder();
            using (var ledger = folder.Open())
            {
                ledger.Append("t", valid.FirstOrDefault(""), data =>
                {
                    data.WriteStartArray("texts");
                    valid.ForEach(data.WriteStringValue);
                    data.WriteEndArray();
                });
            }
            var bytes = folder.Bytes();
            Assert.Equal(2, bytes.Count(b => b == '\n'));
            Assert.All(bytes, b => Assert.True(b is (>= 0x20 and < 0x7f) or (byte)'\n'));
            var back = FileLedger.Read(folder.Folder).Last();
            Assert.Equal(valid.FirstOrDefault(""), back.Run);
            Assert.Equal(valid, back.Data.GetProperty("texts").EnumerateArray().Select(t => t.GetString()!));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void JSON_from_outside_is_made_compact_and_half_a_surrogate_pair_in_it_harms_nobody()
    {
        using var data = JsonDocument.Parse("{ \"a\": \"\\ud800\", // why\n \"b\": [ 1e2,\n ], }",
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        using var ledger = _folder.Open();
        var added = ledger.Append("t", "r", data.RootElement);
        Assert.Equal("""{"a":"\\ud800","b":[1e2]}""", added.Data.GetRawText());
        Assert.Equal(2, _folder.Verify().Events);
    }

    [Fact]
    public void What_append_returns_is_what_is_read()
    {
        using var ledger = _folder.Open();
        var added = ledger.Append("t", "r", data => data.WriteNumber("n", 1));
        var read = ledger.ReadAll().Last();
        Assert.Equal(added with { Data = default }, read with { Data = default });
        Assert.Equal(added.Data.GetRawText(), read.Data.GetRawText());
        Assert.Equal(LedgerFolder.Now, read.At);
    }

    [Fact]
    public void Every_text_and_number_of_the_data_passes_the_mask()
    {
        var masked = LedgerData.From(data =>
        {
            data.WriteStartArray("s3cret");
            data.WriteStringValue("a s3cret\n");
            data.WriteNumberValue(314159);
            data.WriteNumberValue(27);
            data.WriteEndArray();
        }, text => text.Replace("s3cret", "***", StringComparison.Ordinal).Replace("1415", "***", StringComparison.Ordinal));
        Assert.Equal("""{"***":["a ***\n","3***9",27]}""", Encoding.UTF8.GetString(masked.Span));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_line_of_one_mebibyte_is_taken_and_one_byte_more_is_refused_without_ending_the_ledger(int more)
    {
        using var ledger = _folder.Open();
        var empty = ledger.Append("t", "r", data => data.WriteString("x", ""));
        var overhead = LedgerFolder.Lines(_folder.Bytes())[^1].Length;
        void Append() => ledger.Append("t", "r", data => data.WriteString("x", new string('x', LedgerLine.MaxBytes - overhead + more)));
        if (more > 0)
        {
            var e = Assert.Throws<ReleaseOpsException>(Append);
            Assert.Equal(ErrorId.LedgerUnwritable, e.Id);
            Assert.Contains("1048577 bytes; a line of the ledger holds at most 1048576", e.Message, StringComparison.Ordinal);
        }
        else
            Append();
        Assert.Equal(empty.Seq + 2 - more, ledger.Append("t", "r").Seq);
        Assert.True(_folder.Verify().IsIntact);
        Assert.Equal(empty.Seq + 2 - more, ledger.ReadAll().Count());
    }

    [Theory]
    [InlineData(LedgerLine.MaxDataDepth)]
    [InlineData(LedgerLine.MaxDataDepth + 1)]
    public void Data_nested_to_the_bound_can_be_read_again_and_deeper_data_is_refused(int depth)
    {
        using var ledger = _folder.Open();
        void Append() => ledger.Append("t", "r", data =>
        {
            for (var i = 1; i < depth; i++)
                data.WriteStartObject("d");
            for (var i = 1; i < depth; i++)
                data.WriteEndObject();
        });
        if (depth > LedgerLine.MaxDataDepth)
            Assert.Equal(ErrorId.LedgerUnwritable, Assert.Throws<ReleaseOpsException>(Append).Id);
        else
            Append();
        ledger.Append("t", "r");
        Assert.Equal(depth > LedgerLine.MaxDataDepth ? 2 : 3, ledger.ReadAll().Count());
    }

    [Fact]
    public void Data_that_is_left_open_or_is_no_object_is_the_callers_fault_and_records_nothing()
    {
        using var ledger = _folder.Open();
        Assert.Throws<InvalidOperationException>(() => ledger.Append("t", "r", data => data.WriteStartArray("a")));
        Assert.Throws<InvalidOperationException>(() => ledger.Append("t", "r", data => data.WriteStartObject("a")));
        Assert.Throws<ArgumentException>(() => ledger.Append("t", "r", JsonElement.Parse("[]")));
        Assert.Equal(2, ledger.Append("t", "r").Seq);
    }

    private static string Sha256(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    /// <summary>A test that needs real cultures, which .NET takes from ICU.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class NeedsIcuAttribute : FactAttribute
    {
        private static readonly string[] Folders = ["/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"];

        public NeedsIcuAttribute()
        {
            if (OperatingSystem.IsLinux() && !Folders.Any(f => Directory.Exists(f) && Directory.EnumerateFiles(f, "libicuuc.so*").Any()))
                Skip = "needs libicu, which isn't on this machine";
        }
    }
}
