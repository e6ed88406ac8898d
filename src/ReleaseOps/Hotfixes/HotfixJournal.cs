using System.Text.Json;
using ReleaseOps.Steps;

namespace ReleaseOps.Hotfixes;

/// <summary>The events of a hotfix in the ledger.</summary>
internal static class HotfixJournal
{
    public const string Looked = "hotfix.looked";
    public const string Judged = "hotfix.judged";

    /// <summary>What is judged.</summary>
    public static void Write(Utf8JsonWriter data, HotfixChange change)
    {
        data.WriteString("commit", change.Commit);
        data.WriteString("base", change.Base);
        data.WriteString("branch", change.Branch);
        data.WriteString("ticket", change.Ticket);
        data.WriteString("class", change.Class);
        data.WriteString("severity", change.Severity);
        data.WriteNumber("files", change.Files);
    }

    /// <summary>What it came to, beside the steps, which stand on lines of their own.</summary>
    public static void Write(Utf8JsonWriter data, HotfixResult result)
    {
        data.WriteString("decision", result.Decision?.ToString());
        data.WriteString("way", result.Way?.ToString());
        data.WriteStartArray("findings");
        foreach (var finding in result.Findings.Where(f => f.Verdict != Verdict.Passed).Take(200))
            StepJson.Write(data, finding);
        data.WriteEndArray();
    }
}
