using ReleaseOps.Evidence;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Cli.Screen;

/// <summary>How an error reads in a terminal: what, then each place, then what to do, then its id.</summary>
internal static class ErrorText
{
    public static void Write(TextWriter to, ReleaseOpsException error)
    {
        to.WriteLine("releaseops: " + CiText.Defang(error.Message));
        if (error is RunbookInvalidException invalid)
            foreach (var problem in invalid.Problems)
                to.WriteLine("  " + CiText.Defang(problem.ToString()));
        if (error.Remedy is { } remedy)
            to.WriteLine("  " + CiText.Defang(remedy));
        to.WriteLine($"  ({error.Id})");
    }
}
