namespace ReleaseOps;

/// <summary>A version of a product on its way out; the scope of a ledger.</summary>
/// <param name="Product">The product's name, as the runbook's <c>product</c> gives it.</param>
/// <param name="Version">The version, as the runbook's parameter <c>version</c> gives it; <c>unversioned</c> where it has none.</param>
public sealed record Release(string Product, string Version)
{
    /// <summary>A folder name for this release: letters, digits, dot, dash and underscore only.</summary>
    public string FolderName => Safe(Product) + "-" + Safe(Version);

    /// <summary>Product and version.</summary>
    public override string ToString() => $"{Product} {Version}";

    private static string Safe(string text)
    {
        var safe = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+' ? c : '_')).TrimStart('.');
        return safe.Length == 0 ? "_" : safe[..Math.Min(safe.Length, 80)];
    }
}
