using ReleaseOps.Channels;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>
/// Sends a step's message: by each channel that is carried, and by a person for the others, who is asked when those are through.
/// <code>
/// every channel sent                     Passed
/// a channel refused it                   Failed
/// a channel couldn't be reached          Inconclusive; it waits in the outbox
/// a person says that it isn't out        Failed
/// </code>
/// </summary>
internal static class MessageSending
{
    /// <summary>Begins to send a step's message beside what else goes on; <see cref="SendAsync"/> waits for its end.</summary>
    public static void Begin(RunContext run, PlannedStep planned, Message message)
    {
        var carried = run.Notices.CarriersOf(message).Where(c => c.Channel is not null).Select(c => c.Name).ToList();
        if (carried.Count > 0)
            run.Notices.Begin(MessageNotice.Of(run, message, KeyOf(run, planned.Id)), carried);
    }

    /// <summary>Sends it to the end of one turn.</summary>
    /// <param name="run">The run.</param>
    /// <param name="planned">The step.</param>
    /// <param name="message">Its message.</param>
    /// <param name="result">The result to fill in.</param>
    /// <param name="cancellation">The operator's cancellation.</param>
    public static async Task<StepResult> SendAsync(RunContext run, PlannedStep planned, Message message, StepResult result, CancellationToken cancellation)
    {
        var carriers = run.Notices.CarriersOf(message);
        var findings = new List<Finding>();
        var said = new List<string>();
        var carried = carriers.Where(c => c.Channel is not null).Select(c => c.Name).ToList();
        if (carried.Count > 0)
        {
            var notice = MessageNotice.Of(run, message, KeyOf(run, planned.Id));
            var sent = await run.Notices.SendAsync(notice, carried, planned.Timeout, cancellation).ConfigureAwait(false);
            findings.AddRange(sent.Select(item => FindingOf(planned, item)));
            said.AddRange(findings.Select(f => f.Text));
        }
        var byHand = carriers.Where(c => c.Channel is null).ToList();
        if (byHand.Count > 0 || carriers.Count == 0)
        {
            var asked = new ConfirmLook($"Send this now, then confirm that it is out. {WorkText.Send(byHand.Select(c => c.ToString()), message, run.Scope)}", null);
            var seen = await ConfirmProbe.LookAsync(asked, run.ContextFor(planned), cancellation).ConfigureAwait(false);
            findings.AddRange(Expectations.Judge(planned, Expectations.Of(planned.Step!.Work, []), seen, run.SharedValues, run.RunbookFile)
                .Select(f => f with { Text = run.Mask.Apply(f.Text), Observed = f.Observed is null ? null : run.Mask.Apply(f.Observed) }));
            said.Add(seen.Detail);
        }
        return result with
        {
            Verdict = Verdicts.Worst(findings.Select(f => f.Verdict)),
            Findings = findings,
            Detail = string.Join("; ", said),
        };
    }

    private static Finding FindingOf(PlannedStep planned, OutboxItem item)
    {
        var detail = item.Detail.Length == 0 ? "" : $" ({item.Detail})";
        var (verdict, text, reason) = item.State switch
        {
            OutboxState.Sent => (Verdict.Passed, $"sent to {item.Channel}{detail}", (ErrorId?)null),
            OutboxState.Refused => (Verdict.Failed, $"{item.Channel} refused it{detail}", ErrorId.NoticeRefused),
            _ => (Verdict.Inconclusive, $"not sent to {item.Channel} yet{detail}; it waits in the outbox", ErrorId.NoticeWaiting),
        };
        return new Finding(planned.Id, verdict, text) { Reason = reason, Required = planned.Required };
    }

    private static string KeyOf(RunContext run, string step) => run.Run + "/" + step;
}
