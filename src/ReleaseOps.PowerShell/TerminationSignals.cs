using System.Runtime.InteropServices;

namespace ReleaseOps.PowerShell;

/// <summary>
/// SIGTERM and SIGHUP end pwsh at once and leave its children behind. While this lives, they cancel the engine's work and wait until it
/// has ended its children and written its ledger; then the process ends as it would have (exit codes 143 and 129).
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    // The engine gives a child a few seconds between TERM and KILL; service managers kill after 30 to 90 s.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(25);

    private readonly PosixSignalRegistration[] _registrations;

    public TerminationSignals(CancellationTokenSource stop, Task work)
    {
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, End), PosixSignalRegistration.Create(PosixSignal.SIGHUP, End)];

        void End(PosixSignalContext signal)
        {
            stop.Cancel();
            ((IAsyncResult)work).AsyncWaitHandle.WaitOne(Grace);
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
