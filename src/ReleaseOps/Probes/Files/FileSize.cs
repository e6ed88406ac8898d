namespace ReleaseOps.Probes.Files;

/// <summary>How large a file is.</summary>
internal static class FileSize
{
    /// <summary>
    /// The size in bytes of the file that a path leads to; <see cref="FileInfo.Length"/> is that of a link itself. 0 where there is none, and for a
    /// pipe or a device, which doesn't say.
    /// </summary>
    /// <param name="path">The path.</param>
    internal static long Of(string path)
    {
        var named = new FileInfo(path);
        var file = named.LinkTarget is null ? named : named.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        return file is { Exists: true } ? file.Length : 0;
    }
}
