using System.Reflection;

namespace ReleaseOps.Cli;

/// <summary>The version of this program.</summary>
internal static class ProductVersion
{
    public static string Text =>
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
