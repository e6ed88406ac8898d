namespace ReleaseOps.Runbooks;

/// <summary>A text of the runbook with <c>${{ expression }}</c> in it, parsed once.</summary>
/// <param name="Text">As written.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record Template(string Text, Position At);
