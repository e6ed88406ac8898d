using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>Makes the looks of a watch: live, or from history where several are due or one is late. The same question is asked of the same moment either way.</summary>
internal sealed class WatchLooks
{
    private readonly WatchSetup _setup;
    private readonly RunContext _run;
    private readonly LookJudge _judge;
    private readonly MetricNeeds _needs;

    public WatchLooks(WatchSetup setup, RunContext run)
    {
        (_setup, _run) = (setup, run);
        _judge = new LookJudge(setup.Conditions, setup.Runbook.Metrics, run.Mask.Apply, run.Gates.WithBaseline);
        _needs = MetricNeeds.Of(setup.Conditions.SelectMany(CriteriaOf), setup.Runbook.Metrics);
    }

    /// <summary>
    /// Looks at a row of slots. Where nothing at all can be asked it ends before them, so that they can be made up for: what the sources
    /// know of that time isn't lost because nobody could ask.
    /// </summary>
    /// <param name="first">The first slot.</param>
    /// <param name="at">Its time.</param>
    /// <param name="count">How many.</param>
    /// <param name="now">The time.</param>
    /// <param name="takesUnreachable">True to take what can't be asked for what can't be told: nobody waits any longer.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The looks, and why the rest couldn't be made; null where all were.</returns>
    public async Task<(IReadOnlyList<WatchLook> Looks, string? Unreachable)> LookAsync(
        int first, DateTimeOffset at, int count, DateTimeOffset now, bool takesUnreachable, CancellationToken cancellation)
    {
        var looks = new List<WatchLook>();
        await foreach (var snapshot in SnapshotsAsync(at, count, now, cancellation).ConfigureAwait(false))
        {
            if (snapshot.IsUnreachable && !takesUnreachable)
                return (await CountedAsync(looks, cancellation).ConfigureAwait(false), snapshot.Metrics.Values.First().Detail);
            var late = now - snapshot.At >= _setup.Watch.Interval;
            looks.Add(_judge.Judge(first + looks.Count, late, _run.Gates.InputOf(snapshot)));
        }
        return (await CountedAsync(looks, cancellation).ConfigureAwait(false), null);
    }

    /// <summary>What was counted of an objective before the watch.</summary>
    public Task<SloPast> PastAsync(Slo slo, CancellationToken cancellation) => _run.Gates.Reader.PastAsync(slo, _setup.T0, cancellation);

    /// <summary>The gates at the end of the watch, over all of it.</summary>
    public async Task<IReadOnlyList<GateResult>> JudgeAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        var results = new List<GateResult>();
        foreach (var gate in _setup.Watch.Gates)
            results.Add(await _run.Gates.JudgeAsync(
                _setup.Runbook.Gates.First(g => g.Name == gate.Gate), _setup.T0, at, cancellation).ConfigureAwait(false));
        return results;
    }

    private async IAsyncEnumerable<Snapshot> SnapshotsAsync(
        DateTimeOffset at, int count, DateTimeOffset now, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (_needs.Metrics.Count + _needs.Controls.Count == 0)
        {
            for (var i = 0; i < count; i++)
                yield return new Snapshot(at + i * _setup.Watch.Interval);
        }
        else if (count == 1 && now - at < _setup.Watch.Interval)
            yield return await _run.Gates.Reader.ReadAsync(_needs, at, cancellation).ConfigureAwait(false);
        else
        {
            await foreach (var snapshot in _run.Gates.Reader.ReadHistoryAsync(_needs, at, _setup.Watch.Interval, count, cancellation).ConfigureAwait(false))
                yield return snapshot;
        }
    }

    /// <summary>Adds the steps of each objective that ended with these looks.</summary>
    private async Task<IReadOnlyList<WatchLook>> CountedAsync(List<WatchLook> looks, CancellationToken cancellation)
    {
        if (looks.Count == 0)
            return looks;
        foreach (var slo in _setup.Runbook.Slos)
        {
            // Steps tile the time from T-0 on; those that ended by a look and not by the one before are its own.
            var before = StepsBy(slo, looks[0].Slot == 0 ? _setup.T0 : looks[0].At - _setup.Watch.Interval);
            var count = StepsBy(slo, looks[^1].At) - before;
            if (count <= 0)
                continue;
            var counts = await _run.Gates.Reader.CountAsync(slo, _setup.T0 + (before + 1) * slo.Step, count, cancellation).ConfigureAwait(false);
            var next = 0;
            for (var i = 0; i < looks.Count; i++)
            {
                var own = counts.Skip(next).TakeWhile(c => c.End <= looks[i].At).ToList();
                next += own.Count;
                if (own.Count > 0)
                    looks[i] = looks[i] with { Counts = new Dictionary<string, IReadOnlyList<SloCount>>(looks[i].Counts) { [slo.Name] = own } };
            }
        }
        return looks;
    }

    private int StepsBy(Slo slo, DateTimeOffset at) => at <= _setup.T0 ? 0 : (int)((at - _setup.T0) / slo.Step);

    private static IEnumerable<Criterion> CriteriaOf(WatchCondition condition) =>
        condition.Gate is { } gate ? gate.Criteria.Select(c => c.Expect).OfType<Criterion>() : [condition.When!];
}
