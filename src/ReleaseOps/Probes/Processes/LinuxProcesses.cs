using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ReleaseOps.Probes;

/// <summary>Finds processes by a mark in their environment or by their session, through /proc.</summary>
internal static class LinuxProcesses
{
    // More ids than this, and listing /proc costs less than asking for each.
    private const int FewProcesses = 64;

    // In the middle of execve a process shows an empty environment: for as long as its program is read from the disk, and as it isn't given a
    // processor (50 ms weren't enough on a busy machine). One that calls execve between two reads shows the beginning of the old one only. Such
    // a process is looked at again, for this many milliseconds at most.
    private const int LongestExec = 2000;

    /// <summary>
    /// Living processes that carry a mark or belong to a session; without ourselves and without the leader of the session.
    /// A process that has overwritten its own environment (as some servers do to change their title) and has left the session isn't found.
    /// </summary>
    /// <param name="mark">"NAME=value", the whole entry.</param>
    /// <param name="session">The session, which is the id of the process that leads it; 0 for none.</param>
    /// <param name="after">Only those started after the process of this id, where that can be told cheaply; 0 for all.</param>
    public static List<int> Find(string mark, int session = 0, int after = 0)
    {
        var entry = Encoding.UTF8.GetBytes(mark + "\0");
        var found = new List<int>();
        foreach (var id in Candidates(after))
        {
            if (id != session && id != Environment.ProcessId && IsMarked(id, entry, session))
                found.Add(id);
        }
        return found;
    }

    // Ids are given out in rising order until they wrap, and /proc/loadavg ends with the newest one (of this pid namespace; threads have
    // ids too). Where that is still our child's, the child has started nothing: 10 µs, where a look at every process takes 1 ms and more.
    private static IEnumerable<int> Candidates(int after)
    {
        var newest = after > 0 ? Newest() : 0;
        return newest >= after && newest - after <= FewProcesses && after > 0
            ? Enumerable.Range(after + 1, newest - after)
            : Directory.EnumerateDirectories("/proc").Select(path => Number(Path.GetFileName(path.AsSpan()))).Where(id => id > 0);
    }

    private static int Newest()
    {
        var text = Encoding.ASCII.GetString(Read("/proc/loadavg") ?? []);
        return Number(text.AsSpan(text.LastIndexOf(' ') + 1).TrimEnd('\n'));
    }

    private static bool IsMarked(int id, byte[] entry, int session)
    {
        var mayAsk = Libc.kill(id, 0) == 0;
        if (!mayAsk && (Marshal.GetLastPInvokeError() == Libc.NoSuchProcess || session == 0))
            return false;
        for (var look = 0; look < LongestExec; look++)
        {
            var environment = mayAsk ? Read($"/proc/{id}/environ") : null;
            if (Status(id) is not { } status)
                return false;
            if (session != 0 && status.Session == session)
                return true;
            if (environment is not null && HasEntry(environment, entry))
                return true;
            // One that is about to end has no environment any more, but may still hold a file or a port: its end is waited for.
            var isWhole = environment is null || environment.Length == status.EnvironmentSize && (environment.Length > 0 || status.IsAsleep);
            if (isWhole && !status.IsEnding)
                return false;
            Thread.Sleep(1);
        }
        return false;
    }

    private static bool HasEntry(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> entry)
    {
        for (var rest = environment; ;)
        {
            var at = rest.IndexOf(entry);
            if (at < 0)
                return false;
            if (at == 0 && rest.Length == environment.Length || at > 0 && rest[at - 1] == 0)
                return true;
            rest = rest[(at + 1)..];
        }
    }

    // "4711 (any name) S parent group session terminal foreground flags ..."; the 50th and 51st number say from where to where the environment
    // lies. While a program is being started they are 0, then equal, and the process is running (R) or waits for a disk (D), never asleep (S).
    // Null for a process that has ended and for a kernel thread.
    private static (int Session, long EnvironmentSize, bool IsAsleep, bool IsEnding)? Status(int id)
    {
        const uint Ending = 0x0000_0004;       // PF_EXITING
        const uint KernelThread = 0x0020_0000; // PF_KTHREAD
        var stat = Encoding.ASCII.GetString(Read($"/proc/{id}/stat") ?? []);
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length < 49 || fields[0] is "Z" or "X")
            return null;
        var flags = (uint)Natural(fields[6]);
        if ((flags & KernelThread) != 0)
            return null;
        return (Number(fields[3]), (long)(Natural(fields[48]) - Natural(fields[47])), fields[0] == "S", (flags & Ending) != 0);
    }

    // Null where the process is gone meanwhile or belongs to somebody else.
    private static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ulong Natural(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int Number(ReadOnlySpan<char> text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
