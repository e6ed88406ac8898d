using System.Globalization;
using System.Management.Automation;
using ReleaseOps.Reviews;

namespace ReleaseOps.PowerShell;

/// <summary>How far the reading of a large log is; nothing for logs below 100 MB.</summary>
internal sealed class ReadingDisplay(Cmdlet cmdlet, PipelineQueue queue, int activity, string title) : IProgress<LogProgress>
{
    private bool _shown;

    public void Report(LogProgress value)
    {
        if (value.IsOfLarge)
            queue.Post(() => Show(value));
    }

    /// <summary>Takes it off the screen.</summary>
    public void End()
    {
        if (_shown)
            cmdlet.WriteProgress(new ProgressRecord(activity, title, "done") { RecordType = ProgressRecordType.Completed });
    }

    private void Show(LogProgress progress)
    {
        _shown = true;
        var rate = progress.Rate;
        var of = progress.Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total / 1e6:0}") : "";
        cmdlet.WriteProgress(new ProgressRecord(
            activity, title, string.Create(CultureInfo.InvariantCulture, $"{progress.Bytes / 1e6:0}{of} MB, {rate / 1e6:0} MB/s"))
        {
            PercentComplete = progress.Total is > 0 and var all ? (int)Math.Clamp(100 * progress.Bytes / all, 0, 100) : -1,
            SecondsRemaining = progress.Total is { } end && rate > 0 ? (int)Math.Clamp(Math.Ceiling((end - progress.Bytes) / rate), 0, int.MaxValue)
                : -1,
        });
    }
}
