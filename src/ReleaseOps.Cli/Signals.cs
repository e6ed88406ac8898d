using System.Runtime.InteropServices;

namespace ReleaseOps.Cli;

/// <summary>Ctrl+C, SIGTERM and SIGHUP end the work in good order: children are ended, the ledger is closed, then the process exits.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Signals()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, Take));
    }

    public CancellationToken Token => _cancelled.Token;

    /// <summary>The exit code that says which signal it was; null when there was none.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _cancelled.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        ExitCode ??= context.Signal switch
        {
            PosixSignal.SIGTERM => 143,
            PosixSignal.SIGHUP => 129,
            _ => Cli.ExitCode.Interrupted,
        };
        _cancelled.Cancel();
    }
}
