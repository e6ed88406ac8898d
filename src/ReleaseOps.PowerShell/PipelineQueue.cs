using System.Collections.Concurrent;

namespace ReleaseOps.PowerShell;

/// <summary>
/// Carries what the engine says, on any thread, to the pipeline thread, which alone may write. Order is kept.
/// </summary>
internal sealed class PipelineQueue : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly BlockingCollection<Action> _posts = [];

    /// <summary>Called on the pipeline thread after each post, and at least every 200 ms.</summary>
    public Action? Ticked { get; set; }

    /// <summary>Called on the pipeline thread when the work has ended by itself.</summary>
    public Action? Ended { get; set; }

    /// <summary>Has something done on the pipeline thread. What comes after the end of the work has nobody to see it, and is dropped.</summary>
    /// <param name="write">What is to be done.</param>
    public void Post(Action write)
    {
        try
        {
            _posts.Add(write);
        }
        catch (InvalidOperationException)
        {
            // The end came between.
        }
    }

    /// <summary>Does what is posted until the work has ended, and gives the work's result or exception.</summary>
    /// <param name="work">The work that posts.</param>
    public T Drain<T>(Task<T> work)
    {
        _ = work.ContinueWith(_ => _posts.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!_posts.IsCompleted)
        {
            if (_posts.TryTake(out var write, Tick))
                write();
            Ticked?.Invoke();
        }
        Ended?.Invoke();
        return work.GetAwaiter().GetResult();
    }

    public void Dispose() => _posts.Dispose();
}
