using System.IO.Compression;
using System.Text.Json;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews;

/// <summary>Counts a day of event logs, one line after another.</summary>
internal static class LogReview
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 512 };

    /// <summary>Counts a day.</summary>
    /// <exception cref="ReleaseOpsException">FileUnreadable.</exception>
    internal static async Task<DayCounts> CountAsync(
        IReadOnlyList<LogSource> sources, Review review, DateOnly day, LogReadOptions options, IProgress<LogProgress>? progress, CancellationToken cancellation)
    {
        var tally = new DayTally(review, day);
        foreach (var source in sources)
        {
            try
            {
                await ReadAsync(source, options, tally, progress, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new ReleaseOpsException(ErrorId.FileUnreadable, $"The event log '{source.Name}' can't be read: {e.Message}",
                    "Check the path and its permissions.", source.Name, e);
            }
        }
        return tally.Counts();
    }

    private static async Task ReadAsync(
        LogSource source, LogReadOptions options, DayTally tally, IProgress<LogProgress>? progress, CancellationToken cancellation)
    {
        var file = source.Stream ?? new FileStream(source.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var _ = (source.Stream is null ? file : Stream.Null).ConfigureAwait(false);
        var text = source.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
        var (buffer, count, line, total, skipped, first) = (new byte[1 << 16], 0, 1L, source.Stream is null ? file.Length : (long?)null, false, true);
        var (read, afterReturn) = (0L, false);
        while (true)
        {
            var got = await text.ReadAsync(buffer.AsMemory(count), cancellation).ConfigureAwait(false);
            if (got == 0)
                break;
            read += got;
            progress?.Report(new LogProgress(source.Stream is null ? file.Position : read, total, TimeSpan.Zero));
            var (start, end) = (0, count + got);
            for (var at = count; at < end; at++)
            {
                if (buffer[at] is not ((byte)'\n' or (byte)'\r'))
                {
                    afterReturn = false;
                    continue;
                }
                var isRest = afterReturn && buffer[at] == '\n' && at == start;
                afterReturn = buffer[at] == '\r';
                if (!isRest)
                    Take(buffer.AsSpan(start, at - start), ended: true);
                start = at + 1;
            }
            count = end - start;
            if (count > options.LongestLine)
                (count, skipped) = (0, true);
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            if (count == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
        if (count > 0 || skipped)
            Take(buffer.AsSpan(0, count), ended: false);

        void Take(ReadOnlySpan<byte> bytes, bool ended)
        {
            if (first && bytes.StartsWith("\uFEFF"u8))
                bytes = bytes[3..];
            first = false;
            if (skipped)
                tally.TooLong(source.Name, line);
            else if (bytes.IndexOfAnyExcept(" \t\v\f"u8) < 0)
                tally.Blank();
            else
                Object(bytes.ToArray(), ended);
            (skipped, line) = (false, line + 1);
        }

        void Object(byte[] bytes, bool ended)
        {
            try
            {
                using var document = JsonDocument.Parse(bytes, Strict);
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                    tally.Take(document.RootElement, source.Name, line);
                else
                    tally.Malformed(source.Name, line, "it is no JSON object", truncated: false);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                tally.Malformed(source.Name, line, "it is no JSON object", truncated: !ended);
            }
        }
    }
}
