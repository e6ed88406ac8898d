using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Hotfixes;

/// <summary>Asks whoever is here what nobody has answered yet.</summary>
internal static class HotfixAnswers
{
    public static async Task<IReadOnlyDictionary<string, bool>> AskAsync(
        RunContext run, IReadOnlyList<RollbackFirstCondition> conditions, IReadOnlyDictionary<string, bool> given, CancellationToken cancellation)
    {
        if (run.Options.Attendant is null)
            return given;
        var answers = new Dictionary<string, bool>(given);
        foreach (var condition in conditions.Where(c => c.Ask is not null && !given.ContainsKey(c.Name)))
            if (await People.AskAsync(run, new Question(condition.Name, condition.Ask!, null), cancellation).ConfigureAwait(false) is { } answer)
                answers[condition.Name] = answer.Confirmed;
        return answers;
    }
}
