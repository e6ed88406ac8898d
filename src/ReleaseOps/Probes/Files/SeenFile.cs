namespace ReleaseOps.Probes.Files;

/// <summary>A file that is there: its facts, and the way to its bytes.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="Modified">When it was last written, UTC.</param>
internal sealed record SeenFile(string Path, long Length, DateTimeOffset Modified)
{
    // Clocks of file servers differ a little; anything more is a wrong date.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Its name without the folders, as it may be shown.</summary>
    internal required string Name { get; init; }

    /// <summary>Looks at a file; null where there is none.</summary>
    /// <exception cref="CouldNotTellException">FileUnreadable: a folder, or no permission to look.</exception>
    internal static SeenFile? Find(string path, SecretMask mask)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null)
                file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            if (Directory.Exists(file.FullName))
                throw new CouldNotTellException(ErrorId.FileUnreadable, $"{Shown(path, mask)} is a folder, not a file");
            // File.Exists says no where a folder on the way may not be entered; asking for the attributes tells the two apart.
            _ = File.GetAttributes(file.FullName);
            return new SeenFile(path, file.Length, new DateTimeOffset(file.LastWriteTimeUtc))
            {
                Name = OutsideText.OneLine(System.IO.Path.GetFileName(path), mask),
            };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e, mask);
        }
    }

    /// <summary>Opens it for reading in order.</summary>
    /// <remarks>
    /// A file without bytes isn't opened: a pipe or a device says that it has none, and opening or reading one might never end.
    /// </remarks>
    internal Stream Open() => Length == 0
        ? Stream.Null
        : new FileStream(Path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        });

    /// <summary>Refuses a file that is too old for its <c>max-age</c>, or dated in the future so that its age can't be told.</summary>
    /// <exception cref="CouldNotTellException">Stale.</exception>
    internal void RefuseIfStale(TimeSpan? maxAge, TimeProvider clock)
    {
        if (maxAge is not { } limit)
            return;
        var age = AgeAt(clock);
        if (age < -ClockSkew)
            throw new CouldNotTellException(ErrorId.Stale,
                $"{Name} was modified {Durations.Format(-age)} in the future, so its age can't be told");
        if (age > limit)
            throw new CouldNotTellException(ErrorId.Stale,
                $"{Name} is {Durations.Format(Seconds(age))} old; at most {Durations.Format(limit)} is allowed");
    }

    /// <summary>How long ago it was last written; negative where that is in the future.</summary>
    internal TimeSpan AgeAt(TimeProvider clock) => clock.GetUtcNow() - Modified;

    internal static CouldNotTellException Unreadable(string path, Exception why, SecretMask mask) =>
        new(ErrorId.FileUnreadable, $"{Shown(path, mask)} can't be read: {OutsideText.OneLine(why.Message, mask)}");

    internal static string Shown(string path, SecretMask mask) => OutsideText.OneLine(path, mask);

    private static TimeSpan Seconds(TimeSpan age) =>
        age > TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)) : age;
}
