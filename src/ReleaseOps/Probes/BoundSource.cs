using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes;

/// <summary>A source with everything filled in, its secrets too.</summary>
/// <param name="Name">Its name in the runbook.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Address">Its URL or connection string.</param>
public sealed record BoundSource(string Name, SourceKind Kind, string Address)
{
    /// <summary>A bearer token; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>The user of basic authentication; null for none.</summary>
    public string? User { get; init; }

    /// <summary>The password; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>How long one query may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Fills in a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="scope">Parameters and secrets.</param>
    public static BoundSource Of(Source source, BindingScope scope) => new(source.Name, source.Kind, scope.Bind(source.Address))
    {
        Token = source.Token is null ? null : scope.Bind(source.Token),
        User = source.User is null ? null : scope.Bind(source.User),
        Password = source.Password is null ? null : scope.Bind(source.Password),
        Timeout = source.Timeout,
    };

    /// <summary>Without its secrets.</summary>
    public override string ToString() => $"{Name} ({Kind})";
}
