using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>
/// Sends the messages that go out by themselves as a rollout comes to a moment of theirs (<c>on:</c>). They are queued at that moment and
/// sent beside the rollout, which waits for none; each goes out once a moment, however often the run is resumed.
/// </summary>
internal sealed class RolloutMoments(ReleaseRun run)
{
    /// <summary>How long the end of a run waits for what is still being sent.</summary>
    public static readonly TimeSpan AtTheEnd = TimeSpan.FromSeconds(10);

    /// <summary>Says that a moment has come.</summary>
    /// <param name="moment">The moment, with its stage where it has one.</param>
    public void Tell(RolloutMoment moment)
    {
        foreach (var message in run.Context.Plan.Runbook.Messages.Where(m => m.Text is not null && m.On.Any(on => IsIt(on, moment))))
            Begin(message, $"{run.History.Run}/on/{moment}/{message.Name}");
    }

    private void Begin(Message message, string key)
    {
        var context = run.Context;
        try
        {
            // Queued in an earlier part of the run: only what didn't arrive goes on its way again.
            if (context.Notices.Queued(key) is { } queued)
            {
                if (queued.Channels.Count > 0)
                    context.Notices.BeginAndTell(queued.Notice, queued.Channels);
                return;
            }
            var carriers = context.Notices.CarriersOf(message);
            context.Notices.BeginAndTell(MessageNotice.Of(context, message, key), [.. carriers.Where(c => c.Channel is not null).Select(c => c.Name)]);
            var byHand = carriers.Where(c => c.Channel is null).Select(c => c.ToString()).ToList();
            if (byHand.Count > 0 || carriers.Count == 0)
                context.Report(new RunNoted(context.Mask.Apply("A person must send this. " + WorkText.Send(byHand, message, context.Scope))));
        }
        catch (ReleaseOpsException error) when (error.Id is not (ErrorId.LedgerLost or ErrorId.LedgerUnwritable or ErrorId.DiskFull))
        {
            context.Report(new RunNoted(context.Mask.Apply($"The message '{message.Name}' could not be made: {error.Message}")));
        }
    }

    private static bool IsIt(RolloutMoment on, RolloutMoment moment) => on.Kind == moment.Kind && (on.Stage is null || on.Stage == moment.Stage);
}
