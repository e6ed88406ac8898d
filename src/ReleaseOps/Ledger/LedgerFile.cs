using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Ledger;

/// <summary>Reads and verifies a ledger's file.</summary>
internal static class LedgerFile
{
    /// <summary>The ledger, given it or its folder.</summary>
    public static string Locate(string path)
    {
        path = Path.GetFullPath(path);
        return Directory.Exists(path) ? Path.Combine(path, FileLedger.FileName) : path;
    }

    /// <summary>Streams the events up to a number of bytes.</summary>
    public static IEnumerable<LedgerEvent> Read(string path, long end)
    {
        using var file = Open(path);
        var chain = new LedgerChain(file, end);
        while (MoveNext(chain, path))
            yield return chain.Current;
        if (chain.Problem is { } problem)
            throw LedgerErrors.Tampered(path, chain.Events + 1, problem);
    }

    public static LedgerCheck Verify(string path)
    {
        using var file = Open(path);
        var chain = new LedgerChain(file);
        while (MoveNext(chain, path))
        {
        }
        return new(chain.Events, chain.LastHash, chain.TornBytes, chain.Problem, chain.Problem is null ? null : chain.Events + 1);
    }

    /// <summary>Walks to the end for a new owner; gives the highest fence on the way.</summary>
    /// <param name="path">For the messages.</param>
    /// <param name="chain">The ledger.</param>
    /// <param name="known">Up to where it is known to reach; null where nothing is known.</param>
    /// <exception cref="ReleaseOpsException">LedgerTampered.</exception>
    public static long Walk(string path, LedgerChain chain, LedgerHead? known)
    {
        var fence = 0L;
        var left = known ?? new LedgerHead(0, LedgerLine.NoHash);
        while (chain.MoveNext())
        {
            if (chain.Type == "ledger.opened")
                fence = Math.Max(fence, Fence(chain.Current));
            if (chain.Events == left.Events && chain.LastHash != left.Hash)
                throw LedgerErrors.Tampered(path, chain.Events,
                    $"its SHA-256 is {chain.LastHash}, expected was {left.Hash}, as its last owner left it");
        }
        if (chain.Problem is { } problem)
            throw LedgerErrors.Tampered(path, chain.Events + 1, problem);
        if (chain.Events < left.Events)
            throw LedgerErrors.Tampered(path, chain.Events + 1,
                $"it isn't there, expected were {left.Events} lines, as its last owner left it");
        return fence;
    }

    private static long Fence(LedgerEvent opened) =>
        opened.Data.TryGetProperty("fence", out var fence) && fence.ValueKind == JsonValueKind.Number && fence.TryGetInt64(out var number)
            ? number
            : 0;

    private static bool MoveNext(LedgerChain chain, string path)
    {
        try
        {
            return chain.MoveNext();
        }
        catch (Exception e) when (LedgerErrors.IsFileError(e))
        {
            throw LedgerErrors.Unreadable(path, e);
        }
    }

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (LedgerErrors.IsFileError(e))
        {
            throw LedgerErrors.Unreadable(path, e);
        }
    }
}
