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
            using var reader = new BinaryReader(new MemoryStream(bytes));
            return Read(reader);
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

    private DayIndex? Read(BinaryReader reader)
    {
        if (reader.ReadInt64() != Version || reader.ReadInt32() != options.BlockBytes || reader.ReadInt32() != options.LongestLine)
            return null;
        var (then, changed) = (reader.ReadInt64(), reader.ReadInt64());
        var count = reader.ReadInt32();
        if (length < then || (length == then && changed != _changed)
            || !reader.ReadBytes(DigestBytes).AsSpan().SequenceEqual(HeadDigest(count))
            || !reader.ReadBytes(DigestBytes).AsSpan().SequenceEqual(LastDigest(count)))
            return null;
        var blocks = new BlockFacts[count];
        for (var i = 0; i < count; i++)
            blocks[i] = ReadBlock(reader);
        var faults = new LogFault[reader.ReadInt32()];
        for (var i = 0; i < faults.Length; i++)
            faults[i] = new LogFault(new LinePlace(reader.ReadInt64()), (LogFaultKind)reader.ReadByte());
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

    private static BlockFacts ReadBlock(BinaryReader reader) => new()
    {
        Lines = reader.Read7BitEncodedInt(),
        Blank = reader.Read7BitEncodedInt(),
        Malformed = reader.Read7BitEncodedInt(),
        Undated = reader.Read7BitEncodedInt(),
        TooLong = reader.Read7BitEncodedInt(),
        Untimed = new UntimedLines(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.ReadBoolean()),
        Hours = ReadHours(reader),
        Form = (LineForm)reader.ReadByte(),
        IsClosed = true,
    };

    private static HourRange[] ReadHours(BinaryReader reader)
    {
        var hours = new HourRange[reader.ReadByte()];
        for (var i = 0; i < hours.Length; i++)
            hours[i] = new HourRange(reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        return hours;
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
        writer.Write((byte)block.Hours.Count);
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
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var read = RandomAccess.Read(file, bytes.AsSpan(have), from + have);
            if (read == 0)
                break;
            have += read;
        }
        return SHA256.HashData(bytes);
    }
}
