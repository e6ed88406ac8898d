using System.Buffers;
using System.Text.Json;
using ReleaseOps.Ledger;

namespace ReleaseOps.Probes.Metrics;

/// <summary>Writes a measurement, so that whoever reads the file at any moment finds a whole one.</summary>
internal static class KpiWriter
{
    /// <exception cref="ReleaseOpsException">DiskFull, EvidenceUnwritable.</exception>
    internal static void Write(string path, KpiReport report)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        // Beside it, since only within one file system a rename is one step.
        var draft = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():n}.tmp");
        try
        {
            DurableFile.CreateFolder(folder);
            using (var file = File.OpenHandle(draft, FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(file, Bytes(report), 0);
                DurableFile.Flush(file);
            }
            File.Move(draft, path, overwrite: true);
            DurableFile.FlushFolder(folder);
        }
        catch (Exception e) when (LedgerErrors.IsFileError(e))
        {
            Discard(draft);
            throw new ReleaseOpsException(LedgerErrors.IsDiskFull(e.HResult) ? ErrorId.DiskFull : ErrorId.EvidenceUnwritable,
                $"The measurement {path} can't be written: {e.Message}", "Make room, or write it elsewhere.", path, e);
        }
    }

    private static void Discard(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (LedgerErrors.IsFileError(e))
        {
            // The first failure is the one to tell.
        }
    }

    private static ReadOnlySpan<byte> Bytes(KpiReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            foreach (var kpi in report.Kpis)
            {
                if (kpi.Mean is { } mean)
                    json.WriteNumber(kpi.Metric, mean);
            }
            json.WriteStartObject(KpiFile.Origin);
            json.WriteString("from", report.From.UtcDateTime);
            json.WriteString("to", report.To.UtcDateTime);
            json.WriteNumber("looks", report.Looks);
            json.WriteStartArray("metrics");
            foreach (var kpi in report.Kpis)
                Write(json, kpi);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    private static void Write(Utf8JsonWriter json, Kpi kpi)
    {
        json.WriteStartObject();
        json.WriteString("name", kpi.Metric);
        json.WriteString("unit", kpi.Unit);
        json.WriteNumber("samples", kpi.Samples);
        json.WriteNumber("gaps", kpi.Gaps);
        foreach (var (name, value) in new[] { ("min", kpi.Min), ("max", kpi.Max), ("mean", kpi.Mean), ("last", kpi.Last) })
        {
            if (value is { } number)
                json.WriteNumber(name, number);
            else
                json.WriteNull(name);
        }
        json.WriteEndObject();
    }
}
