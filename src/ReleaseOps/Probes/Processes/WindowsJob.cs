using System.Runtime.InteropServices;

namespace ReleaseOps.Probes;

/// <summary>
/// A Windows job object that holds a process and all that it starts, and ends them when its last handle is closed: by us, or by the
/// system when we die. It follows the documentation of CreateJobObject and JOBOBJECT_EXTENDED_LIMIT_INFORMATION, and has not been run on
/// Windows yet. What a process starts before it is put into the job (a few microseconds after its own start) isn't held.
/// </summary>
internal sealed class WindowsJob : IDisposable
{
    private const uint KillOnJobClose = 0x2000;
    private const int BasicAccounting = 1;
    private const int ExtendedLimit = 9;

    private readonly nint _job;

    private WindowsJob(nint job) => _job = job;

    /// <summary>A job with a process in it; null where the system refuses.</summary>
    public static WindowsJob? Holding(SafeHandle process)
    {
        var job = CreateJobObjectW(0, 0);
        if (job == 0)
            return null;
        var limits = new ExtendedLimits { Flags = KillOnJobClose };
        if (SetInformationJobObject(job, ExtendedLimit, ref limits, Marshal.SizeOf<ExtendedLimits>())
            && AssignProcessToJobObject(job, process.DangerousGetHandle()))
        {
            return new WindowsJob(job);
        }
        _ = CloseHandle(job);
        return null;
    }

    /// <summary>How many processes it holds.</summary>
    public int Count() =>
        QueryInformationJobObject(_job, BasicAccounting, out var accounting, Marshal.SizeOf<Accounting>(), 0) ? accounting.ActiveProcesses : 0;

    /// <summary>Ends them all; returns how many there were.</summary>
    public int End()
    {
        var count = Count();
        if (count > 0)
            _ = TerminateJobObject(_job, 1);
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _ = CloseHandle(_job);

    [DllImport("kernel32", SetLastError = true)]
    private static extern nint CreateJobObjectW(nint security, nint name);

    [DllImport("kernel32", SetLastError = true)]
    private static extern bool SetInformationJobObject(nint job, int kind, ref ExtendedLimits limits, int size);

    [DllImport("kernel32", SetLastError = true)]
    private static extern bool QueryInformationJobObject(nint job, int kind, out Accounting accounting, int size, nint returned);

    [DllImport("kernel32", SetLastError = true)]
    private static extern bool AssignProcessToJobObject(nint job, nint process);

    [DllImport("kernel32", SetLastError = true)]
    private static extern bool TerminateJobObject(nint job, uint exitCode);

    [DllImport("kernel32", SetLastError = true)]
    private static extern bool CloseHandle(nint handle);

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION: the basic limits, six counters, four sizes.
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public long ProcessTime;
        public long JobTime;
        public uint Flags;
        public nuint MinimumWorkingSet;
        public nuint MaximumWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint Priority;
        public uint Scheduling;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WriteBytes;
        public ulong OtherBytes;
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }

    // JOBOBJECT_BASIC_ACCOUNTING_INFORMATION.
    [StructLayout(LayoutKind.Sequential)]
    private struct Accounting
    {
        public long UserTime;
        public long KernelTime;
        public long PeriodUserTime;
        public long PeriodKernelTime;
        public int PageFaults;
        public int Processes;
        public int ActiveProcesses;
        public int TerminatedProcesses;
    }
}
