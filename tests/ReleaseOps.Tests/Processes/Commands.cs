using System.Diagnostics;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Processes;

/// <summary>Looks at real processes, in a folder of the test's own.</summary>
public sealed class Commands : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("releaseops-").FullName;

    public string Logs => Path.Combine(Folder, "logs");

    internal LookContext Context(TimeSpan? timeout = null, SecretMask? mask = null) =>
        new("test-run", "a:step", timeout ?? TimeSpan.FromMinutes(2), mask ?? SecretMask.None, TimeProvider.System) { LogFolder = Logs };

    internal CommandLook Look(string program, params string[] arguments) => new(program, arguments) { Folder = Folder };

    internal CommandLook Sh(string script) => Look("sh", "-c", script);

    internal Task<Observation> SeeAsync(CommandLook look, TimeSpan? timeout = null, SecretMask? mask = null, bool portable = false,
        TimeProvider? clock = null, CancellationToken cancellation = default) =>
        CommandProbe.LookAsync(look, Context(timeout, mask) with { Clock = clock ?? TimeProvider.System },
            portable ? (start, word, receive) => new PortableChild(start, word, receive) : ChildProcess.Start, cancellation);

    /// <summary>Waits until a file holds a whole line, and returns its lines.</summary>
    public async Task<string[]> LinesOfAsync(string name)
    {
        var path = Path.Combine(Folder, name);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(5))
        {
            if (File.Exists(path) && File.ReadAllText(path).EndsWith('\n'))
                return File.ReadAllLines(path);
        }
        throw new TimeoutException($"{name} didn't come.");
    }

    /// <summary>True while a process lives; one that nobody has buried yet doesn't.</summary>
    public static bool IsAlive(string id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static async Task<bool> EndsAsync(string id)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(10))
        {
            if (!IsAlive(id))
                return true;
        }
        return false;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>A clock whose timers go off when the test says so.</summary>
public sealed class HeldClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Action> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
            _timers.Add(() => callback(state));
        return new Timer();
    }

    public void GoOff()
    {
        lock (_lock)
            _timers.ForEach(timer => timer());
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>A fact about processes as Linux has them.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Needs Linux: /proc, sessions and signals.";
}

/// <summary>A theory about processes as Linux has them.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Needs Linux: /proc, sessions and signals.";
}
