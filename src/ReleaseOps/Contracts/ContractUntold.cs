namespace ReleaseOps.Contracts;

/// <summary>Collects what a comparison could not tell; each thing once.</summary>
internal sealed class ContractUntold
{
    // A description that refers to a thousand things that aren't there is told in fewer words.
    private const int Most = 1_000;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public void Add(Finding? finding)
    {
        if (finding is not null && _findings.Count < Most && _known.Add(finding.Text))
            _findings.Add(finding);
    }

    /// <param name="document">The description in which it stands.</param>
    /// <param name="node">Where it stands.</param>
    /// <param name="what">What couldn't be compared, and why.</param>
    public void Add(ApiDocument document, ApiNode node, string what)
    {
        var place = document.PlaceOf(node).ToString();
        Add(new Finding(document.Name, Verdict.Inconclusive, $"{place}: {what}") { Source = place });
    }
}
