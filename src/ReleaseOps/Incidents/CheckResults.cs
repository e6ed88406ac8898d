using System.Text.Json;
using ReleaseOps.Ledger;

namespace ReleaseOps.Incidents;

/// <summary>What the release's checks came to: the last result of each step, of whatever run.</summary>
internal sealed class CheckResults
{
    private const int MostListed = 200;

    private readonly Dictionary<string, CheckResult> _last = new(StringComparer.Ordinal);

    /// <summary>The results, oldest first.</summary>
    public IEnumerable<CheckResult> All => _last.Values.OrderBy(c => c.At);

    public void Take(LedgerEvent e)
    {
        if (e.Type == "step.finished")
            Add(e.Data, e.At);
        else if (e.Type == "watch.checked" && e.Data.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array)
            foreach (var result in results.EnumerateArray())
                Add(result, e.At);
    }

    private void Add(JsonElement result, DateTimeOffset at)
    {
        if (LedgerText.Of(result, "id") is { Length: > 0 } id && Enum.TryParse<Verdict>(LedgerText.Of(result, "verdict"), out var verdict)
            && verdict is not (Verdict.Skipped or Verdict.Planned) && (_last.Count < MostListed || _last.ContainsKey(id)))
            _last[id] = new CheckResult(id, verdict, LedgerText.Of(result, "detail"), at);
    }
}

/// <summary>What a check came to.</summary>
/// <param name="Id">The step's id.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="At">When it was recorded.</param>
internal sealed record CheckResult(string Id, Verdict Verdict, string Detail, DateTimeOffset At)
{
    /// <summary>The verdict as texts have it.</summary>
    public string Word => Verdict switch { Verdict.Passed => "passed", Verdict.Failed => "failed", _ => "could not be told" };
}
