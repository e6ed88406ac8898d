namespace ReleaseOps.Help;

/// <summary>What help says about a cmdlet.</summary>
internal sealed record CmdletHelp(string Verb, string Noun)
{
    public string Name => Verb + "-" + Noun;

    /// <summary>Full name of its class.</summary>
    public required string ClassName { get; init; }

    public required string Synopsis { get; init; }

    /// <summary>Its paragraphs.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    public required IReadOnlyList<HelpExample> Examples { get; init; }

    public required bool SupportsShouldProcess { get; init; }

    /// <summary>Name of the parameter set that is taken where the arguments fit several; null where it has none.</summary>
    public required string? DefaultParameterSet { get; init; }

    public required IReadOnlyList<ParameterHelp> Parameters { get; init; }

    /// <summary>Full names of the types that it writes.</summary>
    public required IReadOnlyList<string> OutputTypes { get; init; }

    /// <summary>Names of the parameter sets, the default first; one without a name where it has none.</summary>
    public IReadOnlyList<string?> ParameterSets
    {
        get
        {
            var named = Parameters.SelectMany(p => p.Uses).Select(u => u.ParameterSet).OfType<string>().Distinct(StringComparer.Ordinal);
            return named.Any() ? [.. named.OrderBy(n => n != DefaultParameterSet)] : [null];
        }
    }
}

/// <summary>An example: a command, and what it does.</summary>
internal sealed record HelpExample(string Code, IReadOnlyList<string> Text);

/// <summary>What help says about a parameter.</summary>
internal sealed record ParameterHelp(string Name, string TypeName)
{
    public required string Description { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The values that it takes; empty where it takes others too.</summary>
    public required IReadOnlyList<string> Choices { get; init; }

    public required bool Wildcards { get; init; }

    /// <summary>How each parameter set has it; a use without a name stands for all sets.</summary>
    public required IReadOnlyList<ParameterUse> Uses { get; init; }

    public bool IsSwitch => TypeName == "SwitchParameter";

    /// <summary>How a parameter set has it; null where it doesn't.</summary>
    public ParameterUse? UseIn(string? parameterSet) => Uses.FirstOrDefault(u => u.ParameterSet is null || u.ParameterSet == parameterSet);
}

/// <summary>A parameter in one of the parameter sets, or in all of them.</summary>
internal sealed record ParameterUse(string? ParameterSet, bool Mandatory, int? Position, bool FromPipeline, bool FromPipelineByName);
