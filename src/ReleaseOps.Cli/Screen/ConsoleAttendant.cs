using ReleaseOps.Evidence;
using ReleaseOps.Probes;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Screen;

/// <summary>Asks the person at the terminal. In a pipeline there is none, and nobody is asked.</summary>
internal sealed class ConsoleAttendant : IAttendant
{
    private readonly LiveScreen _screen;

    private ConsoleAttendant(LiveScreen screen) => _screen = screen;

    public static ConsoleAttendant? IfSomebodyIsThere(LiveScreen screen) => SomebodyIsThere ? new ConsoleAttendant(screen) : null;

    private static bool SomebodyIsThere => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>Asks about each step that changes something; the ids of those that got a no.</summary>
    public static HashSet<string> AskEach(Plan plan)
    {
        MustBeThere();
        return [.. plan.Steps.Where(s => s.IsAction && !Yes($"{s.Id} changes {s.Changes}: {s.Does}\nDo it? [y/N] ")).Select(s => s.Id)];
    }

    /// <summary>Shows a plan and asks whether it shall be begun.</summary>
    public static bool AskOnce(RunResult planned)
    {
        MustBeThere();
        PlanText.Write(Console.Error, planned);
        return Yes("Begin it? [y/N] ");
    }

    public async Task<Attestation?> AskAsync(Question question, CancellationToken cancellation)
    {
        using var pause = _screen.Pause();
        var role = question.Role is null ? "" : $" (as {question.Role})";
        // Console.ReadLine can't be cancelled: when the run is, the question is simply left unanswered.
        var answer = await Task.Run(() => Yes($"\n{OneLine.Of(question.Statement)}\nDo you confirm this{role}? [y/N] "), CancellationToken.None)
            .WaitAsync(cancellation).ConfigureAwait(false);
        return new Attestation(answer, Environment.UserName, question.Role, DateTimeOffset.UtcNow);
    }

    private static void MustBeThere()
    {
        if (!SomebodyIsThere)
            throw new ReleaseOpsException(ErrorId.Usage, "--confirm needs a terminal to ask in.", "Leave it out in a pipeline.", "--confirm");
    }

    private static bool Yes(string prompt)
    {
        Console.Error.Write(prompt);
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes" or "Yes" or "YES";
    }
}
