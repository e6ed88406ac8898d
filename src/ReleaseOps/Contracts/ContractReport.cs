using System.Globalization;
using System.Runtime.InteropServices;

namespace ReleaseOps.Contracts;

/// <summary>Collects differences, up to a bound; the rest is counted by its rule, so that no level goes unseen.</summary>
internal sealed class ContractReport(ApiDocument before, ApiDocument after)
{
    /// <summary>The most differences that are told one by one: more than anybody reads, less than fills a machine's memory.</summary>
    public const int Most = 50_000;

    private readonly List<ContractChange> _changes = [];
    private readonly Dictionary<string, int> _further = new(StringComparer.Ordinal);

    /// <summary>Whether what is told from now on is only counted.</summary>
    public bool IsFull => _changes.Count >= Most;

    /// <summary>Whether something that breaks was told.</summary>
    public bool Breaks { get; private set; }

    /// <summary>Tells of the whole description, or of an operation.</summary>
    /// <param name="rule">What kind of difference.</param>
    /// <param name="text">The sentence.</param>
    /// <param name="inBase">Where in the base.</param>
    /// <param name="inRevision">Where in the revision.</param>
    /// <param name="at">The operation; null for the whole description.</param>
    public void Tell(ContractRule rule, string text, ApiNode? inBase, ApiNode? inRevision, ContractSubject? at = null)
    {
        Breaks |= rule.Level == ChangeLevel.Breaking;
        if (IsFull)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_further, rule.Id, out _)++;
            return;
        }
        _changes.Add(new(rule.Id, rule.Level, text)
        {
            Method = at?.Method,
            Path = at?.Path,
            OperationId = at?.OperationId,
            Base = inBase is null ? null : before.PlaceOf(inBase),
            Revision = inRevision is null ? null : after.PlaceOf(inRevision),
        });
    }

    /// <summary>Likewise, by the id of the rule.</summary>
    public void Tell(string id, string text, ApiNode? inBase, ApiNode? inRevision, ContractSubject? at = null) =>
        Tell(ContractRules.Of(id), text, inBase, inRevision, at);

    /// <summary>All that was told.</summary>
    public IReadOnlyList<ContractChange> Changes()
    {
        var further = _further.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new ContractChange(
            f.Key, ContractRules.Of(f.Key).Level, $"{f.Value.ToString(CultureInfo.InvariantCulture)} more differences of this kind are not listed one by one"));
        return [.. _changes, .. further];
    }
}
