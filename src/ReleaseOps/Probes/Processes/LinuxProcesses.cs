using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ReleaseOps.Probes;

/// <summary>Finds processes by a mark in their environment or by their session, through /proc.</summary>
internal static class LinuxProcesses
{
    // More ids than this, and listing /proc costs less than asking for each.
    private const int FewProcesses = 64;

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
        // In the middle of execve a process shows an empty environment for an instant, and as long as its program is read from the disk.
        // A process that has ended and a kernel thread always do.
        for (var look = 0; look < 50; look++)
        {
            var environment = mayAsk ? Read($"/proc/{id}/environ") : null;
            if (!IsAlive(id, out var itsSession))
                return false;
            if (session != 0 && itsSession == session)
                return true;
            if (environment is not { Length: 0 })
                return environment is not null && HasEntry(environment, entry);
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

    // "4711 (any name) S parent group session terminal foreground flags ..."
    private static bool IsAlive(int id, out int session)
    {
        session = 0;
        var stat = Encoding.ASCII.GetString(Read($"/proc/{id}/stat") ?? []);
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', 9, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 8)
            return false;
        session = Number(fields[3]);
        const uint KernelThread = 0x0020_0000;
        var isKernels = uint.TryParse(fields[6], NumberStyles.None, CultureInfo.InvariantCulture, out var flags) && (flags & KernelThread) != 0;
        return fields[0] is not ("Z" or "X") && !isKernels;
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

    private static int Number(ReadOnlySpan<char> text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
