using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace ReleaseOps.Help;

/// <summary>Writes docs/contract-ids.md: every kind of difference between two API descriptions, as the engine has them.</summary>
internal static class ContractIdsWriter
{
    private const string Head = """
        # Ids of differences

        <!-- Written by scripts/help from the code; correct it there. -->

        What a [comparison of two API descriptions](contract.md) can report. Ids don't change: scripts and lists of accepted differences
        name them. Most are [oasdiff](https://github.com/oasdiff/oasdiff)'s, with its default levels.

        | id | level | what happened |
        | --- | --- | --- |

        """;

    /// <summary>The page.</summary>
    /// <param name="bin">The module's <c>bin</c> folder.</param>
    public static string Write(string bin)
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        var engine = Assembly.LoadFrom(Path.Combine(bin, "dependencies", "ReleaseOps.dll"));
        var rules = engine.GetType("ReleaseOps.Contracts.ContractRules", throwOnError: true)!.GetProperty("All")!.GetValue(null)!;
        foreach (var rule in (IEnumerable)rules)
            page.Append(CultureInfo.InvariantCulture,
                $"| `{Of(rule, "Id")}` | {Of(rule, "Level").ToLowerInvariant()} | {Of(rule, "Meaning")} |\n");
        return page.ToString();
    }

    private static string Of(object rule, string property) => rule.GetType().GetProperty(property)!.GetValue(rule)!.ToString()!;
}
