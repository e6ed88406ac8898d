using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Reviews.Logs;

/// <summary>What an index knows of a file.</summary>
/// <param name="Blocks">Its first blocks, all closed.</param>
/// <param name="Faults">The first faults of lines of any day in them; places of source 0.</param>
internal sealed record DayIndex(IReadOnlyList<BlockFacts> Blocks, IReadOnlyList<LogFault> Faults);

/// <summary>
/// The index of a log, <c>LOG.day-index</c>: what is known of each block that nothing can change any more by adding lines. It counts as long as the
/// file is as long as then or longer, the first 64 KiB and the last 64 KiB of what the index knows have the same digests, and, where it isn't longer,
/// its time of change is the same. What was changed in its middle by somebody who then also added lines isn't noticed: a log is only ever added to.
/// An index that can't be read, or is of another version, is as none; one that can't be written is left out.
/// </summary>
/// <param name="log">Path of the log.</param>
/// <param name="file">The log.</param>
/// <param name="length">Its length.</param>
/// <param name="options">The size of its blocks.</param>
internal sealed class DayIndexFile(string log, SafeFileHandle file, long length, LogReadOptions options)
{
    // Changed whenever lines are read by other rules or the file is laid out otherwise.
    private const long Version = 0x5244_4149_0000_0003;
    private const int SampleBytes = 64 * 1024;
    private const int DigestBytes = SHA256.HashSizeInBytes;

    private readonly string _path = log + ".day-index";
    private readonly long _changed = File.GetLastWriteTimeUtc(file).Ticks;

    /// <summary>How many of the file's blocks lie wholly in it.</summary>
    internal int WholeBlocks => (int)(length / options.BlockBytes);

    /// <summary>What the index knows; null where there is none that counts.</summary>
    internal DayIndex? Read()
    {
        try
        {
            var bytes = File.ReadAllBytes(_path);
            if (bytes.Length < DigestBytes || !SHA256.HashData(bytes.AsSpan(..^DigestBytes)).AsSpan().SequenceEqual(bytes.AsSpan(^DigestBytes..)))
                return null;
            return Read(new IndexBytes(bytes.AsSpan(..^DigestBytes)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes the index; it is there as a whole or not at all.</summary>
    /// <param name="index">What is known.</param>
    internal void Write(DayIndex index)
    {
        var temporary = _path + "." + Path.GetRandomFileName();
        try
        {
            using var bytes = new MemoryStream();
            using (var writer = new BinaryWriter(bytes, System.Text.Encoding.UTF8, leaveOpen: true))
                Write(writer, index);
            bytes.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
            File.WriteAllBytes(temporary, bytes.ToArray());
            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
        }
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private DayIndex? Read(IndexBytes bytes)
    {
        if (bytes.Int64() != Version || bytes.Int32() != options.BlockBytes || bytes.Int32() != options.LongestLine)
            return null;
        var (then, changed) = (bytes.Int64(), bytes.Int64());
        var count = bytes.Int32();
        if (length < then || (length == then && changed != _changed)
            || !bytes.Next(DigestBytes).SequenceEqual(HeadDigest(count)) || !bytes.Next(DigestBytes).SequenceEqual(LastDigest(count)))
            return null;
        var blocks = new BlockFacts[count];
        HourRange[] hours = [];
        for (var i = 0; i < count; i++)
            blocks[i] = ReadBlock(ref bytes, ref hours);
        var faults = new LogFault[bytes.Int32()];
        for (var i = 0; i < faults.Length; i++)
            faults[i] = new LogFault(new LinePlace(bytes.Int64()), (LogFaultKind)bytes.Byte());
        return new DayIndex(blocks, faults);
    }

    private void Write(BinaryWriter writer, DayIndex index)
    {
        writer.Write(Version);
        writer.Write(options.BlockBytes);
        writer.Write(options.LongestLine);
        writer.Write(length);
        writer.Write(_changed);
        writer.Write(index.Blocks.Count);
        writer.Write(HeadDigest(index.Blocks.Count));
        writer.Write(LastDigest(index.Blocks.Count));
        foreach (var block in index.Blocks)
            WriteBlock(writer, block);
        writer.Write(index.Faults.Count);
        foreach (var fault in index.Faults)
        {
            writer.Write(LinePlace.Of(0, fault.Place.Block, fault.Place.Line).Packed);
            writer.Write((byte)fault.Kind);
        }
    }

    private static BlockFacts ReadBlock(ref IndexBytes bytes, ref HourRange[] hours) => new()
    {
        Lines = (int)bytes.Packed(),
        Blank = (int)bytes.Packed(),
        Malformed = (int)bytes.Packed(),
        Undated = (int)bytes.Packed(),
        TooLong = (int)bytes.Packed(),
        Untimed = new UntimedLines((int)bytes.Packed(), (int)bytes.Packed(), bytes.Byte() != 0),
        Hours = hours = ReadHours(ref bytes, hours),
        Form = (LineForm)bytes.Byte(),
        IsClosed = true,
    };

    // Blocks mostly have the hours of the one before: thousands of them share one array.
    private static HourRange[] ReadHours(ref IndexBytes bytes, HourRange[] before)
    {
        Span<HourRange> hours = stackalloc HourRange[bytes.Byte()];
        foreach (ref var range in hours)
            range = new HourRange(bytes.Packed(), bytes.Packed());
        return hours.SequenceEqual(before) ? before : hours.ToArray();
    }

    private static void WriteBlock(BinaryWriter writer, BlockFacts block)
    {
        writer.Write7BitEncodedInt(block.Lines);
        writer.Write7BitEncodedInt(block.Blank);
        writer.Write7BitEncodedInt(block.Malformed);
        writer.Write7BitEncodedInt(block.Undated);
        writer.Write7BitEncodedInt(block.TooLong);
        writer.Write7BitEncodedInt(block.Untimed.First);
        writer.Write7BitEncodedInt(block.Untimed.Last);
        writer.Write(block.Untimed.IsTimed);
        writer.Write((byte)block.Hours.Length);
        foreach (var hours in block.Hours)
        {
            writer.Write7BitEncodedInt64(hours.First);
            writer.Write7BitEncodedInt64(hours.Last);
        }
        writer.Write((byte)block.Form);
    }

    private byte[] HeadDigest(int blocks) => DigestOf(0, SampleOf(blocks));

    private byte[] LastDigest(int blocks) => DigestOf(((long)blocks * options.BlockBytes) - SampleOf(blocks), SampleOf(blocks));

    private int SampleOf(int blocks) => (int)Math.Min(SampleBytes, (long)blocks * options.BlockBytes);

    private byte[] DigestOf(long from, int count)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(count);
        var have = 0;
        while (have < count && RandomAccess.Read(file, bytes.AsSpan(have..count), from + have) is var read and > 0)
            have += read;
        var digest = SHA256.HashData(bytes.AsSpan(0, have));
        ArrayPool<byte>.Shared.Return(bytes);
        return digest;
    }
}
