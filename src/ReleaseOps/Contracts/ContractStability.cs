namespace ReleaseOps.Contracts;

/// <summary>How much a part of an API is to be relied on: <c>x-stability-level</c>, as oasdiff reads it (docs/STABILITY.md).</summary>
internal static class ContractStability
{
    public const string Key = "x-stability-level";

    /// <summary>The level below which nothing is promised, so that nothing can break.</summary>
    public const int Beta = 2;

    private static readonly string[] Levels = ["draft", "alpha", "beta", "stable"];

    /// <summary>0 for draft to 3 for stable; what says nothing is stable; null where it says something else.</summary>
    public static int? Read(ApiNode? node)
    {
        if (node is null)
            return Levels.Length - 1;

        var level = Array.IndexOf(Levels, node.Text);
        return level < 0 ? null : level;
    }

    public static string Show(int level) => Levels[level];
}
