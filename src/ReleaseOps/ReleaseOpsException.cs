namespace ReleaseOps;

/// <summary>
/// The one exception of the engine: it can't go on. (A failed check is a result; a look that couldn't be made is Inconclusive.)
/// </summary>
/// <param name="id">Which error, from the closed list.</param>
/// <param name="message">One sentence: what, where, what was expected.</param>
/// <param name="remedy">What to do next.</param>
/// <param name="subject">The thing at fault: a path, a parameter's name, a step's id.</param>
/// <param name="cause">The exception underneath, if any.</param>
public class ReleaseOpsException(ErrorId id, string message, string? remedy = null, string? subject = null, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>Which error, from the closed list.</summary>
    public ErrorId Id { get; } = id;

    /// <summary>What to do next; null where the message says it all.</summary>
    public string? Remedy { get; } = remedy;

    /// <summary>The thing at fault: a path, a parameter's name, a step's id.</summary>
    public string? Subject { get; } = subject;
}
