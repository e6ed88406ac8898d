using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Probes;

/// <summary>
/// A process started with posix_spawn, for what System.Diagnostics.Process doesn't give: a session of its own (so no terminal, and all that
/// doesn't leave the session is known by it), its id kept until its survivors are counted, a signal told from an exit code, its input from
/// memory. A start takes about as long either way; a gigabyte of output takes a third less processor time here.
/// </summary>
/// <remarks>
/// The runtime's own SIGCHLD handling looks after the children of System.Diagnostics.Process only, except where SIGCHLD was ignored when we
/// were started: then it takes every child's exit status, and ours is unknown (<see cref="ProcessExit.Code"/> is null), never a pass.
/// </remarks>
internal sealed class LinuxChild : ChildProcess
{
    private static readonly Lazy<bool> Supported = new(Probe);

    // A pipe holds 64 KiB: more can't be read at once.
    private const int PartSize = 64 * 1024;

    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Receiver _receive;
    private readonly string _mark;
    private readonly int _id;
    private readonly int _end;
    private readonly int _output;
    private readonly int _error;
    private readonly int _stop;
    private Exception? _fault;
    private ProcessExit? _exit;
    private bool _disposed;

    public LinuxChild(ProcessStart start, string word, Receiver receive)
    {
        _receive = receive;
        _mark = ProcessMarks.Step + "=" + word;
        int[] output = [-1, -1], error = [-1, -1];
        var input = -1;
        try
        {
            Check(Libc.pipe2(output, Libc.CloseOnExec));
            Check(Libc.pipe2(error, Libc.CloseOnExec));
            input = start.Input is null ? -1 : InMemory(start.Input);
            _stop = Check(Libc.eventfd(0, Libc.CloseOnExec));
            _id = Spawn(start, input, output[1], error[1]);
            (_output, _error) = (output[0], error[0]);
        }
        catch
        {
            Close(output[0], error[0], _stop);
            throw;
        }
        finally
        {
            Close(input, output[1], error[1]);
        }
        _end = Libc.OpenProcess(_id);
        PumpThreads.Run(Pump);
    }

    /// <summary>False on anything but Linux, and where its kernel (before 5.3) or its C library (glibc before 2.29) is too old.</summary>
    public static bool IsSupported => Supported.Value;

    public override Task Exited => _exited.Task;

    public override Task Drained => _drained.Task;

    public override int CountSurvivors(bool thorough) => LinuxProcesses.Find(_mark, _id, thorough ? 0 : _id).Count;

    public override int SignalAll(bool force)
    {
        var all = LinuxProcesses.Find(_mark, _id);
        if (!Exited.IsCompleted)
            all.Add(_id);
        foreach (var process in all)
        {
            _ = Libc.kill(process, force ? Libc.SigKill : Libc.SigTerm);
            // A stopped process takes no other signal until it goes on.
            _ = Libc.kill(process, Libc.SigContinue);
        }
        return all.Count;
    }

    public override void StopReading() => _ = Libc.write(_stop, BitConverter.GetBytes(1L), sizeof(long));

    // Not before the survivors have been counted: until then the id, which is also the session's, can't become another process's.
    public override ProcessExit Reap()
    {
        if (_exit is { } known)
            return known;
        int reaped, status;
        do
            reaped = Libc.waitpid(_id, out status, 0);
        while (reaped < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted);
        var signal = status & 0x7f;
        var exit = reaped != _id ? default : signal == 0 ? new ProcessExit(status >> 8 & 0xff, null) : new ProcessExit(128 + signal, signal);
        _exit = exit;
        return exit;
    }

