namespace ReleaseOps.Probes;

/// <summary>How a process ended.</summary>
/// <param name="Code">Its exit code; 128 + the signal where one ended it, as shells say it; null where it couldn't be learnt.</param>
/// <param name="Signal">The signal that ended it; null for none, or where the system doesn't tell.</param>
internal readonly record struct ProcessExit(int? Code, int? Signal);

/// <summary>A process that we started, its two outputs, and what has come from it. There is one kind for Linux and one for everywhere else.</summary>
internal abstract class ChildProcess : IDisposable
{
    private long _received;

    /// <summary>Takes a part of an output. The two outputs may call from two threads, each from one only.</summary>
    /// <param name="part">The bytes.</param>
    /// <param name="isError">True for standard error.</param>
    public delegate void Receiver(ReadOnlySpan<byte> part, bool isError);

    /// <summary>Starts a process.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="word">The value of <see cref="ProcessMarks.Step"/> in its environment.</param>
    /// <param name="receive">Takes its output as it comes.</param>
    /// <exception cref="StartFailedException">It couldn't be started.</exception>
    public static ChildProcess Start(ProcessStart start, string word, Receiver receive) =>
        LinuxChild.IsSupported ? new LinuxChild(start, word, receive) : new PortableChild(start, word, receive);

    /// <summary>Completes when the process has ended; never fails.</summary>
    public abstract Task Exited { get; }

    /// <summary>Completes when nobody holds its outputs any more, or <see cref="StopReading"/> was called; never fails.</summary>
    public abstract Task Drained { get; }

    /// <summary>Bytes that came so far.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>How many other processes it has left behind, once it has ended. Cheap where nothing else was started meanwhile.</summary>
    /// <param name="thorough">Look at every process of the system.</param>
    public abstract int CountSurvivors(bool thorough);

    /// <summary>Sends a signal to it and to all that it started, wherever they went. Returns how many are there.</summary>
    /// <param name="force">End them (KILL) instead of asking them to end (TERM).</param>
    public abstract int SignalAll(bool force);

    /// <summary>Ends the reading of outputs that somebody still holds.</summary>
    public abstract void StopReading();

    /// <summary>How it ended, after <see cref="Exited"/>. After this its id may belong to another process.</summary>
    public abstract ProcessExit Reap();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Counts what came.</summary>
    protected void Count(int bytes) => Interlocked.Add(ref _received, bytes);
}
