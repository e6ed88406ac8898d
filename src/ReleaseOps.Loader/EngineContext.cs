using System.Reflection;
using System.Runtime.InteropServices;
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
        // A package may bring code compiled ahead for some platforms; on any other, and in a checkout, the portable assembly serves.
        string[] places = [Path.Combine(folder, RuntimeInformation.RuntimeIdentifier), folder];
        var file = places.Select(place => Path.Combine(place, assemblyName.Name + ".dll")).FirstOrDefault(File.Exists);
        return file is null ? null : LoadFromAssemblyPath(file);
    }
}
