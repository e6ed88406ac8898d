using System.Management.Automation;

namespace ReleaseOps.PowerShell;

/// <summary>
/// Lets people write <c>[ReleaseOps.Verdict]::Failed</c> at the prompt: the engine's context isn't searched for type names.
/// </summary>
public sealed class EngineTypes : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    // The last line is what the format views write with.
    private static readonly Type[] Named =
    [
        typeof(Verdict), typeof(Decision), typeof(ErrorId), typeof(Rollouts.RolloutDecision), typeof(Watches.CallKind),
        typeof(ChangeLevel), typeof(Hotfixes.HotfixWay), typeof(IncidentStatus), typeof(Runbooks.ReviewMomentKind),
        typeof(Durations), typeof(Hotfixes.HotfixAsks), typeof(OneLine), typeof(Hotfixes.HotfixWays),
        typeof(Evidence.WatchFacts), typeof(Evidence.WatchProgress), typeof(Evidence.PostmortemMarkdown),
    ];

    /// <summary>Makes the names known.</summary>
    public void OnImport()
    {
        foreach (var type in Named)
            Accelerators("Add", type.FullName!, type);
    }

    /// <summary>Takes the names back.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        foreach (var type in Named)
            Accelerators("Remove", type.FullName!);
    }

    // Not in the reference assembly, and not public; every module that does this does it so.
    private static void Accelerators(string method, params object[] arguments) =>
        typeof(PSObject).Assembly.GetType("System.Management.Automation.TypeAccelerators")
            ?.GetMethod(method, [.. arguments.Select(a => a is Type ? typeof(Type) : typeof(string))])
            ?.Invoke(null, arguments);
}
