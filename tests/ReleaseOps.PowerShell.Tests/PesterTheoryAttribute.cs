namespace ReleaseOps.PowerShell.Tests;

/// <summary>A theory over Pester's tests, which need a real pwsh; without one they are skipped, and say so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PesterTheoryAttribute : TheoryAttribute
{
    public PesterTheoryAttribute()
    {
        if (!IsOnPath("pwsh"))
            Skip = "NOT RUN: pwsh isn't on the PATH, so nothing of the module was tried in a real shell. Install PowerShell 7.6 and Pester 5.";
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
