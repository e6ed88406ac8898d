namespace ReleaseOps.Runbooks;

/// <summary>The values of a runbook's parameters.</summary>
/// <param name="Values">By name, of their types: string, long, double, bool or TimeSpan.</param>
/// <param name="Missing">Names of the parameters without a value, in the runbook's order.</param>
/// <param name="Required">Those of <paramref name="Missing"/> that a real run refuses to start without.</param>
public sealed record BoundParameters(IReadOnlyDictionary<string, object> Values, IReadOnlyList<string> Missing,
    IReadOnlyList<string> Required)
{
    /// <summary>The values as text, as scripts and templates see them.</summary>
    /// <param name="name">A parameter that has a value.</param>
    public string Text(string name) => BindingText.Of(Values[name])!;

    /// <summary>Refuses to go on where a required parameter has no value.</summary>
    /// <exception cref="ReleaseOpsException">MissingParameter, naming all of them.</exception>
    public void RequireAll()
    {
        if (Required.Count > 0)
            throw new ReleaseOpsException(ErrorId.MissingParameter, $"no value for: {string.Join(", ", Required)}",
                "Give each parameter a value; a dry run needs none.", Required[0]);
    }
}
