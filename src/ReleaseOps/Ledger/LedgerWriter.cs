using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Ledger;

/// <summary>
/// Appends lines, in order and durably. Callers that come while a flush is under way wait, and share the next one:
/// <code>
/// A: line 7, write, fsync ......... done
/// B:     line 8, waits              write lines 8 and 9, fsync ... done
/// C:         line 9, waits                                         done
/// </code>
/// The first failure is the last thing that happens: what is on the disk is unknown from then on, so every later append fails with the
/// same error, and nothing is tried again. Opening the ledger again finds out.
/// </summary>
internal sealed class LedgerWriter(SafeFileHandle file, string path, LedgerOwner owner, string actor, TimeProvider clock, LedgerHead head,
    long length) : IDisposable
{
    private readonly object _gate = new();
    private Batch _pending = new();
    private bool _flushing;
    private ReleaseOpsException? _failure;
    private bool _closed;
    private LedgerHead _next = head;
    private LedgerHead _flushed = head;
    private long _length = length;

    private sealed class Batch
    {
        public readonly ArrayBufferWriter<byte> Bytes = new();
        public LedgerHead Head;
        public bool Done;
    }

    /// <summary>Number of the last event.</summary>
    public long Seq
    {
        get
        {
            lock (_gate)
                return _next.Events;
        }
    }

    /// <summary>Bytes of the ledger that are on the disk.</summary>
    public long Length
    {
        get
        {
            lock (_gate)
                return _length;
        }
    }

    public LedgerEvent Append(string type, string run, ReadOnlyMemory<byte> data)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(FileLedger));
            ThrowIfFailed();
            var added = Add(type, run, data.Span);
            var batch = _pending;
            while (!batch.Done)
            {
                ThrowIfFailed();
                if (_flushing)
                    Monitor.Wait(_gate);
                else
                    Flush();
            }
            return added;
        }
    }

    /// <summary>Whether this process still owns the ledger, and the ledger is as it left it.</summary>
    public void CheckOwnership()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(FileLedger));
            // While a flush is under way the file may be longer than what is known to be flushed; that flush does the check itself.
            while (_flushing)
                Monitor.Wait(_gate);
            ThrowIfFailed();
            try
            {
                Check();
            }
            catch (Exception e) when (e is ReleaseOpsException || LedgerErrors.IsFileError(e))
            {
                _failure = Explain(e);
                throw _failure;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            while (_flushing)
                Monitor.Wait(_gate);
            if (_closed)
                return;
            _closed = true;
            // An owner that failed doesn't say that it left things in order: the next one takes a new copy.
            if (_failure is null)
                TryRelease();
            file.Dispose();
            owner.Dispose();
        }
    }

    private LedgerEvent Add(string type, string run, ReadOnlySpan<byte> data)
    {
        var at = clock.GetUtcNow();
        at = new DateTimeOffset(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        var line = Line(_next, at, type, run, actor, data);
        var added = new LedgerEvent(_next.Events + 1, at, type, run, actor, JsonElement.Parse(data), _next.Hash);
        _pending.Bytes.Write(line);
        _next = _pending.Head = new(added.Seq, Convert.ToHexStringLower(SHA256.HashData(line[..^1])));
        return added;
    }

    /// <summary>The bytes of the line after <paramref name="after"/>.</summary>
    /// <exception cref="ReleaseOpsException">LedgerUnwritable: it is too long.</exception>
    public static ReadOnlySpan<byte> Line(LedgerHead after, DateTimeOffset at, string type, string run, string actor,
        ReadOnlySpan<byte> data)
    {
        var line = new ArrayBufferWriter<byte>(data.Length + 512);
        LedgerLine.Write(line, after.Events + 1, at, type, run, actor, data, after.Hash);
        return line.WrittenCount <= LedgerLine.MaxBytes
            ? line.WrittenSpan
            : throw new ReleaseOpsException(ErrorId.LedgerUnwritable,
                $"The event {type} takes {line.WrittenCount} bytes; a line of the ledger holds at most {LedgerLine.MaxBytes}.",
                "Keep what is so long in a file, and record the file's name and SHA-256.", type);
    }

    // Called with the gate held; lets go of it while the disk works.
    private void Flush()
    {
        var batch = _pending;
        _pending = new Batch();
        _flushing = true;
        Monitor.Exit(_gate);
        ReleaseOpsException? failure = null;
        try
        {
            Check();
            RandomAccess.Write(file, batch.Bytes.WrittenSpan, _length);
            DurableFile.Flush(file);
            // An owner frozen between the first check and the write wrote into a file that is no longer the ledger.
            owner.Check();
        }
        catch (Exception e)
        {
            // Whatever it was: the others are waiting, and what is on the disk is unknown.
            failure = Explain(e);
        }
        Monitor.Enter(_gate);
        _flushing = false;
        _failure ??= failure;
        if (failure is null)
        {
            batch.Done = true;
            _length += batch.Bytes.WrittenCount;
            _flushed = batch.Head;
        }
        Monitor.PulseAll(_gate);
    }

    private void Check()
    {
        owner.Check();
        if (!LedgerOwner.IsStill(file, path))
            throw LedgerErrors.Lost(path, $"somebody deleted or replaced {path}");
        var found = RandomAccess.GetLength(file);
        if (found != _length)
            throw LedgerErrors.Lost(path, $"{path} holds {found} bytes, expected were {_length}: somebody else wrote to it");
    }

    private ReleaseOpsException Explain(Exception e) => e as ReleaseOpsException ?? LedgerErrors.Unwritable(path, e);

    private void ThrowIfFailed()
    {
        if (_failure is { } first)
            throw new ReleaseOpsException(first.Id, first.Message, first.Remedy, first.Subject, first);
    }

    private void TryRelease()
    {
        try
        {
            owner.Release(_flushed);
        }
        catch (Exception e) when (LedgerErrors.IsFileError(e))
        {
            // Then the next owner finds that this one didn't let go, and takes a new copy. Nothing is lost by it.
        }
    }
}
