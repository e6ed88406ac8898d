namespace ReleaseOps.Contracts;

/// <summary>A place in an API description.</summary>
/// <param name="Document">The description's name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public sealed record ContractPlace(string Document, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Document}:{Line}:{Column}");
}
