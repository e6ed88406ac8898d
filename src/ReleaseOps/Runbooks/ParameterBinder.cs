using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Runbooks;

/// <summary>Gives a runbook's parameters their values.</summary>
public static class ParameterBinder
{
    /// <summary>The parameter that names the release's version.</summary>
    public const string Version = "version";

    /// <summary>
    /// Takes what was given, or else the default, of each parameter. It doesn't mind missing ones: see
    /// <see cref="BoundParameters.RequireAll"/>.
    /// </summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="given">What was given, as text, by name.</param>
    /// <exception cref="ReleaseOpsException">
    /// UnknownParameter, ParameterType, ParameterPattern (also for a value that isn't one of the choices): the first of them; the message
    /// names all.
    /// </exception>
    public static BoundParameters Bind(Runbook runbook, IReadOnlyDictionary<string, string> given)
    {
        var faults = new List<(ErrorId Id, string Name, string Message)>();
        foreach (var name in given.Keys.Where(name => !runbook.Parameters.Any(p => p.Name == name)).Order(StringComparer.Ordinal))
        {
            var hint = Nearest.Hint(name, runbook.Parameters.Select(p => p.Name));
            faults.Add((ErrorId.UnknownParameter, name,
                $"'{runbook.Name}' has no parameter '{Reading.Show(name)}'" + (hint is null ? "" : "; " + hint)));
        }
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var missing = new List<Parameter>();
        foreach (var parameter in runbook.Parameters)
        {
            if ((given.GetValueOrDefault(parameter.Name) ?? parameter.Default) is not { } text)
                missing.Add(parameter);
            else if (ParameterValue.TryRead(parameter, text, out var value, out var misfit))
                values.Add(parameter.Name, value);
            else
                faults.Add((misfit!.Id, parameter.Name, $"parameter '{parameter.Name}': '{Reading.Show(text)}' {misfit.Message}"));
        }
        if (faults.Count > 0)
            throw new ReleaseOpsException(faults[0].Id, string.Join(Environment.NewLine, faults.Select(f => f.Message)),
                "Correct the values; Get-ReleaseRunbook and `releaseops runbook list` show what each parameter takes.", faults[0].Name);
        return new BoundParameters(values, [.. missing.Select(p => p.Name)], [.. missing.Where(p => p.Required).Select(p => p.Name)]);
    }

    /// <summary>
    /// The release that these values make of the runbook: its product, and the parameter <c>version</c>, or <c>unversioned</c>.
    /// </summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="parameters">The values.</param>
    public static Release ReleaseOf(Runbook runbook, BoundParameters parameters) =>
        new(runbook.Product, parameters.Values.ContainsKey(Version) ? parameters.Text(Version) : "unversioned");
}
