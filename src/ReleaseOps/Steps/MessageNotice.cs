using ReleaseOps.Channels;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>Makes a notice of one of the runbook's messages: what is filled in is masked, and stays apart from the author's words.</summary>
internal static class MessageNotice
{
    /// <summary>Fills in a message that has a text.</summary>
    /// <param name="run">The run that sends it.</param>
    /// <param name="message">The message.</param>
    /// <param name="key">What makes it one.</param>
    /// <exception cref="ReleaseOpsException">MissingParameter, BindingFailed; NoticeRefused: it is too large.</exception>
    public static Notice Of(RunContext run, Message message, string key)
    {
        var release = run.Plan.Release;
        var text = run.Scope.Pieces(message.Text!).Where(piece => piece.Text.Length > 0)
            .Select(piece => new TextRun(run.Mask.Apply(piece.Text), piece.IsValue ? TextKind.Value : TextKind.Literal)).ToList();
        var title = message.Title is { } headline ? run.Scope.Bind(headline)
            : string.Concat(text.Select(t => t.Text)).Split('\n').FirstOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? message.Name;
        var notice = new Notice
        {
            Key = key,
            // What is about an incident is one at its service for each run; what isn't hangs together by the run.
            Thread = message.Status is null ? run.Run : $"{release.FolderName}/{run.Run}",
            Title = OutsideText.OneLine(title, run.Mask),
            Text = text,
            At = run.Clock.GetUtcNow(),
            Release = run.Mask.Apply(release.ToString()),
            Status = message.Status,
        };
        NoticeJson.Check(notice);
        return notice;
    }
}
