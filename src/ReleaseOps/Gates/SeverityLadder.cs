using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>How bad it is.</summary>
/// <param name="Severity">The severity; null where none fits, and where it can't be told.</param>
/// <param name="Text">The answer in a sentence.</param>
/// <param name="Rungs">One finding a rung that the machine read, from the worst down: Passed fits, Failed was passed over.</param>
public sealed record SeverityAnswer(Severity? Severity, string Text, IReadOnlyList<Finding> Rungs)
{
    /// <summary>Why it can't be told; null where it can.</summary>
    public ErrorId? CouldNotTell { get; init; }

    /// <summary>
    /// Where a worse rung can't be told: the severity that fits for certain, so that it is at least as bad; null for none.
    /// </summary>
    public Severity? AtLeast { get; init; }
}

/// <summary>Reads the severity ladder.</summary>
public static class SeverityLadder
{
    /// <summary>
    /// Reads the severities from the worst down; the first whose <c>when</c> holds is the answer. Rungs without one are for people, and the
    /// machine skips them. Where a rung before it can't be told, so can't the answer.
    /// </summary>
    /// <param name="severities">The severities, the worst first.</param>
    /// <param name="input">What was measured.</param>
    public static SeverityAnswer Judge(IReadOnlyList<Severity> severities, GateInput input)
    {
        ArgumentNullException.ThrowIfNull(severities);
        ArgumentNullException.ThrowIfNull(input);
        var ladder = Ladder.Read(severities.Select(s => s.When is { } when ? GateJudge.Judge(when, input, s.Name) : null));
        var fits = ladder.Fits is { } index ? severities[index] : null;
        if (ladder.Unknown is { } unknown)
        {
            var finding = ladder.Findings.First(f => f.Subject == severities[unknown].Name);
            var known = fits is null ? "" : $"; it is at least {fits.Name}{Lasting(fits)}";
            return new SeverityAnswer(null, $"the severity can't be told: {finding.Text}{known}", ladder.Findings)
            {
                CouldNotTell = finding.Reason ?? ErrorId.NoData,
                AtLeast = fits,
            };
        }
        var people = severities.Where(s => s.When is null).Select(s => s.Name).ToList();
        var left = people.Count == 0 ? "" : $"; only people can tell {string.Join(", ", people)}";
        return fits is not null
            ? new SeverityAnswer(fits, $"{ladder.Findings[^1].Text}{Lasting(fits)}{left}", ladder.Findings)
            : new SeverityAnswer(null, $"none of the severities fits{left}", ladder.Findings);
    }

    private static string Lasting(Severity severity) => severity.For is { } time ? $", if that holds for {Durations.Format(time)}" : "";
}
