using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ReleaseOps.Tests.Secrets;

public class SecretMaskTests
{
    private const string Secret = "S3cr&t/ p<ass'w\"ord>$ä+1";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void A_secret_as_it_is_is_hidden() => Assert.Equal("token=***;", new SecretMask(["hunter2hunter2"]).Apply("token=hunter2hunter2;"));

    [Fact]
    public void Text_without_a_secret_stays_the_same_object()
    {
        var text = "nothing here, and a beginning: hunter";
        Assert.Same(text, new SecretMask(["hunter2"]).Apply(text));
        Assert.Same(text, SecretMask.None.Apply(text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Base64_of_something_that_holds_the_secret_hides_it_at_any_place(int before)
    {
        var mask = new SecretMask([Secret]);
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
        {
            foreach (var after in (string[])["", "x", "xy", "xyz"])
            {
                // At each border one character that also holds bits of the secret, and its padding.
                var allowed = 6 + encoding.GetByteCount(new string('u', before) + after) * 4 / 3;
                var encoded = Convert.ToBase64String(encoding.GetBytes(new string('u', before) + Secret + after));
                AssertLittleIsLeft(encoded, mask.Apply(encoded), allowed);
                var forUrls = encoded.Replace('+', '-').Replace('/', '_').TrimEnd('=');
                AssertLittleIsLeft(forUrls, mask.Apply(forUrls), allowed);
            }
        }
    }

    [Fact]
    public void Base64_and_keys_that_are_broken_over_lines_are_hidden()
    {
        var secret = string.Concat(Enumerable.Range(0, 40).Select(i => $"part{i:00}-"));
        var mask = new SecretMask([secret]);
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        foreach (var lineBreak in (string[])["\n", "\r\n"])
        {
            foreach (var width in (int[])[1, 3, 64, 76])
            {
                Assert.Equal("begin ***\nend", mask.Apply("begin " + Wrapped(encoded, width, lineBreak) + "\nend"));
                Assert.Equal("begin ***\nend", mask.Apply("begin " + Wrapped(secret, width, lineBreak) + "\nend"));
                Assert.Equal("begin ***\nend", mask.Apply("begin " + Wrapped(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), width, lineBreak) + "\nend"));
            }
        }
    }

    [Fact]
    public void A_short_secret_is_not_seen_in_text_that_only_spells_it_over_two_lines() =>
        Assert.Equal("123\n456", new SecretMask(["123456"]).Apply("123\n456"));

    [Fact]
    public void A_line_break_between_two_secrets_stays() =>
        Assert.Equal("***\n***\n\n***\n", new SecretMask(["hunter2"]).Apply("hunter2\nhunter2\n\nhunter2\n"));

    public static TheoryData<string> Forms() =>
    [
        Uri.EscapeDataString(Secret),
        WebUtility.UrlEncode(Secret),
        Uri.EscapeDataString(Secret).ToLowerInvariant().Replace("s3cr", "S3cr", StringComparison.Ordinal),
        JsonSerializer.Serialize(Secret),
        JsonSerializer.Serialize(Secret, Relaxed),
        "S3cr&t/ p<ass'w\\\"ord>$\\u00e4+1",
        "S3cr&t\\/ p<ass'w\\\"ord>$\\u00e4+1",
        "S3cr\\u0026t/ p\\u003cass'w\\\"ord\\u003e$\\u00e4+1",
        WebUtility.HtmlEncode(Secret).Replace("&#228;", "ä", StringComparison.Ordinal),
        new System.Xml.Linq.XElement("a", Secret).ToString(),
        new System.Xml.Linq.XAttribute("a", Secret).ToString(),
        "'S3cr&t/ p<ass'\\''w\"ord>$ä+1'",
        "'S3cr&t/ p<ass'\"'\"'w\"ord>$ä+1'",
        "\"S3cr&t/ p<ass'w\\\"ord>\\$ä+1\"",
        "S3cr\\&t/\\ p\\<ass\\'w\\\"ord\\>\\$ä+1",
        "$'S3cr&t/ p<ass\\'w\"ord>$ä+1'",
        Convert.ToHexString(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret)),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Escaped_and_quoted_forms_are_hidden(string form)
    {
        var masked = new SecretMask([Secret]).Apply("<< " + form + " >>");
        Assert.Contains(SecretMask.Stars, masked, StringComparison.Ordinal);
        AssertLittleIsLeft(form, masked, 16);
    }

    [Fact]
    public void Each_line_of_a_secret_of_several_lines_is_hidden_alone_and_indented()
    {
        var mask = new SecretMask(["-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\nAA==\n-----END KEY-----\n"]);
        Assert.Equal("  key: |\n    ***\n    ***", mask.Apply("  key: |\n    MIIEvQIBADANBg\n    kqhkiG9w0BAQEF"));
        Assert.Equal("{\"k\":\"***\"}", mask.Apply("{\"k\":\"-----BEGIN KEY-----\\nMIIEvQIBADANBg\\nkqhkiG9w0BAQEF\\nAA==\\n-----END KEY-----\\n\"}"));
    }

    [Fact]
    public void Secrets_that_overlap_are_hidden_as_one() =>
        Assert.Equal("<***>", new SecretMask(["abcdefgh", "efghijkl", "ijklmnopqr"]).Apply("<abcdefghijklmnopqr>"));

    [Fact]
    public void The_longest_of_several_secrets_that_begin_alike_is_hidden_whole() =>
        Assert.Equal("***", new SecretMask(["hunter", "hunter2hunter"]).Apply("hunter2hunter"));

    [Fact]
    public void A_secret_that_is_too_short_is_refused_without_being_named()
    {
        Assert.True(SecretMask.TooShort("abcde"));
        Assert.True(SecretMask.TooShort("  abcde\n"));
        Assert.False(SecretMask.TooShort("abcdef"));
        var refused = Assert.Throws<ReleaseOpsException>(() => new SecretMask(["good enough", "abcde"]));
        Assert.Equal(ErrorId.SecretTooShort, refused.Id);
        Assert.DoesNotContain("abcde", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_comes_out_the_same_however_it_is_cut()
    {
        string[] secrets = ["aabaab", "abaabaab", "line one of it\nline two of it", Secret, "0123456789abcdef0123"];
        var mask = new SecretMask(secrets);
        var pieces = Gen.Elements([.. secrets, "aab", "a", "b", "\n", "\r\n", "\r", "~", "line one of it", "0123456789\nabcdef\r\n0123", "ä", Uri.EscapeDataString(Secret)]);
        var texts = Gen.ListOf(pieces).Select(list => string.Concat(list));
        var cuts = Gen.ListOf(Gen.Choose(1, 9));
        Prop.ForAll(Arb.From(texts), Arb.From(cuts), (text, sizes) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Assert.Equal(mask.Apply(text), Encoding.UTF8.GetString(InParts(mask, bytes, sizes)));
            // Nothing of it is lost or doubled: what isn't a secret comes through.
            Assert.Equal(text.Count(c => c == '~'), mask.Apply(text).Count(c => c == '~'));
            return !secrets.Any(secret => mask.Apply(text).Contains(secret, StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Text_without_secrets_comes_through_unchanged_however_it_is_cut()
    {
        var mask = new SecretMask(["aabaab", Secret]);
        var texts = Gen.ListOf(Gen.Elements("aab", "a", "\n", "\r\n", "\r", "S3cr&t/ p<", "%", "ä")).Select(list => string.Concat(list));
        Prop.ForAll(Arb.From(texts), Arb.From(Gen.ListOf(Gen.Choose(1, 5))), (text, sizes) =>
            text.Contains("aabaab", StringComparison.Ordinal)
            || InParts(mask, Encoding.UTF8.GetBytes(text), sizes).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text)))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Only_what_may_be_the_beginning_of_a_secret_is_held_back()
    {
        var inner = new MemoryStream();
        using var stream = new SecretMask(["hunter2"]).Over(inner);
        stream.Write("Password: "u8);
        Assert.Equal("Password: ", Encoding.UTF8.GetString(inner.ToArray()));
        stream.Write("hun"u8);
        stream.Flush();
        Assert.Equal("Password: ", Encoding.UTF8.GetString(inner.ToArray()));
        stream.Write("dred\n"u8);
        Assert.Equal("Password: hundred\n", Encoding.UTF8.GetString(inner.ToArray()));
    }

    [Fact]
    public void What_is_held_back_stays_small_on_text_that_is_all_beginnings()
    {
        var inner = new MemoryStream();
        using var stream = new SecretMask([new string('a', 60) + "b"]).Over(inner);
        var line = Encoding.UTF8.GetBytes(new string('a', 1000) + "\n");
        for (var i = 0; i < 1000; i++)
            stream.Write(line);
        Assert.InRange(inner.Length, 1_000_000, 1_001_000);
    }

    private static byte[] InParts(SecretMask mask, byte[] bytes, IList<int> sizes)
    {
        var inner = new MemoryStream();
        using (var stream = mask.Over(inner))
        {
            var at = 0;
            foreach (var size in sizes)
            {
                var part = Math.Min(size, bytes.Length - at);
                stream.Write(bytes, at, part);
                at += part;
            }
            stream.Write(bytes, at, bytes.Length - at);
        }
        return inner.ToArray();
    }

    private static string Wrapped(string text, int width, string lineBreak) =>
        string.Join(lineBreak, text.Chunk(width).Select(line => new string(line)));

    // What is around a secret may stay, and at the borders of base64 the characters that also hold bits of something else.
    private static void AssertLittleIsLeft(string form, string masked, int allowed)
    {
        var left = masked.Replace(SecretMask.Stars, "", StringComparison.Ordinal).Length;
        Assert.True(left <= allowed, $"{left} of {form.Length} characters are left: {masked}");
    }
}
