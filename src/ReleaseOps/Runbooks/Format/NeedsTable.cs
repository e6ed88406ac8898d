namespace ReleaseOps.Runbooks.Format;

/// <summary>Which step needs which, and in which phase each stands.</summary>
internal sealed class NeedsTable
{
    /// <summary>The phase of the rollback's steps.</summary>
    private const int Rollback = int.MaxValue;

    /// <summary>The phase of the watch's steps; those above it, itself included, stand outside the order of the phases.</summary>
    private const int Watch = Rollback - 1;

    private readonly Dictionary<string, Entry> _steps = new(StringComparer.Ordinal);
    private readonly List<Entry> _open = [];
    private int _phase;

    /// <summary>Takes a step of the phase that is being read. A second one of the same id is left out: it has been reported.</summary>
    public void AddStep(string id, IReadOnlyList<Reference> needs)
    {
        var entry = new Entry(id, needs);
        if (_steps.TryAdd(id, entry))
            _open.Add(entry);
    }

    /// <summary>The steps taken since the last call are a phase's.</summary>
    public void EndPhase() => Close(_phase++);

    /// <summary>The steps taken since the last call are the rollback's.</summary>
    public void EndRollback() => Close(Rollback);

    /// <summary>The steps taken since the last call are the watch's.</summary>
    public void EndWatch() => Close(Watch);

    /// <summary>Reports needs that can't be met: of a later phase, across the border of the rollback or the watch, and in a circle.</summary>
    public void Settle(Reading reading)
    {
        foreach (var step in _steps.Values)
        {
            foreach (var need in step.Needs)
            {
                if (!_steps.TryGetValue(need.Name, out var needed) || needed.Phase == step.Phase)
                    continue;
                if (Math.Max(step.Phase, needed.Phase) >= Watch)
                    reading.Error(need.At, ErrorId.UnknownReference,
                        $"'{step.Id}' needs '{need.Name}', but steps of {Place(Math.Max(step.Phase, needed.Phase))} "
                        + $"and steps of {Place(Math.Min(step.Phase, needed.Phase))} can't need each other");
                else if (needed.Phase > step.Phase)
                    reading.Error(need.At, ErrorId.UnknownReference, $"'{step.Id}' needs '{need.Name}', which stands in a later phase");
            }
        }
        foreach (var circle in Circles())
            reading.Error(circle[0].At, ErrorId.CyclicNeeds, "steps need each other in a circle: " + Show(circle));
    }

    /// <summary>
    /// Each circle once: the steps that remain when those whose needs are met are taken away, followed from need to need.
    /// </summary>
    private IEnumerable<List<Reference>> Circles()
    {
        var waiting = new Dictionary<string, int>(StringComparer.Ordinal);
        var needing = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var step in _steps.Values)
        {
            var needs = step.Needs.Select(need => need.Name).Where(_steps.ContainsKey).ToArray();
            waiting[step.Id] = needs.Length;
            foreach (var need in needs)
            {
                if (!needing.TryGetValue(need, out var list))
                    needing[need] = list = [];
                list.Add(step.Id);
            }
        }
        var ready = new Queue<string>(waiting.Where(step => step.Value == 0).Select(step => step.Key));
        while (ready.TryDequeue(out var done))
        {
            waiting.Remove(done);
            foreach (var step in needing.GetValueOrDefault(done) ?? [])
            {
                if (--waiting[step] == 0)
                    ready.Enqueue(step);
            }
        }
        return Follow(waiting);
    }

    // Each step that remains needs one that remains: following them must come back to one that was passed.
    private IEnumerable<List<Reference>> Follow(Dictionary<string, int> remaining)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in remaining.Keys)
        {
            var path = new List<Reference>();
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            var step = start;
            while (seen.Add(step))
            {
                places[step] = path.Count;
                var need = _steps[step].Needs.First(n => remaining.ContainsKey(n.Name));
                path.Add(need);
                step = need.Name;
            }
            if (places.TryGetValue(step, out var from))
                yield return path[from..];
        }
    }

    private static string Show(List<Reference> circle)
    {
        const int most = 12;
        var names = circle.Take(most).Select(need => need.Name).Prepend(circle[^1].Name);
        return string.Join(" -> ", circle.Count <= most ? names : [.. names, $"... ({circle.Count} steps)"]);
    }

    private static string Place(int phase) => phase switch { Rollback => "the rollback", Watch => "the watch", _ => "the phases" };

    private void Close(int phase)
    {
        foreach (var entry in _open)
            entry.Phase = phase;
        _open.Clear();
    }

    private sealed class Entry(string id, IReadOnlyList<Reference> needs)
    {
        public string Id { get; } = id;

        public IReadOnlyList<Reference> Needs { get; } = needs;

        public int Phase { get; set; }
    }
}
