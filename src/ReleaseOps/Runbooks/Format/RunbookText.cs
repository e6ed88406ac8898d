using System.Text;

namespace ReleaseOps.Runbooks.Format;

/// <summary>The text of a runbook's bytes: UTF-8, with or without a byte order mark, and no control characters.</summary>
internal static class RunbookText
{
    /// <summary>Decodes the bytes; false where they aren't such text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <param name="at">Where it isn't text.</param>
    /// <param name="why">Why it isn't.</param>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text, out Position at, out string why)
    {
        (text, at, why) = ("", new Position(1, 1), "");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            why = "text in UTF-16, not in UTF-8";
            return false;
        }
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        var bad = Utf8Length(bytes);
        text = Encoding.UTF8.GetString(bytes[..bad]);
        var control = FirstControl(text);
        if (control < 0 && bad == bytes.Length)
            return true;
        var end = control < 0 ? text.Length : control;
        var before = text.AsSpan(0, end);
        at = new Position(1 + before.Count('\n'), end - before.LastIndexOf('\n'));
        why = control < 0 ? "not text: bytes that aren't UTF-8" : $"not text: a control character (U+{(int)text[control]:X4})";
        return false;
    }

    private static int FirstControl(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsControl(text[at]) && text[at] is not ('\t' or '\n' or '\r' or '\u0085'))
                return at;
        }
        return -1;
    }

    /// <summary>How many of the bytes are UTF-8.</summary>
    private static int Utf8Length(ReadOnlySpan<byte> bytes)
    {
        var at = System.Text.Unicode.Utf8.IsValid(bytes) ? bytes.Length : 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
            at += consumed;
        return at;
    }
}
