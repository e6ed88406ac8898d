using System.Globalization;
using System.Text;

namespace ReleaseOps.Probes;

/// <summary>
/// The log of one look: both outputs as they came, masked already. The file is made with the first byte, and its size is bounded. When it can't
/// be written, that is remembered and told at the end; what the program prints must not be lost silently, and must not hang it either.
/// </summary>
/// <param name="folder">The folder of the logs; null to write none.</param>
/// <param name="step">Id of the step.</param>
/// <param name="maxSize">The most that is written, in bytes; 16 MiB unless told otherwise.</param>
internal sealed class StepLog(string? folder, string step, long maxSize = 16 << 20) : IDisposable
{
    private const int MaxNameLength = 100;
    private const int MaxTries = 10_000;

    private readonly Lock _lock = new();
    private FileStream? _file;
    private long _size;
    private long _leftOut;

    /// <summary>The file's name inside the folder; null where nothing was written.</summary>
    public string? Name { get; private set; }

    /// <summary>DiskFull or EvidenceUnwritable, where it couldn't be written.</summary>
    public ErrorId? Failure { get; private set; }

    /// <summary>The system's words for that.</summary>
    public string? FailureText { get; private set; }

    /// <summary>Adds to it. Never throws for what the disk does.</summary>
    public void Write(ReadOnlySpan<byte> part)
    {
        if (folder is null)
            return;
        lock (_lock)
        {
            if (Failure is not null)
                return;
            try
            {
                _file ??= Create(folder);
                var taken = (int)Math.Min(part.Length, maxSize - _size);
                if (taken > 0)
                    _file.Write(part[..taken]);
                _size += taken;
                _leftOut += part.Length - taken;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fail(e);
            }
        }
    }

    /// <summary>Ends it: says how much was left out.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            try
            {
                if (_leftOut > 0 && Failure is null)
                    _file?.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n... {_leftOut} bytes left out ...\n")));
                _file?.Dispose();
                _leftOut = 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fail(e);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Complete();

    // Each try of a step has its own file: step.log, step.2.log ...
    private FileStream Create(string folder)
    {
        Directory.CreateDirectory(folder);
        var safe = string.Concat(step.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')).TrimStart('.');
        safe = safe.Length == 0 ? "_" : safe[..Math.Min(safe.Length, MaxNameLength)];
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? safe + ".log" : string.Create(CultureInfo.InvariantCulture, $"{safe}.{number}.log");
            var path = Path.Combine(folder, name);
            try
            {
                var file = new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Share = FileShare.Read,
                    BufferSize = 0, // what came before a crash is in the file
                });
                Name = name;
                return file;
            }
            catch (IOException) when (number < MaxTries && File.Exists(path))
            {
                // Taken; the next one.
            }
        }
    }

    /// <summary>Whether the disk is full or something else is wrong with it.</summary>
    internal static ErrorId Why(Exception e)
    {
        // Linux: ENOSPC 28, EDQUOT 122. macOS: 28, 69. Windows: ERROR_HANDLE_DISK_FULL 39 and ERROR_DISK_FULL 112, as HRESULTs.
        const int DiskFull = unchecked((int)0x8007_0070);
        const int HandleDiskFull = unchecked((int)0x8007_0027);
        return e is IOException && e.HResult is 28 or 122 or 69 or DiskFull or HandleDiskFull ? ErrorId.DiskFull : ErrorId.EvidenceUnwritable;
    }

    private void Fail(Exception e) => (Failure, FailureText) = (Why(e), e.Message);
}
