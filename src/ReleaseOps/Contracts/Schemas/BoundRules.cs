using static ReleaseOps.ChangeLevel;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>The four rules of a bound. Bounds that are new are a warning in oasdiff: often they write down what the server always did.</summary>
internal sealed class BoundRules
{
    private BoundRules(SchemaRule decreased, SchemaRule increased, SchemaRule set, SchemaRule unset) =>
        (Decreased, Increased, Set, Unset) = (decreased, increased, set, unset);

    public SchemaRule Decreased { get; }

    public SchemaRule Increased { get; }

    public SchemaRule Set { get; }

    public SchemaRule Unset { get; }

    public IEnumerable<SchemaRule> All => [Decreased, Increased, Set, Unset];

    /// <param name="name">How ids call it: <c>max-length</c>.</param>
    /// <param name="keyword">How JSON Schema calls it: <c>maxLength</c>.</param>
    /// <param name="readOnly">Whether oasdiff tells of a tightened one of a read-only property.</param>
    public static BoundRules Upper(string name, string keyword, bool readOnly = false) => new(
        new(name + "-decreased", Breaking, Info, keyword + " is less") { OfReadOnly = OfReadOnly(readOnly, name + "-decreased", keyword) },
        new(name + "-increased", Info, Breaking, keyword + " is more"),
        new(name + "-set", Warning, Info, keyword + " is new"),
        new(name + "-unset", Info, Breaking, keyword + " is gone"));

    /// <inheritdoc cref="Upper"/>
    public static BoundRules Lower(string name, string keyword, bool readOnly = false) => new(
        new(name + "-decreased", Info, Breaking, keyword + " is less"),
        new(name + "-increased", Breaking, Info, keyword + " is more") { OfReadOnly = OfReadOnly(readOnly, name + "-increased", keyword) },
        new(name + "-set", Warning, Info, keyword + " is new"),
        new(name + "-unset", Info, Breaking, keyword + " is gone"));

    private static ContractRule? OfReadOnly(bool told, string name, string keyword) =>
        told ? new("request-read-only-property-" + name, Info, $"Read-only property of a request's body: {keyword} is tighter") : null;
}
