using ReleaseOps.Incidents;

namespace ReleaseOps.Cli.Commands;

/// <summary>Asks the person at the terminal for what an update lacks; in a pipeline there is none, and nobody is asked.</summary>
internal static class MissingFields
{
    /// <summary>The request with the answers; an empty answer leaves its field missing, and one that can't be is asked for again.</summary>
    /// <exception cref="OperationCanceledException">Somebody pressed Ctrl+C.</exception>
    public static async Task<IncidentRequest> AskAsync(IncidentRequest request, IReadOnlyList<string> missing, CancellationToken cancellation)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            return request;
        // A parameter belongs to the plan, which is made.
        foreach (var field in missing.Where(f => !f.StartsWith("params.", StringComparison.Ordinal)))
            request = await AskAsync(request, field, cancellation).ConfigureAwait(false);
        return request;
    }

    private static async Task<IncidentRequest> AskAsync(IncidentRequest request, string field, CancellationToken cancellation)
    {
        while (true)
        {
            Console.Error.Write($"{field.Replace('_', ' ')}: ");
            // Console.ReadLine can't be cancelled: whoever gives up leaves the question unanswered.
            var answer = await Task.Run(Console.ReadLine, CancellationToken.None).WaitAsync(cancellation).ConfigureAwait(false);
            if (string.IsNullOrWhiteSpace(answer))
                return request;
            try
            {
                return request.With(field, answer);
            }
            catch (ReleaseOpsException error) when (error.Id == ErrorId.BadValue)
            {
                Console.Error.WriteLine($"{error.Message} {error.Remedy}");
            }
        }
    }

    /// <summary>The option that gives a field.</summary>
    public static string Option(string field) =>
        field.StartsWith("params.", StringComparison.Ordinal) ? $"--param {field["params.".Length..]}=..."
        : field == "impact_window" ? "--impact-from, --impact-to"
        : "--" + (field == "evidence" ? "validation-evidence" : field.Replace('_', '-'));
}
