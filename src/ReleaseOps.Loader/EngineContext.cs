using System.Reflection;
using System.Runtime.Loader;

namespace ReleaseOps.Loader;

/// <summary>
/// Holds the engine and its packages, so that another module's version of one of them can't break ours, nor ours theirs. What isn't in
/// its folder comes from the runtime.
/// </summary>
internal sealed class EngineContext(string folder) : AssemblyLoadContext("ReleaseOps")
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var file = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
