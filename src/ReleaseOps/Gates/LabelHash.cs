using System.Text;
using System.Text.Json;

namespace ReleaseOps.Gates;

/// <summary>
/// A hash of a series' labels that is the same in every process, and in whatever order a server sends them: one hash a label (64-bit FNV-1a,
/// https://datatracker.ietf.org/doc/draft-eastlake-fnv/), all of them added up. Nothing is allocated for labels as servers send them.
/// </summary>
internal static class LabelHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>No byte of a text in UTF-8 is this, so that a name never runs into its value.</summary>
    private const byte Border = 0xFF;

    private const int OnStack = 512;

    /// <summary>The hash of a JSON object of labels and their values, read once already; 0 for none.</summary>
    public static ulong Of(ReadOnlySpan<byte> json)
    {
        var sum = 0UL;
        if (json.Length <= 2)
            return sum;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Add(Add(Offset, ref reader), [Border]);
            reader.Read();
            sum += Mixed(Add(name, ref reader));
        }
        return sum;
    }

    /// <summary>The hash of labels that are written out; 0 for none.</summary>
    public static ulong Of(string labels) => labels.Length == 0 ? 0 : Mixed(Add(Offset, Encoding.UTF8.GetBytes(labels)));

    private static ulong Add(ulong hash, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return Add(hash, reader.ValueSpan);
        var room = reader.ValueSpan.Length;
        Span<byte> text = room <= OnStack ? stackalloc byte[OnStack] : new byte[room];
        try
        {
            return Add(hash, text[..reader.CopyString(text)]);
        }
        catch (InvalidOperationException)
        {
            // An escape that stands for no character: as it was sent.
            return Add(hash, reader.ValueSpan);
        }
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
            hash = (hash ^ one) * Prime;
        return hash;
    }

    /// <summary>MurmurHash3's finaliser: sums of FNV hashes that differ in their last bytes only would lie close together.</summary>
    private static ulong Mixed(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
