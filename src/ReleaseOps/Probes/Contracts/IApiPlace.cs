namespace ReleaseOps.Probes.Contracts;

/// <summary>Where the files of one API description come from: a folder, a revision of a repository, a server.</summary>
internal interface IApiPlace
{
    /// <summary>Where a reference leads.</summary>
    /// <param name="from">The file in which it stands.</param>
    /// <param name="elsewhere">The reference, as it is written, without what comes after <c>#</c>.</param>
    /// <exception cref="CouldNotTellException">PathOutside: out of this place.</exception>
    string Locate(string from, string elsewhere);

    /// <summary>Reads a file.</summary>
    /// <param name="location">What <see cref="Locate"/> said, or the place's own beginning.</param>
    /// <param name="most">The most bytes that are read.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CouldNotTellException">It can't be read.</exception>
    Task<FetchedFile> ReadAsync(string location, int most, CancellationToken cancellation);
}

/// <summary>A file as it came.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Location">Where it really came from: what its references are relative to.</param>
internal sealed record FetchedFile(ReadOnlyMemory<byte> Bytes, string Name, string Location);
