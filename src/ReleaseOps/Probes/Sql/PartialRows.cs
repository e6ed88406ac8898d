using ReleaseOps.Expressions;

namespace ReleaseOps.Probes.Sql;

/// <summary>
/// The rows that were kept, and after them one that nobody knows: <c>rows.all(...)</c> over them may fail, but can't pass.
/// </summary>
/// <param name="kept">The rows that were kept.</param>
/// <param name="count">How many there were.</param>
internal sealed class PartialRows(IReadOnlyList<IReadOnlyDictionary<string, object?>> kept, long count) : CelList
{
    protected override Value[] Load() =>
    [
        .. kept.Select(Border.FromPlain),
        Value.Of(CelError.At(ErrorId.ExpressionFailed, FormattableString.Invariant($"only {kept.Count} of the {count} rows were read"), 1)),
    ];
}
