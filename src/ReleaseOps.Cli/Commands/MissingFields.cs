using ReleaseOps.Incidents;

namespace ReleaseOps.Cli.Commands;

/// <summary>Asks the person at the terminal for what an update lacks; in a pipeline there is none, and nobody is asked.</summary>
internal static class MissingFields
{
    /// <summary>The request with the answers; an empty answer leaves its field missing.</summary>
    public static IncidentRequest Ask(IncidentRequest request, IReadOnlyList<string> missing)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            return request;
        foreach (var field in missing)
        {
            Console.Error.Write($"{field.Replace('_', ' ')}: ");
            if (Console.ReadLine() is { Length: > 0 } answer)
                request = request.With(field, answer);
        }
        return request;
    }

    /// <summary>The option that gives a field.</summary>
    public static string Option(string field) =>
        field.StartsWith("params.", StringComparison.Ordinal) ? $"--param {field["params.".Length..]}=..."
        : field == "impact_window" ? "--impact-from, --impact-to"
        : "--" + (field == "evidence" ? "validation-evidence" : field.Replace('_', '-'));
}
