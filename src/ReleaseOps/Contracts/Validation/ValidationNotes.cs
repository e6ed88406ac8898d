using static System.FormattableString;

namespace ReleaseOps.Contracts.Validation;

/// <summary>What was found while a value was held against a schema: what breaks a rule, and what could not be told.</summary>
/// <param name="most">How many of each are told; the rest is counted.</param>
internal sealed class ValidationNotes(int most)
{
    private readonly List<Finding> _broken = [];
    private readonly List<Finding> _untold = [];
    private readonly HashSet<string> _untoldBefore = new(StringComparer.Ordinal);

    public int Broken { get; private set; }

    public int Untold { get; private set; }

    /// <summary>True where a rule is broken; null where none is, but not all could be told.</summary>
    public bool? IsBroken => Broken > 0 ? true : Untold > 0 ? null : false;

    /// <summary>The first rule that is broken; null where none is.</summary>
    public Finding? First => _broken.Count > 0 ? _broken[0] : null;

    /// <summary>How deep in the body the first rule is broken.</summary>
    public int Depth { get; private set; }

    public void AddBroken(int depth, Func<Finding> finding)
    {
        if (Broken++ == 0)
            Depth = depth;
        if (_broken.Count < most)
            _broken.Add(finding());
    }

    /// <summary>Notes what can't be told, once however often the body comes to it.</summary>
    public void AddUntold(Finding finding)
    {
        if (!_untoldBefore.Add(finding.Source + finding.Text))
            return;
        Untold++;
        if (_untold.Count < most)
            _untold.Add(finding);
    }

    public void AddUntoldOf(ValidationNotes other)
    {
        foreach (var finding in other._untold)
            AddUntold(finding);
    }

    public IReadOnlyList<Finding> All()
    {
        var all = new List<Finding>(_broken);
        if (Broken > _broken.Count)
            all.Add(new Finding("", Verdict.Failed, Invariant($"and {Broken - _broken.Count} more places that break the schema")));
        all.AddRange(_untold);
        if (Untold > _untold.Count)
            all.Add(new Finding("", Verdict.Inconclusive, Invariant($"and {Untold - _untold.Count} more things that could not be told"))
            {
                Reason = ErrorId.BadDocument,
            });
        return all;
    }
}
