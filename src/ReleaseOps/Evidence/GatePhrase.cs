using ReleaseOps.Runbooks;

namespace ReleaseOps.Evidence;

/// <summary>
/// A gate as a person reads it aloud, what doesn't decide left out. What all of its metrics' names begin with is said once, and so is one
/// limit for the drift of each of them: <c>canary: availability ≥ 99.9 %, error rate &lt; 1 %, drift of each &lt; 5 %</c>.
/// </summary>
internal static class GatePhrase
{
    public static string Of(Gate gate, IReadOnlyList<Metric> metrics)
    {
        var deciding = gate.Criteria.Where(c => !c.Shadow).ToList();
        var phrases = deciding.ConvertAll(c => c.Expect is { } expect ? CriterionPhrase.Read(expect.ToString(), metrics) : null);
        // Where one of them can't be taken apart, nothing may be taken together.
        if (phrases.Contains(null))
            return string.Join(", ", deciding.Select((c, i) => phrases[i]?.ToString() ?? c.ToString()));
        return Of(phrases.ConvertAll(p => p!));
    }

    private static string Of(List<CriterionPhrase> phrases)
    {
        var first = phrases[0].Name[..(phrases[0].Name.IndexOf(' ', StringComparison.Ordinal) + 1)];
        var shared = first.Length > 0 && phrases.Count > 1 && phrases.TrueForAll(p => p.Name.StartsWith(first, StringComparison.Ordinal));
        if (shared)
            phrases = phrases.ConvertAll(p => p with { Name = p.Name[first.Length..] });
        var drifts = phrases.FindAll(p => p.Kind == "drift");
        var measured = phrases.FindAll(p => p.Kind.Length == 0).Select(p => p.Name);
        if (drifts.Count > 1 && drifts.TrueForAll(d => d.Limit == drifts[0].Limit) && drifts.Select(d => d.Name).ToHashSet().SetEquals(measured))
            phrases = [.. phrases.Except(drifts), drifts[0] with { Name = "each" }];
        return (shared ? first.TrimEnd() + ": " : "") + string.Join(", ", phrases);
    }
}
