namespace ReleaseOps.Cli.Screen;

/// <summary>How an error reads in a terminal: what and where, then what to do, then its id.</summary>
internal static class ErrorText
{
    public static void Write(TextWriter to, ReleaseOpsException error)
    {
        to.WriteLine("releaseops: " + CiText.Defang(error.Message));
        if (error.Remedy is { } remedy)
            to.WriteLine("  " + CiText.Defang(remedy));
        to.WriteLine($"  ({error.Id})");
    }
}
