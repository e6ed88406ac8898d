using System.Globalization;
using System.Security.Cryptography;

namespace ReleaseOps.Probes;

/// <summary>
/// The variables that mark our processes. A process that left its parent and its session is still known by them: environments are
/// inherited, and the kernel shows the one that a process was started with.
/// </summary>
internal static class ProcessMarks
{
    /// <summary>Holds the id of the run; how <see cref="LeftoverProcesses"/> finds what an earlier process of ours left behind.</summary>
    public const string Run = "RELEASEOPS_RUN";

    /// <summary>Holds a word that is different for each look; it begins with <see cref="OurWord"/>.</summary>
    public const string Step = "RELEASEOPS_STEP";

    private static int _looks;

    /// <summary>A word for this process of ours; never used by another one.</summary>
    public static string OurWord { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>A word that no other look has.</summary>
    public static string NewWord() => OurWord + "-" + Interlocked.Increment(ref _looks).ToString(CultureInfo.InvariantCulture);
}
