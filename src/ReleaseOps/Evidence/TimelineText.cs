using System.Globalization;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>
/// A plan as a page to read aloud: what is due when, who answers for it, what it is decided by, and what is started, in a few lines a phase
/// or stage. Beside it stands what belongs to the day: votes, reviews, the way back and the way up.
/// </summary>
public static class TimelineText
{
    /// <summary>Writes the page.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="clock">T-0, for clock times; null to show times against T-0 only.</param>
    public static void Write(TextWriter to, Plan plan, ReleaseClock? clock = null)
    {
        var page = new TimelinePage(to, clock);
        var book = plan.Runbook;
        page.Plain($"{book.Title} — {plan.Release}" + (clock is null ? "" : $" — T-0 is {clock.Sentence(clock.T0.UtcDateTime)}"));
        page.Columns();
        var phases = book.Phases.Where(p => plan.Phases.Contains(p.Name)).ToList();
        var reviews = new Queue<ScheduledReview>(book.Schedule.OrderBy(r => r.At.FromT0));
        foreach (var (phase, next) in phases.Zip(phases.Skip(1).Append(null)))
        {
            while (phase.At is { } at && reviews.TryPeek(out var review) && review.At.FromT0 < at.FromT0)
                Review(page, reviews.Dequeue());
            var steps = plan.Steps.Where(s => s.Phase == phase.Name).ToList();
            if (phase.Rollout is { } rollout)
                Rollout(page, book, phase, rollout, steps);
            else
                OfSteps(page, book, phase, next, steps);
        }
        foreach (var review in reviews)
            Review(page, review);
        WayBack(page, book, plan.Rollback);
        if (book.Escalation.Count > 0)
            page.Line("escalate", book.Escalation.Select(e => $"{e.Level} {e.To}"), ", ", whole: true);
        page.Flush();
    }

    private static void Review(TimelinePage page, ScheduledReview review) =>
        page.Head(review.At, null, review.What + (review.Owner is null ? "" : $" — {review.Owner}"));

    private static void OfSteps(TimelinePage page, Runbook book, Phase phase, Phase? next, List<PlannedStep> steps)
    {
        // What lies days ahead of the next phase doesn't last until then.
        var room = next?.At?.FromT0 - phase.At?.FromT0;
        page.Head(phase.At, room <= TimeSpan.FromHours(4) ? room : null, Titled(phase));
        Inside(page, book, steps);
    }

    private static void Rollout(TimelinePage page, Runbook book, Phase phase, Rollout rollout, List<PlannedStep> steps)
    {
        page.Head(phase.At, rollout.Stages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + stage.Watch), Titled(phase));
        page.Line("rules",
            [
                .. rollout.Poll is { } poll ? [$"starts when the poll {poll} is GO"] : Array.Empty<string>(),
                $"a hold waits {Durations.Format(rollout.HoldLimit)}, then {(rollout.HoldEnd == HoldEnd.Rollback ? "rollback" : "stop")}",
                .. book.Triggers.Where(t => rollout.Abort.Contains(t.Name)).GroupBy(t => t.Then)
                    .Select(g => $"{g.Key.ToString().ToLowerInvariant()} if {string.Join(" or ", g.Select(t => When(t, book.Metrics)))}"),
            ], "; ", whole: true);
        foreach (var stage in rollout.Stages)
        {
            var inside = steps.Where(s => s.Stage == stage.Name).ToList();
            if (inside.Find(s => s.Kind == "stage") is not { } head)
                continue;
            page.Head(head.DueAt, stage.Watch,
                string.Create(CultureInfo.InvariantCulture, $"{stage.Name}: {stage.Weight} % of the traffic")
                + (stage.Approval is { } role ? $" — first approved by {role}" : ""));
            if (book.Gates.FirstOrDefault(g => g.Name == stage.Gate) is { } gate)
                page.Line("gate", [GatePhrase.Of(gate, book.Metrics)], ", ", whole: true);
            Inside(page, book, inside);
        }
    }

    /// <summary>What every block has: its gates, what is looked at, what is started, who is asked.</summary>
    private static void Inside(TimelinePage page, Runbook book, List<PlannedStep> steps)
    {
        foreach (var gate in steps.Select(s => s.Step?.Work).OfType<GateWork>())
            page.Line("gate", [GatePhrase.Of(book.Gates.First(g => g.Name == gate.Gate), book.Metrics)], ", ", whole: true);
        var run = ProgramList.Of(steps);
        var asked = ProgramList.Counted(steps.Where(s => s.Kind == "confirm").Select(s => s.Role ?? "anyone"));
        var approvals = steps.Where(s => s.Approval is not null && s.Kind != "stage").Select(s => $"{s.Approval} before {s.Id}");
        var ask = approvals.Prepend(asked).Where(a => a.Length > 0).ToList();
        page.Line("check", steps.Where(IsLook).Select(s => s.Title ?? s.Id), "; ", behind: Behind("run", run) + Behind("ask", string.Join("; ", ask)));
        page.Line("run", [run], ", ");
        page.Line("ask", ask, "; ", whole: true);
        foreach (var poll in steps.Select(s => s.Step?.Work).OfType<PollWork>().Select(w => book.Polls.First(p => p.Name == w.Poll)))
            page.Line("vote", poll.Asks.Select(a => $"{a.Role}: {a.Question}"), " ", whole: true);
    }

    private static bool IsLook(PlannedStep step) =>
        step.Required && step.Kind is not ("stage" or "gate" or "poll" or "confirm" or "message");

    private static string Behind(string label, string text) => text.Length == 0 ? "" : $"{TimelinePage.Beside}{label} {text}";

    private static void WayBack(TimelinePage page, Runbook book, IReadOnlyList<PlannedStep> steps)
    {
        if (book.Rollback is not { } rollback || steps.Count == 0)
            return;
        page.Line("rollback",
            [
                .. rollback.Within is { } within ? ["within " + Durations.Format(within)] : Array.Empty<string>(),
                .. rollback.Steps.Select(s => (s.Title ?? s.Id) + (s.Approval is { } role ? $" ({role} approves)" : "")),
            ], "; ", whole: true);
        page.Line("verify", rollback.Verify.Select(s => s.Title ?? s.Id), "; ", whole: true);
        page.Line("decide", rollback.Decide.Select(r => Question(r, book.Metrics)), "; ", whole: true);
    }

    private static string Question(DecisionRung rung, IReadOnlyList<Metric> metrics)
    {
        var question = rung.When is { } when ? CriterionPhrase.Of(when.ToString(), metrics) : rung.Ask ?? "otherwise";
        return $"{question} -> {rung.Then.ToString().ToLowerInvariant()}" + (rung.Within is { } within ? $" ({Durations.Format(within)} to investigate)" : "");
    }

    private static string When(Trigger trigger, IReadOnlyList<Metric> metrics) =>
        (trigger.Step is { } step ? $"{step} fails" : CriterionPhrase.Of(trigger.When!.ToString(), metrics))
        + (trigger.For is { } span ? $" for {Durations.Format(span)}" : "")
        + (trigger.Consecutive is { } times ? $" {times} times in a row" : "");

    private static string Titled(Phase phase) => (phase.Title ?? phase.Name) + (phase.Owner is null ? "" : $" — {phase.Owner}");
}