    public override void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        StopReading();
        if (Exited.IsCompleted)
            _ = Reap();
        // Its thread may still be looking at the descriptor.
        _drained.Task.ContinueWith(_ => Close(_stop), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Pump()
    {
        var part = GC.AllocateUninitializedArray<byte>(PartSize);
        Libc.Waiting[] waiting = [new(_output), new(_error), new(_end), new(_stop)];
        while (waiting[0].Descriptor >= 0 || waiting[1].Descriptor >= 0 || waiting[2].Descriptor >= 0)
        {
            if (Libc.poll(waiting, (nuint)waiting.Length, -1) < 0)
                continue; // interrupted by a signal
            if (waiting[3].Happened != 0)
                break;
            for (var output = 0; output < 2; output++)
            {
                if (waiting[output].Descriptor < 0 || waiting[output].Happened == 0)
                    continue;
                var count = Libc.read(waiting[output].Descriptor, part, part.Length);
                if (count > 0)
                {
                    Receive(part.AsSpan(0, (int)count), isError: output == 1);
                }
                else if (count == 0 || Marshal.GetLastPInvokeError() != Libc.Interrupted)
                {
                    waiting[output].Descriptor = -1;
                }
            }
            if (waiting[2].Happened != 0)
            {
                waiting[2].Descriptor = -1;
                _exited.TrySetResult();
            }
        }
        Close(_output, _error, _end);
        if (_fault is null)
            _drained.TrySetResult();
        else
            _drained.TrySetException(_fault);
    }

    private void Receive(ReadOnlySpan<byte> part, bool isError)
    {
        Count(part.Length);
        try
        {
            if (_fault is null)
                _receive(part, isError);
        }
        catch (Exception e)
        {
            // The process must not hang on a full pipe because of it; whoever waits for the output is told at the end.
            _fault = e;
        }
    }

    /// <summary>Starts a process in a session of its own and returns its id.</summary>
    /// <param name="start">What to start; its input is what the descriptor says.</param>
    /// <param name="input">Descriptor of its standard input; negative for an empty one.</param>
    /// <param name="output">Descriptor of its standard output; negative for nowhere.</param>
    /// <param name="error">Descriptor of its standard error; negative for nowhere.</param>
    internal static int Spawn(ProcessStart start, int input, int output, int error)
    {
        byte[] actions = Libc.Structure(), attributes = Libc.Structure(), signals = Libc.Structure();
        _ = Libc.posix_spawn_file_actions_init(actions);
        _ = Libc.posix_spawnattr_init(attributes);
        try
        {
            _ = Libc.posix_spawn_file_actions_addchdir_np(actions, Text(start.Folder));
            Give(actions, 0, input);
            Give(actions, 1, output);
            Give(actions, 2, error);
            // What the runtime ignores or blocks (SIGPIPE) must not be ignored by `yes | head -1` in a script.
            _ = Libc.posix_spawnattr_setflags(attributes, Libc.SpawnSetSignalDefaults | Libc.SpawnSetSignalMask | Libc.SpawnNewSession);
            _ = Libc.sigfillset(signals);
            _ = Libc.posix_spawnattr_setsigdefault(attributes, signals);
            _ = Libc.sigemptyset(signals);
            _ = Libc.posix_spawnattr_setsigmask(attributes, signals);
            using var arguments = new NativeTexts([start.Name, .. start.Arguments]);
            using var environment = new NativeTexts([.. start.Environment.Select(v => v.Key + "=" + v.Value)]);
            var problem = Libc.posix_spawn(out var id, Text(start.Path), actions, attributes, arguments.Pointers, environment.Pointers);
            return problem == 0 ? id : throw new StartFailedException(Reason(problem));
        }
        finally
        {
            _ = Libc.posix_spawn_file_actions_destroy(actions);
            _ = Libc.posix_spawnattr_destroy(attributes);
        }
    }

    private static void Give(byte[] actions, int place, int descriptor)
    {
        const int ReadAndWrite = 2; // O_RDWR
        _ = descriptor >= 0
            ? Libc.posix_spawn_file_actions_adddup2(actions, descriptor, place)
            : Libc.posix_spawn_file_actions_addopen(actions, place, "/dev/null\0"u8.ToArray(), ReadAndWrite, 0);
    }

    private static string Reason(int problem) => problem switch
    {
        Libc.NotFound => "the interpreter that its first line names, or the loader it needs, isn't there",
        Libc.NotExecutable => "it isn't a program of this system, and has no first line that names an interpreter (#!)",
        Libc.NotPermitted => "it may not be executed",
        Libc.ArgumentsTooLong => "its arguments and environment are longer than this system takes; give long text on standard input",
        _ => Marshal.GetPInvokeErrorMessage(problem),
    };

    // A file that only exists in memory: a child that doesn't read it, or not to its end, blocks nobody, and a secret in it reaches no disk.
    private static int InMemory(string input)
    {
        const uint CloseOnExec = 1; // MFD_CLOEXEC
        var descriptor = Check(Libc.memfd_create("input\0"u8.ToArray(), CloseOnExec));
        using var file = new SafeFileHandle(descriptor, ownsHandle: false);
        RandomAccess.Write(file, Encoding.UTF8.GetBytes(input), 0);
        return descriptor;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + "\0");

    private static int Check(int result) =>
        result >= 0 ? result : throw new StartFailedException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));

    private static void Close(params ReadOnlySpan<int> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            if (descriptor > 0)
                _ = Libc.close(descriptor);
        }
    }

    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc", typeof(Libc).Assembly, null, out var library)
            || !NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addchdir_np", out _))
        {
            return false;
        }
        var self = Libc.OpenProcess(Environment.ProcessId);
        Close(self);
        return self >= 0;
    }
}
