using ReleaseOps.Probes.Files;
using static System.FormattableString;

namespace ReleaseOps.Probes;

/// <summary>
/// The facts of a file: <c>exists</c>, and where it does, <c>size</c>, <c>modified</c>, <c>age</c>, and <c>sha256</c>, which is computed
/// when it is first asked for. A file that isn't there was seen not to be there. Other kinds of file go to the probe of their kind.
/// </summary>
internal static class FileProbe
{
    /// <summary>Looks at a file, as its kind says.</summary>
    /// <param name="look">The file.</param>
    /// <param name="context">Time-out, mask and clock.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal static Task<Observation> LookAsync(FileLook look, LookContext context, CancellationToken cancellation) => look.Kind switch
    {
        FileKind.Checksums => ChecksumProbe.LookAsync(look, context, cancellation),
        FileKind.Document => DocumentProbe.LookAsync(look, context, cancellation),
        FileKind.JUnit => JUnitProbe.LookAsync(look, context, cancellation),
        _ => Looking.MakeAsync(
            context,
            token => Task.Run(() => See(look, context, cancellation), token),
            () => $"{SeenFile.Shown(look.Path, context.Mask)} wasn't looked at within {Durations.Format(context.Timeout)}",
            cancellation),
    };

    private static Seen See(FileLook look, LookContext context, CancellationToken cancellation)
    {
        if (SeenFile.Find(look.Path, context.Mask) is not { } file)
            return new Seen(new Dictionary<string, object?> { ["exists"] = false },
                $"{SeenFile.Shown(look.Path, context.Mask)} isn't there");
        file.RefuseIfStale(look.MaxAge, context.Clock);
        var age = file.AgeAt(context.Clock);
        var facts = new Dictionary<string, object?>
        {
            ["exists"] = true,
            ["size"] = file.Length,
            ["modified"] = file.Modified,
            ["age"] = age,
        };
        var when = age < TimeSpan.Zero ? $"{Durations.Format(-age)} in the future" : $"{Durations.Format(age)} ago";
        return new Seen(new FileFacts(facts, file, context, cancellation),
            Invariant($"{file.Name}: {file.Length} bytes, modified {when}"))
        {
            Notes = age < TimeSpan.Zero ? [$"{file.Name} was modified {when}"] : [],
        };
    }
}
