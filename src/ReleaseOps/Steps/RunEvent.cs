namespace ReleaseOps.Steps;

/// <summary>Something that happened in a run, told as it happens: one of the records below.</summary>
public abstract record RunEvent;

/// <summary>The run has begun, or goes on after an interruption.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Plan">What it does.</param>
/// <param name="Folder">Its evidence folder.</param>
/// <param name="Resumed">True where it goes on.</param>
public sealed record RunStarted(string Run, Plan Plan, string Folder, bool Resumed) : RunEvent;

/// <summary>A step begins.</summary>
/// <param name="Step">The step.</param>
/// <param name="Try">Which try, from 1.</param>
public sealed record StepStarted(PlannedStep Step, int Try) : RunEvent;

/// <summary>A step has ended, or was left out.</summary>
/// <param name="Step">The step.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Earlier">True where an earlier, interrupted part of the run did it.</param>
public sealed record StepFinished(PlannedStep Step, StepResult Result, bool Earlier) : RunEvent;

/// <summary>Something worth saying that is no step.</summary>
/// <param name="Text">A sentence.</param>
public sealed record RunNoted(string Text) : RunEvent;

/// <summary>Where a run's events go. Called in order and never twice at a time, but on any thread.</summary>
public interface IRunListener
{
    /// <summary>Takes an event; must not throw and must not wait for the run.</summary>
    /// <param name="happened">What happened.</param>
    void Report(RunEvent happened);
}
