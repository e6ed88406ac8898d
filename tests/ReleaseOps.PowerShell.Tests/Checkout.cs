namespace ReleaseOps.PowerShell.Tests;

/// <summary>The checkout that these tests were built in.</summary>
internal static class Checkout
{
    public static readonly string Root = Above(AppContext.BaseDirectory);

    public static string ModuleBin => Path.Combine(Root, "module", "bin");

    public static string Manifest => Path.Combine(Root, "ReleaseOps.psd1");

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "ReleaseOps.psd1")) ? folder : Above(Path.GetDirectoryName(folder.TrimEnd('/', '\\'))!);
}
