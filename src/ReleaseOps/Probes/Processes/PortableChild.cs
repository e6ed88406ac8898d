using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace ReleaseOps.Probes;

/// <summary>
/// A process started with System.Diagnostics.Process: for Windows, macOS and Linux systems too old for <see cref="LinuxChild"/>. What it
/// left behind is found on Windows by its job object, on Linux by its mark, and on macOS not at all (a tree is ended from its root there).
/// </summary>
internal sealed class PortableChild : ChildProcess
{
    private readonly Process _process = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _mark;
    private readonly int _id;
    private readonly WindowsJob? _job;

    public PortableChild(ProcessStart start, string word, Receiver receive)
    {
        _mark = ProcessMarks.Step + "=" + word;
        _process.StartInfo = new ProcessStartInfo(start.Path, start.Arguments)
        {
            WorkingDirectory = start.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        _process.StartInfo.Environment.Clear();
        foreach (var (name, value) in start.Environment)
            _process.StartInfo.Environment[name] = value;
        try
        {
            _process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            Dispose();
            throw new StartFailedException(e.Message);
        }
        _id = _process.Id;
        if (OperatingSystem.IsWindows())
            _job = WindowsJob.Holding(_process.SafeHandle);
        _ = WriteAsync(start.Input);
        Exited = _process.WaitForExitAsync(CancellationToken.None);
        Drained = Task.WhenAll(
            ReadAsync(_process.StandardOutput.BaseStream, receive, isError: false),
            ReadAsync(_process.StandardError.BaseStream, receive, isError: true));
    }

    public override Task Exited { get; }

    public override Task Drained { get; }

    public override int CountSurvivors(bool thorough) =>
        _job is not null ? _job.Count()
        : OperatingSystem.IsLinux() ? LinuxProcesses.Find(_mark, after: thorough ? 0 : _id).Count(id => id != _id)
        : 0;

    public override int SignalAll(bool force)
    {
        // Windows has no signal that asks: its processes are ended at once.
        if (_job is not null)
            return _job.End();
        List<int> all = OperatingSystem.IsLinux() ? [.. LinuxProcesses.Find(_mark).Where(id => id != _id)] : [];
        if (!_process.HasExited)
        {
            all.Add(_id);
            if (force)
                KillTree();
        }
        foreach (var process in all)
            _ = Libc.kill(process, force ? Libc.SigKill : Libc.SigTerm);
        return all.Count;
    }

    public override void StopReading() => _stop.Cancel();

    // System.Diagnostics.Process doesn't tell an exit code of 137 from a KILL.
    public override ProcessExit Reap() => new(_process.ExitCode, null);

    public override void Dispose()
    {
        _stop.Cancel();
        _job?.Dispose();
        _process.Dispose();
    }

    private void KillTree()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or AggregateException)
        {
            // It has ended meanwhile, or isn't ours to end; whoever asked counts again.
        }
    }

    private async Task WriteAsync(string? input)
    {
        try
        {
            if (input is not null)
                await _process.StandardInput.WriteAsync(input.AsMemory(), _stop.Token).ConfigureAwait(false);
            _process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // A process needn't read its input.
        }
    }

    private async Task ReadAsync(Stream output, Receiver receive, bool isError)
    {
        await Task.Yield();
        var part = GC.AllocateUninitializedArray<byte>(64 * 1024);
        Exception? fault = null;
        try
        {
            int count;
            while ((count = await output.ReadAsync(part, _stop.Token).ConfigureAwait(false)) > 0)
            {
                Count(count);
                try
                {
                    if (fault is null)
                        receive(part.AsSpan(0, count), isError);
                }
                catch (Exception e)
                {
                    // As in LinuxChild: read on, and tell at the end.
                    fault = e;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody wants to know any more.
        }
        if (fault is not null)
            ExceptionDispatchInfo.Throw(fault);
    }
}
