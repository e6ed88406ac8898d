namespace ReleaseOps.Probes.Files;

/// <summary>The frame of the looks that read a file's content: found, fresh, read off the caller's thread, and bounded in time.</summary>
internal static class FileReading
{
    /// <summary>Reads a file.</summary>
    /// <param name="look">The file.</param>
    /// <param name="context">Time-out, mask and clock.</param>
    /// <param name="read">Makes what was seen of it; may throw <see cref="CouldNotTellException"/>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static Task<Observation> LookAsync(
        FileLook look, LookContext context, Func<SeenFile, CancellationToken, Seen> read, CancellationToken cancellation) =>
        Looking.MakeAsync(
            context,
            token => Task.Run(() => Read(look, context, read, token), token),
            () => $"{SeenFile.Shown(look.Path, context.Mask)} wasn't read within {Durations.Format(context.Timeout)}",
            cancellation);

    private static Seen Read(
        FileLook look, LookContext context, Func<SeenFile, CancellationToken, Seen> read, CancellationToken cancellation)
    {
        var file = SeenFile.Find(look.Path, context.Mask)
            ?? throw new CouldNotTellException(ErrorId.FileUnreadable, $"{SeenFile.Shown(look.Path, context.Mask)} isn't there");
        file.RefuseIfStale(look.MaxAge, context.Clock);
        try
        {
            return read(file, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SeenFile.Unreadable(look.Path, e, context.Mask);
        }
    }
}
