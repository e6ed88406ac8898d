namespace ReleaseOps.Contracts.Schemas;

/// <summary>A difference between two schemas, wherever they are used; the id of the use is made of the site's prefix and the name.</summary>
/// <param name="name">The last part of its ids: <c>max-decreased</c>.</param>
/// <param name="request">Its level where the client sends it.</param>
/// <param name="response">Its level where the server sends it.</param>
/// <param name="meaning">What happened, in a few words.</param>
/// <param name="tells">Where it can happen; null for everywhere.</param>
internal sealed class SchemaRule(
    string name, ChangeLevel request, ChangeLevel response, string meaning, Func<SchemaSite, bool>? tells = null)
{
    private readonly ContractRule[] _rules = [.. SchemaSites.All.Select(s => RuleAt(s, name, request, response, meaning))];

    /// <summary>What the rule is called at each site where it can happen.</summary>
    public IEnumerable<ContractRule> Rules => _rules.Where((_, i) => tells is null || tells((SchemaSite)i));

    public string Name => name;

    /// <summary>Whether it is still told of a property that is read-only in a request (oasdiff tells it as information), and under which id.</summary>
    public ContractRule? OfReadOnly { get; init; }

    /// <summary>Likewise of a property that is write-only in a response.</summary>
    public ContractRule? OfWriteOnly { get; init; }

    public ContractRule At(SchemaSite site) => _rules[(int)site];

    private static ContractRule RuleAt(SchemaSite site, string name, ChangeLevel request, ChangeLevel response, string meaning)
    {
        var level = (site, name) switch
        {
            // A parameter that is left out means its default: what the server does with the same request changes (oasdiff: ERR).
            (SchemaSite.RequestParameter, "default-value-added" or "default-value-changed" or "default-value-removed") => ChangeLevel.Breaking,
            (SchemaSite.RequestParameterProperty or SchemaSite.RequestHeaderProperty, "type-changed") => ChangeLevel.Warning,
            _ => site.IsRequest() ? request : response,
        };
        return new(IdAt(site, name), level, $"{site.Words()}: {meaning}");
    }

    private static string IdAt(SchemaSite site, string name) => (site, name) switch
    {
        (SchemaSite.ResponseBody, "enum-value-removed") => "response-mediatype-enum-value-removed",
        (SchemaSite.RequestHeaderProperty, "became-enum") => "request-header-property-became-enum",
        (SchemaSite.RequestHeaderProperty, "became-required") => "request-header-property-became-required",
        _ => site.Prefix() + name,
    };
}
