using System.Globalization;
using System.Security.Cryptography;

namespace ReleaseOps.Steps;

/// <summary>Names of runs: the time of their start, so that they sort, and four random hex digits, so that two never meet.</summary>
internal static class RunId
{
    public static string New(DateTimeOffset startedAt) =>
        startedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-" + RandomNumberGenerator.GetHexString(4, lowercase: true);
}
