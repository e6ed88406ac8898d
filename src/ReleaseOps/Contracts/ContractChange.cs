namespace ReleaseOps.Contracts;

/// <summary>One difference between two API descriptions.</summary>
/// <param name="Id">What kind of difference it is, by oasdiff's names where the meaning is the same: <c>response-required-property-removed</c>. It is API.</param>
/// <param name="Level">What it means for a client.</param>
/// <param name="Text">One sentence, of one line: what was, what is.</param>
public sealed record ContractChange(string Id, ChangeLevel Level, string Text)
{
    /// <summary>The operation's method, in capitals; null where it concerns the whole description or a whole path.</summary>
    public string? Method { get; init; }

    /// <summary>The operation's path as its description writes it: <c>/aris3/stock/{id}</c>; null where it concerns the whole description.</summary>
    public string? Path { get; init; }

    /// <summary>The operation's id; null where it has none.</summary>
    public string? OperationId { get; init; }

    /// <summary>Where in the older description: the changed thing, or what lacks it; null where nothing of it is there.</summary>
    public ContractPlace? Base { get; init; }

    /// <summary>Where in the newer description; likewise.</summary>
    public ContractPlace? Revision { get; init; }
}
