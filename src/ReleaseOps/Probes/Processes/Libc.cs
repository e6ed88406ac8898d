using System.Runtime.InteropServices;

namespace ReleaseOps.Probes;

/// <summary>The functions and numbers of the C library that <see cref="LinuxChild"/> needs. The numbers are Linux's, the same for glibc and musl.</summary>
internal static class Libc
{
    public const int SigKill = 9;
    public const int SigTerm = 15;
    public const int SigContinue = 18;

    public const int NotFound = 2;            // ENOENT
    public const int NotExecutable = 8;       // ENOEXEC
    public const int NoSuchProcess = 3;       // ESRCH
    public const int Interrupted = 4;         // EINTR
    public const int ArgumentsTooLong = 7;    // E2BIG
    public const int NotPermitted = 13;       // EACCES

    public const int CloseOnExec = 0x80000;   // O_CLOEXEC, EFD_CLOEXEC
    public const short Readable = 1;          // POLLIN

    public const short SpawnSetSignalDefaults = 0x04;
    public const short SpawnSetSignalMask = 0x08;
    public const short SpawnNewSession = 0x80;

    private const string Library = "libc";
    private const nint PidfdOpen = 434;       // the number of pidfd_open is the same on every architecture

    [StructLayout(LayoutKind.Sequential)]
    public struct Waiting(int descriptor)
    {
        public int Descriptor = descriptor;
        public short Events = Readable;
        public short Happened;
    }

    // Room for the C library's own structures, which are smaller: posix_spawnattr_t is 336 bytes, the actions 80, sigset_t 128.
    public static byte[] Structure() => new byte[512];

    [DllImport(Library, SetLastError = true)]
    public static extern int pipe2([Out] int[] ends, int flags);

    [DllImport(Library, SetLastError = true)]
    public static extern int eventfd(uint start, int flags);

    [DllImport(Library, SetLastError = true)]
    public static extern int memfd_create(byte[] name, uint flags);

    [DllImport(Library, SetLastError = true)]
    public static extern nint write(int descriptor, byte[] bytes, nint count);

    [DllImport(Library, SetLastError = true)]
    public static extern nint read(int descriptor, byte[] bytes, nint count);

    [DllImport(Library, SetLastError = true)]
    public static extern long lseek(int descriptor, long offset, int from);

    [DllImport(Library, SetLastError = true)]
    public static extern int close(int descriptor);

    [DllImport(Library, SetLastError = true)]
    public static extern int poll([In, Out] Waiting[] waiting, nuint count, int milliseconds);

    [DllImport(Library, SetLastError = true)]
    public static extern int kill(int process, int signal);

    [DllImport(Library, SetLastError = true)]
    public static extern int waitpid(int process, out int status, int options);

    [DllImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static extern nint SystemCall(nint number, nint first, nint second);

    [DllImport(Library)]
    public static extern int posix_spawn(out int process, byte[] path, byte[] actions, byte[] attributes, nint[] arguments, nint[] environment);

    [DllImport(Library)]
    public static extern int posix_spawn_file_actions_init(byte[] actions);

    [DllImport(Library)]
    public static extern int posix_spawn_file_actions_destroy(byte[] actions);

    [DllImport(Library)]
    public static extern int posix_spawn_file_actions_adddup2(byte[] actions, int descriptor, int newDescriptor);

    [DllImport(Library)]
    public static extern int posix_spawn_file_actions_addopen(byte[] actions, int descriptor, byte[] path, int flags, uint mode);

    [DllImport(Library)]
    public static extern int posix_spawn_file_actions_addchdir_np(byte[] actions, byte[] path);

    [DllImport(Library)]
    public static extern int posix_spawnattr_init(byte[] attributes);

    [DllImport(Library)]
    public static extern int posix_spawnattr_destroy(byte[] attributes);

    [DllImport(Library)]
    public static extern int posix_spawnattr_setflags(byte[] attributes, short flags);

    [DllImport(Library)]
    public static extern int posix_spawnattr_setsigdefault(byte[] attributes, byte[] signals);

    [DllImport(Library)]
    public static extern int posix_spawnattr_setsigmask(byte[] attributes, byte[] signals);

    [DllImport(Library)]
    public static extern int sigfillset(byte[] signals);

    [DllImport(Library)]
    public static extern int sigemptyset(byte[] signals);

    /// <summary>A descriptor that becomes readable when the process ends; negative where the kernel is older than 5.3.</summary>
    public static int OpenProcess(int process) => (int)SystemCall(PidfdOpen, process, 0);
}
