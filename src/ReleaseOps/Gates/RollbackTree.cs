using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>What the decision tree comes to.</summary>
/// <param name="Advice">What to do; null where no question fits, and where it can't be told.</param>
/// <param name="Text">The answer in a sentence.</param>
/// <param name="Rungs">One finding a question that was read, from the worst down: Passed fits, Failed was passed over.</param>
public sealed record RollbackAnswer(RollbackAdvice? Advice, string Text, IReadOnlyList<Finding> Rungs)
{
    /// <summary>How long there is to find out why; null where nobody said.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Why it can't be told; null where it can.</summary>
    public ErrorId? CouldNotTell { get; init; }

    /// <summary>Where a worse question can't be told: what the first that fits for certain comes to; null for none.</summary>
    public RollbackAdvice? AtLeast { get; init; }

    /// <summary>The questions for people, not answered yet, on which it depends.</summary>
    public IReadOnlyList<string> Asks { get; init; } = [];
}

/// <summary>Reads the decision tree of a rollback.</summary>
public static class RollbackTree
{
    /// <summary>
    /// Reads the questions from the worst down; the first whose answer is yes is taken. Where one before it can't be told, or a person
    /// hasn't answered it, the advice can't be told either, unless it would be the same.
    /// </summary>
    /// <param name="rungs">The questions, the worst first.</param>
    /// <param name="input">What was measured.</param>
    /// <param name="answers">People's answers by question.</param>
    public static RollbackAnswer Decide(IReadOnlyList<DecisionRung> rungs, GateInput input, IReadOnlyDictionary<string, bool> answers)
    {
        ArgumentNullException.ThrowIfNull(rungs);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(answers);
        var ladder = Ladder.Read(rungs.Select(rung => Judge(rung, input, answers)));
        var fits = ladder.Fits is { } index ? rungs[index] : null;
        // Every rung has a finding here, so that the two lists go side by side.
        var matters = ladder.Findings.Index().Any(f => f.Item.Verdict == Verdict.Inconclusive && rungs[f.Index].Then != fits?.Then);
        if (ladder.Unknown is { } unknown && matters)
        {
            var known = fits is null ? "" : $"; it is at least {Word(fits.Then)}";
            return new RollbackAnswer(null, $"what to do can't be told: {ladder.Findings[unknown].Text}{known}", ladder.Findings)
            {
                CouldNotTell = ladder.Findings[unknown].Reason ?? ErrorId.NoData,
                AtLeast = fits?.Then,
                Asks = [.. rungs.Take(ladder.Findings.Count).Select(r => r.Ask).OfType<string>().Where(ask => !answers.ContainsKey(ask))],
            };
        }
        if (fits is null)
            return new RollbackAnswer(null, "none of the questions fits", ladder.Findings);
        var deadline = fits.Within is { } time ? $", with {Durations.Format(time)} to find out why" : "";
        return new RollbackAnswer(fits.Then, $"{Word(fits.Then)}{deadline}: {ladder.Findings[^1].Text}", ladder.Findings)
        {
            Within = fits.Within,
        };
    }

    private static Finding Judge(DecisionRung rung, GateInput input, IReadOnlyDictionary<string, bool> answers)
    {
        if (rung.When is { } when)
            return GateJudge.Judge(when, input, Word(rung.Then));
        if (rung.Ask is not { } question)
            return new Finding(Word(rung.Then), Verdict.Passed, "nothing before it did");
        if (!answers.TryGetValue(question, out var yes))
        {
            return new Finding(Word(rung.Then), Verdict.Inconclusive, $"ask: {question}")
            {
                Condition = question,
                Reason = ErrorId.NobodyToAsk,
            };
        }
        return new Finding(Word(rung.Then), yes ? Verdict.Passed : Verdict.Failed, $"{question} {(yes ? "yes" : "no")}")
        {
            Condition = question,
            Observed = yes ? "yes" : "no",
        };
    }

    private static string Word(RollbackAdvice advice) => advice switch
    {
        RollbackAdvice.Rollback => "rollback",
        RollbackAdvice.Prepare => "prepare",
        _ => "monitor",
    };
}
