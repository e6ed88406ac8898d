namespace ReleaseOps.Channels;

/// <summary>What holds for a notice at every channel.</summary>
internal static class NoticeRules
{
    /// <summary>The notice with every secret hidden: whoever reads a channel isn't who may know them.</summary>
    internal static Notice Masked(this Notice notice, SecretMask mask) => mask.IsEmpty ? notice : notice with
    {
        Title = mask.Apply(notice.Title),
        Text = [.. notice.Text.Select(run => run with { Text = mask.Apply(run.Text) })],
        Facts = [.. notice.Facts.Select(fact => fact with { Value = mask.Apply(fact.Value) })],
    };

    /// <summary>The status, at a service that has no place for a notice about no incident.</summary>
    /// <exception cref="ReleaseOpsException">NoticeRefused.</exception>
    internal static IncidentStatus NeedStatus(this Notice notice, string channel) => notice.Status
        ?? throw Refused(channel, $"{channel} takes updates of incidents only, and this message is about none",
            "Give the message a 'status', or send it to another channel.");

    /// <summary>Refuses a text that lacks something.</summary>
    /// <exception cref="ReleaseOpsException">NoticeRefused.</exception>
    internal static void NeedWhole(this Notice notice, string channel)
    {
        var missing = notice.Text.Where(run => run.Kind == TextKind.Missing).Select(run => run.Text).Distinct(StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
            throw Refused(channel, $"the message lacks {string.Join(", ", missing)}", "Give what it lacks.");
    }

    /// <summary>The error for what a channel doesn't take.</summary>
    internal static ReleaseOpsException Refused(string channel, string what, string? remedy = null) =>
        new(ErrorId.NoticeRefused, what, remedy, channel);

    /// <summary>The same as the outcome of a try.</summary>
    internal static SendOutcome Outcome(this ReleaseOpsException refusal) => new(SendState.Refused, refusal.Message);
}
