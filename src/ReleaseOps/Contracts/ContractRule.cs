namespace ReleaseOps.Contracts;

/// <summary>A kind of difference between two API descriptions.</summary>
/// <param name="Id">Its name, oasdiff's where oasdiff has one for the same thing. It is API: it doesn't change.</param>
/// <param name="Level">What it means for a client; oasdiff's level where it is oasdiff's id.</param>
/// <param name="Meaning">What happened, in a few words.</param>
public sealed record ContractRule(string Id, ChangeLevel Level, string Meaning);
