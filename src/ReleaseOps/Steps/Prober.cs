using ReleaseOps.Probes;

namespace ReleaseOps.Steps;

/// <summary>Which probe makes which look.</summary>
internal static class Prober
{
    public static async Task<IReadOnlyList<Observation>> LookAsync(Look look, LookContext context, CancellationToken cancellation) => look switch
    {
        CommandLook command => [await CommandProbe.LookAsync(command, context, cancellation).ConfigureAwait(false)],
        HttpLook http => await HttpProbe.LookAsync(http, context, cancellation).ConfigureAwait(false),
        GitLook git => [await GitProbe.LookAsync(git, context, cancellation).ConfigureAwait(false)],
        FileLook { Kind: FileKind.Facts } file => [await FileProbe.LookAsync(file, context, cancellation).ConfigureAwait(false)],
        FileLook { Kind: FileKind.Checksums } file => [await ChecksumProbe.LookAsync(file, context, cancellation).ConfigureAwait(false)],
        FileLook { Kind: FileKind.Document } file => [await DocumentProbe.LookAsync(file, context, cancellation).ConfigureAwait(false)],
        FileLook file => [await JUnitProbe.LookAsync(file, context, cancellation).ConfigureAwait(false)],
        SqlLook sql => [await SqlProbe.LookAsync(sql, context, cancellation).ConfigureAwait(false)],
        AlertsLook alerts => [await AlertsProbe.LookAsync(alerts, context, cancellation).ConfigureAwait(false)],
        ConfirmLook confirm => [await ConfirmProbe.LookAsync(confirm, context, cancellation).ConfigureAwait(false)],
        _ => throw new ReleaseOpsException(ErrorId.Internal, $"Nothing makes a look of kind {look.GetType().Name}."),
    };
}
