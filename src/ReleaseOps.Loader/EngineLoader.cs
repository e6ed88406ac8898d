using System.Management.Automation;
using System.Reflection;

namespace ReleaseOps.Loader;

/// <summary>
/// Runs when the module is imported, before PowerShell scans the cmdlets, and hands them the engine when the runtime asks for it.
/// </summary>
/// <remarks>
/// <c>AppDomain.AssemblyResolve</c> tells who asks; <c>AssemblyLoadContext.Default.Resolving</c> doesn't. The handler stays for the life of
/// the process: types of the engine may be asked for after the module was removed.
/// </remarks>
public sealed class EngineLoader : IModuleAssemblyInitializer
{
    private const string Engine = "ReleaseOps";
    private const string Cmdlets = "ReleaseOps.PowerShell";

    private static readonly Lazy<EngineContext> Context = new(() => new EngineContext(Path.Combine(Folder, "dependencies")));
    private static int _registered;

    private static string Folder => Path.GetDirectoryName(typeof(EngineLoader).Assembly.Location)!;

    /// <summary>Registers the handler, once a process.</summary>
    public void OnImport()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 0)
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs asked)
    {
        var wanted = new AssemblyName(asked.Name);
        return wanted.Name == Engine && asked.RequestingAssembly?.GetName().Name == Cmdlets
            ? Context.Value.LoadFromAssemblyName(wanted)
            : null;
    }
}
