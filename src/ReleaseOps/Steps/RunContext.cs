using System.Collections.Concurrent;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>What all steps of one run share.</summary>
internal sealed class RunContext(string run, Plan plan, RunOptions options, BindingScope scope, SecretMask mask, string evidenceFolder, Mailbox? mail) : IDisposable
{
    private readonly GateLooks _gates = new(plan, scope, mask, options.Clock, options.Folder);

    private readonly Lock _listening = new();
    private readonly ConcurrentDictionary<string, object?> _outcomes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StepResult> _ended = new(StringComparer.Ordinal);
    private Dictionary<string, object?>? _shared;
    private RunNotices? _notices;

    public string Run => run;

    public Plan Plan => plan;

    public RunOptions Options => options;

    public BindingScope Scope => scope;

    public SecretMask Mask => mask;

    public TimeProvider Clock => options.Clock;

    public string Folder => options.Folder;

    public string RunbookFile => plan.Runbook.File;

    /// <summary>Looks at metrics, and has them judged.</summary>
    public GateLooks Gates => _gates;

    /// <summary>What people said, here and at other terminals; a watch hears them itself.</summary>
    public Mailbox Mail => mail ?? throw new InvalidOperationException("Nothing in a watch waits for a vote or an approval.");

    /// <summary>What goes out by channels; a watch sends nothing.</summary>
    public RunNotices Notices
    {
        get => _notices ?? throw new InvalidOperationException("Nothing in a watch sends a message.");
        set => _notices = value;
    }

    public void Dispose()
    {
        _notices?.Dispose();
        _gates.Dispose();
    }

    public void Report(RunEvent happened)
    {
        lock (_listening)
            options.Listener?.Report(happened);
    }

    /// <summary>Lets later criteria and conditions speak of a step that has ended: <c>steps["id"].verdict</c>.</summary>
    public void Remember(StepResult result)
    {
        _ended[result.Id] = result;
        _outcomes[result.Id] = new Dictionary<string, object?> { ["verdict"] = result.Verdict.ToString() };
    }

    /// <summary>What a step of this run came to; null where it hasn't ended.</summary>
    public StepResult? Ended(string id) => _ended.GetValueOrDefault(id);

    /// <summary>What every criterion may speak of beside what was seen.</summary>
    public IReadOnlyDictionary<string, object?> SharedValues => _shared ??= new Dictionary<string, object?>
    {
        ["params"] = plan.Parameters,
        ["release"] = new Dictionary<string, object?> { ["product"] = plan.Release.Product, ["version"] = plan.Release.Version },
        ["steps"] = _outcomes,
    };

    public LookContext ContextFor(PlannedStep step, bool keepsLog = true) => new(run, step.Id, step.Timeout, mask, options.Clock)
    {
        LogFolder = keepsLog ? Path.Combine(evidenceFolder, "logs") : null,
        Attendant = options.Attendant,
    };
}
