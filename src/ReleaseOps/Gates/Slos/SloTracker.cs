using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>
/// Follows one objective, step by step. Keeps running sums: one a step over at most three days, for the alerts, and one an hour over the
/// SLO's window, for its budget; so memory stays the same however long it goes on, and a standing costs a few look-ups.
/// <code>
/// |------- the rest of the window -------|---- three days of steps ----|-- the watch's own steps --> at
///          one count, never divided        one count a step
/// </code>
/// The budget counts the window up to <c>at</c>, rounded up to the hour where the window is longer than three days. The rest before the past's
/// steps is one count: it is in it whole until all of it has left the window.
/// </summary>
public sealed class SloTracker
{
    /// <summary>The longest window of an alert; so long is the past that comes in steps.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Slo _slo;
    private readonly IReadOnlyList<Exclusion> _excluded;
    private readonly IReadOnlyList<BurnRule> _rules;
    private readonly decimal _budget;
    private readonly SloPast? _past;
    private readonly SloMarks _steps;
    private readonly SloMarks? _hours;
    private SloTally _sum;
    private DateTimeOffset? _at;
    private DateTimeOffset? _restUntoldUntil;
    private SloStanding? _standing;

    /// <summary>Begins.</summary>
    /// <param name="slo">The objective.</param>
    /// <param name="excluded">Times that don't count. A step that overlaps one is taken out whole.</param>
    /// <param name="past">What was counted before; null for nothing.</param>
    public SloTracker(Slo slo, IReadOnlyList<Exclusion> excluded, SloPast? past)
    {
        ArgumentNullException.ThrowIfNull(slo);
        ArgumentNullException.ThrowIfNull(excluded);
        (_slo, _excluded, _rules) = (slo, excluded, BurnRule.For(slo.Window));
        // Of 99.9 exactly 0.001, which no double is: a value on a border must be found there.
        _budget = (100 - decimal.Parse(slo.Objective.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)) / 100;
        _steps = new SloMarks(slo.Window < Longest ? slo.Window : Longest, slo.Step);
        _hours = slo.Window > Longest ? new SloMarks(slo.Window, Hour) : null;
        _past = past;
        foreach (var step in past?.Steps ?? [])
            Take(step);
    }

    /// <summary>
    /// Takes the next step. One that was taken already, or that begins before the last one's end, is left out. Steps between that never come
    /// can't be told, and neither can a count that is negative, not finite or larger than 2^53.
    /// </summary>
    /// <param name="count">The step.</param>
    public void Take(SloCount count)
    {
        ArgumentNullException.ThrowIfNull(count);
        var begin = count.End - _slo.Step;
        if (begin < _at)
            return;
        if (begin - _at > _slo.Window)
        {
            // Nothing before the gap is in any window.
            _steps.Clear();
            _hours?.Clear();
            _at = begin - _slo.Window;
        }
        for (_at ??= Beginning(begin); _at + _slo.Step <= begin; _at += _slo.Step)
            Put(_at.Value, null);
        Put(begin, SloTally.Of(count.Bad, count.Total, _slo.Step));
        _at = count.End;
        _standing = null;
    }

    /// <summary>Where the objective stands after the last step.</summary>
    public SloStanding Standing => _standing ??= Stand();

    /// <summary>Where the steps begin. What came before them is put in front.</summary>
    private DateTimeOffset Beginning(DateTimeOffset begin)
    {
        if (_past is null)
            return begin;
        // A past without steps is one of which the steps can't be told.
        var steps = _past.Steps.Count > 0 ? _past.Steps[^1].End - begin : _slo.Window < Longest ? _slo.Window : Longest;
        var first = _past.Steps.Count > 0 ? begin : begin - steps;
        var rest = _slo.Window - steps;
        if (_hours is null || rest <= TimeSpan.Zero)
            return first;
        _hours.Set(first - rest, default);
        if (SloTally.Of(_past.BadBefore, _past.TotalBefore, rest) is { } counted)
            _sum += counted;
        else
            _restUntoldUntil = first;
        return first;
    }

    private void Put(DateTimeOffset begin, SloTally? counted)
    {
        _steps.Set(begin, _sum);
        _hours?.Set(begin, _sum);
        if (IsExcluded(begin))
            _sum += new SloTally(0, 0, TimeSpan.Zero, _slo.Step);
        else if (counted is { } told)
            _sum += told;
    }

    private bool IsExcluded(DateTimeOffset begin)
    {
        foreach (var exclusion in _excluded)
        {
            if (exclusion.Overlaps(begin, begin + _slo.Step))
                return true;
        }
        return false;
    }

    private SloStanding Stand()
    {
        var standing = new SloStanding(_slo.Name, _slo.Objective, _slo.Window);
        if (_at is not { } at)
            return standing with { Text = "no step was counted yet" };
        var counted = Over(_hours ?? _steps, _slo.Window, at);
        var (bad, total) = (counted.Tally.Bad, counted.Tally.Total);
        var restUntold = at - _slo.Window < _restUntoldUntil;
        standing = standing with
        {
            At = at,
            Attained = total == 0 ? null : (double)(100 * (total - bad) / total),
            BudgetLeft = total == 0 || restUntold || !counted.IsTold ? null : (double)(100 * (1 - (bad / total / _budget))),
            Total = (double)total,
            Bad = (double)bad,
            Untold = counted.Untold,
            Excluded = counted.Tally.Excluded,
            Burns = [.. _rules.Select(r => BurnJudge.Judge(r, _budget, Over(_steps, r.Long, at), Over(_steps, r.Short, at)))],
        };
        var from = at - counted.Covered;
        var reasons = _excluded.Where(e => e.Overlaps(from, at)).Select(e => e.Why);
        return standing with { Text = SloText.Of(_slo, standing, counted, restUntold, reasons) };
    }

    private SloSpan Over(SloMarks marks, TimeSpan window, DateTimeOffset at)
    {
        var mark = marks.Before(at - window);
        return new SloSpan(window, at - mark.At, _sum - mark.Before);
    }
}
