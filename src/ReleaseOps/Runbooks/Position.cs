namespace ReleaseOps.Runbooks;

/// <summary>A place in a runbook's file; both numbers count from 1.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1, in characters.</param>
public readonly record struct Position(int Line, int Column)
{
    /// <summary>line:column.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Line}:{Column}");
}
