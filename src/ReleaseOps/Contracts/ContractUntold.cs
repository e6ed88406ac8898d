namespace ReleaseOps.Contracts;

/// <summary>Collects what a comparison could not tell; each thing once.</summary>
internal sealed class ContractUntold
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    /// <param name="document">The description in which it stands.</param>
    /// <param name="node">Where it stands.</param>
    /// <param name="what">What couldn't be compared, and why; two notes with the same words about one description are one.</param>
    public void Add(ApiDocument document, ApiNode node, string what)
    {
        if (_known.Add($"{document.Name}\n{what}"))
            _findings.Add(new(document.Name, Verdict.Inconclusive, what) { Source = document.PlaceOf(node).ToString() });
    }
}
