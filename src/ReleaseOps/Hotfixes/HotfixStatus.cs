using ReleaseOps.Contracts;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Hotfixes;

/// <summary>Fills in the status message: what isn't known says so, and is no placeholder. Pure.</summary>
internal static class HotfixStatus
{
    private const string NotGiven = "not given";

    public static string Text(Template status, BindingScope scope, HotfixResult result, HotfixOptions options) =>
        scope.Bind(status, new Dictionary<string, object?> { ["hotfix"] = Facts(result, options) });

    private static Dictionary<string, object?> Facts(HotfixResult result, HotfixOptions options)
    {
        var change = result.Change!;
        var eligibility = Verdicts.Worst(result.Eligibility.Where(f => f.Required).Select(f => f.Verdict));
        return new(StringComparer.Ordinal)
        {
            ["ticket"] = change.Ticket ?? NotGiven,
            ["severity"] = change.Severity ?? NotGiven,
            ["impact"] = options.Impact ?? NotGiven,
            ["decision"] = result.Way.Word(),
            ["scope"] = options.Scope ?? change.Size
                + (change.Domains.Count > 0 ? $" in {string.Join(", ", change.Domains)}" : ""),
            ["branch"] = change.Branch.Length > 0 ? change.Branch : "detached",
            ["commit"] = HotfixScope.Short(change.Commit),
            ["base"] = HotfixScope.Short(change.Base),
            ["class"] = change.Class ?? NotGiven,
            ["domains"] = change.Domains.Count > 0 ? string.Join(", ", change.Domains) : "none",
            ["frozen_rules"] = eligibility switch { Verdict.Passed => "PASS", Verdict.Failed => "FAIL", _ => "UNKNOWN" },
            ["contract"] = result.Contract is { } contract ? ContractFindings.Line(contract) : "not compared",
            ["checks"] = result.Steps.ToDictionary(s => s.Id, s => (object?)Word(s.Verdict), StringComparer.Ordinal),
            ["approvals"] = result.Approvals is { } approvals ? string.Join("; ", approvals.Findings.Select(f => f.Text)) : "none asked for",
            ["ready"] = result.Decision switch { Decision.Go => "READY", Decision.NoGo => "NOT READY", _ => "HOLD" },
            ["eta"] = options.Eta is { } eta ? Durations.Format(eta) : NotGiven,
        };
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "passed",
        Verdict.Failed => "failed",
        Verdict.Skipped => "not run",
        _ => "could not be told",
    };
}
