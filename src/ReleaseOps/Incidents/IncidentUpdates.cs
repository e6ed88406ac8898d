using System.Globalization;
using ReleaseOps.Channels;
using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Runbooks.Format;
using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>
/// What people are told of a release's incidents: what the ledger knows of them, what ought to be said now, and the messages, written and not sent.
/// </summary>
public static class IncidentUpdates
{
    /// <summary>The incidents of a release, in the order in which they were opened; takes nothing and writes nothing.</summary>
    /// <param name="plan">The plan; any part of the runbook will do.</param>
    /// <param name="options">Where the ledger is.</param>
    /// <exception cref="ReleaseOpsException">LedgerTampered, FileUnreadable.</exception>
    public static IReadOnlyList<Incident> Read(Plan plan, RunOptions options) => Known(plan, options).At(options.Clock.GetUtcNow());

    /// <summary>Writes an update of an incident, or opens one.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="request">What somebody says; the rest is filled in from what is known, and what nobody knows is missing.</param>
    /// <param name="options">Where the ledger is, and who says it.</param>
    /// <exception cref="ReleaseOpsException">
    /// UnknownIncident; BadTransition; UnknownReference: no such severity or message; BadValue; LedgerTampered, FileUnreadable.
    /// </exception>
    public static IncidentUpdate Draft(Plan plan, IncidentRequest request, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Drafted(plan, Known(plan, options), request, options, why: null);
    }

    /// <summary>
    /// What ought to be said now: of each incident that nobody announced; that got worse, came back, was verified or closed since its last update;
    /// or whose promised update is overdue. Each is filled in from what is known; nobody is asked.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">Where the ledger is, and who says it.</param>
    /// <param name="said">What somebody says of each all the same: it goes before what is known; its incident, where it names one, is the only one.</param>
    /// <exception cref="ReleaseOpsException">LedgerTampered, FileUnreadable; as <see cref="Draft"/> says of what is said.</exception>
    public static IReadOnlyList<IncidentUpdate> Due(Plan plan, RunOptions options, IncidentRequest? said = null)
    {
        var (history, now) = (Known(plan, options), options.Clock.GetUtcNow());
        return
        [
            .. from incident in history.At(now)
               let why = Why(incident)
               where why is not null && (said?.Incident is not { } only || only.Equals(incident.Id, StringComparison.OrdinalIgnoreCase))
               select Drafted(plan, history, (said ?? new()) with { Incident = incident.Id }, options, why),
        ];
    }

    /// <summary>Writes any other message of the runbook.</summary>
    /// <param name="plan">The plan; its parameters go in.</param>
    /// <param name="name">Name of the message.</param>
    /// <param name="fields">What its template is filled in with, by name.</param>
    /// <param name="options">Where the ledger is.</param>
    /// <exception cref="ReleaseOpsException">
    /// UnknownReference: no such message or field; BadValue, BindingFailed; LedgerTampered, FileUnreadable.
    /// </exception>
    public static IncidentUpdate Message(Plan plan, string name, IReadOnlyDictionary<string, string> fields, RunOptions options)
    {
        var message = UsualMessages.Of(plan.Runbook, name);
        foreach (var field in fields.Keys.Where(f => !MessageFields.Texts.Contains(f)))
            throw new ReleaseOpsException(ErrorId.UnknownReference, $"No message knows a field '{Reading.Show(field)}'.",
                Nearest.Hint(field, MessageFields.Texts) ?? $"There is: {string.Join(", ", MessageFields.Texts)}.", field);
        var (history, now) = (Known(plan, options), options.Clock.GetUtcNow());
        var next = now + message.NextUpdate;
        var known = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["when"] = MessageText.Time(now),
            ["commander"] = history.Commander,
            ["next_update"] = next is { } at ? MessageText.Time(at) : null,
            ["checks"] = IncidentFields.Checks(history.Checks),
        };
        foreach (var (field, value) in fields)
            known[field] = value;
        return Written(plan, options.EvidenceRoot, message, known, now, next, now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>A text that somebody else has made: the status of a hotfix.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="title">Its headline.</param>
    /// <param name="text">The text; all of it may come from outside.</param>
    /// <param name="options">Where the ledger is.</param>
    /// <param name="message">Name of the message whose channels it goes to; its template may speak of <c>{{title}}</c> and <c>{{text}}</c>.</param>
    /// <exception cref="ReleaseOpsException">As <see cref="Message"/> says.</exception>
    public static IncidentUpdate FromText(Plan plan, string title, string text, RunOptions options, string message = UsualMessages.Hotfix)
    {
        var written = Message(plan, message, new Dictionary<string, string> { ["title"] = title, ["text"] = text.TrimEnd() }, options);
        var headline = Probes.OutsideText.OneLine(title, SecretMask.None);
        return written with { Title = headline, Notice = written.Notice with { Title = headline } };
    }

    /// <summary>True for the name of a message that is about an incident.</summary>
    /// <param name="message">Name of a message.</param>
    public static bool IsOfIncident(string message) =>
        message is UsualMessages.Start or UsualMessages.Update or UsualMessages.Resolved or UsualMessages.Postmortem;

    /// <summary>The call to a scheduled review.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="due">When it is due, as the runbook's schedule has it: <c>T+2h</c>.</param>
    /// <param name="options">Where the ledger is.</param>
    /// <exception cref="ReleaseOpsException">UnknownReference: nothing is due then; LedgerTampered, FileUnreadable.</exception>
    public static IncidentUpdate Review(Plan plan, string due, RunOptions options)
    {
        var review = plan.Runbook.Schedule.FirstOrDefault(r => r.At.ToString() == due) ?? throw new ReleaseOpsException(
            ErrorId.UnknownReference, $"No review is due at '{Reading.Show(due)}' by the runbook '{plan.Runbook.Name}'.",
            plan.Runbook.Schedule.Count == 0 ? "It has no schedule." : $"There is: {string.Join(", ", plan.Runbook.Schedule.Select(r => r.At))}.",
            due);
        var at = Known(plan, options).T0 + review.At.FromT0;
        return Written(plan, options.EvidenceRoot, UsualMessages.Of(plan.Runbook, UsualMessages.Review), new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["due"] = due,
            ["what"] = review.What,
            ["when"] = at is { } time ? MessageText.Time(time) : null,
            ["owner"] = review.Owner,
        }, options.Clock.GetUtcNow(), null, due);
    }

    /// <summary>What the ledger of a release knows.</summary>
    /// <exception cref="ReleaseOpsException">LedgerTampered, FileUnreadable.</exception>
    internal static IncidentHistory Known(Plan plan, RunOptions options)
    {
        var folder = ReleaseRun.FolderOf(plan.Release, options);
        return File.Exists(Path.Combine(folder, FileLedger.FileName)) ? IncidentHistory.Read(FileLedger.Read(folder)) : new IncidentHistory();
    }

    private static string? Why(Incident incident) =>
        incident.News is { } news && (incident.IsOpen || incident.LastWord is { Status: not IncidentStatus.Resolved }) ? news
        : incident.IsUpdateOverdue ? $"an update was promised for {MessageText.Time(incident.NextUpdateAt!.Value)}" : null;

    private static IncidentUpdate Drafted(Plan plan, IncidentHistory history, IncidentRequest request, RunOptions options, string? why)
    {
        var now = options.Clock.GetUtcNow();
        var draft = new IncidentDraft(plan.Runbook, plan.Release, history, IncidentEvidence.Paths(plan, options), now);
        var incident = draft.Chosen(request);
        var status = IncidentDraft.StatusOf(request, incident);
        var message = UsualMessages.Of(plan.Runbook, request.Message ?? UsualMessages.For((incident?.LastUpdate ?? 0) + 1, status));
        var word = draft.Word(request, incident, message, options.Actor);
        var impact = ImpactWindow.Of(incident, word.ImpactFrom, word.ImpactTo);
        // What is over now was felt until now at most.
        impact = impact with { To = impact.To ?? (status == IncidentStatus.Resolved ? now : null) };
        var fields = IncidentFields.Of(word, impact, history.Checks);
        var about = $"{word.Severity} {word.Incident}, {plan.Release}".TrimStart();
        var written = Written(plan, options.EvidenceRoot, message, fields, now, word.NextUpdateAt, word.Incident, word.Number, about);
        var rank = plan.Runbook.Severities.ToList().FindIndex(s => s.Name == word.Severity);
        return written with
        {
            Incident = word.Incident,
            Number = word.Number,
            Status = word.Status,
            Severity = word.Severity.Length > 0 ? word.Severity : null,
            Why = why,
            Word = word,
            // What nobody has rated can't be sorted by anybody, whatever the text asks for.
            Missing = word.Severity.Length > 0 ? written.Missing : [.. written.Missing.Union(["severity"])],
            Notice = written.Notice with
            {
                Status = word.Status,
                Severity = word.Severity.Length > 0 ? word.Severity : null,
                SeverityRank = rank >= 0 ? rank : null,
                Facts = IncidentFacts(word),
            },
        };
    }

    private static IncidentUpdate Written(
        Plan plan, string root, Message message, IReadOnlyDictionary<string, object?> fields, DateTimeOffset now, DateTimeOffset? next, string thread,
        int number = 0, string? about = null)
    {
        var text = MessageText.Of(message, plan, fields);
        var title = MessageText.Title(message, plan, text, about);
        var place = about is null ? $"{plan.Release.FolderName}/{message.Name}/{thread}" : $"{plan.Release.FolderName}/{thread}";
        return new IncidentUpdate
        {
            Release = plan.Release,
            Message = message.Name,
            At = now,
            NextUpdateAt = next,
            Title = title,
            Text = MessageText.Plain(text),
            Missing = [.. text.Where(r => r.Kind == TextKind.Missing).Select(r => r.Text).Distinct(StringComparer.Ordinal)],
            Channels = message.Channels,
            Plan = plan,
            Notice = new Notice
            {
                Key = about is null ? place : string.Create(CultureInfo.InvariantCulture, $"{place}/{number}"),
                Thread = about is null ? $"{plan.Release.FolderName}/{message.Name}" : place,
                Title = title,
                Text = text,
                At = now,
                Release = plan.Release.ToString(),
                Status = message.Status,
            },
            EvidenceRoot = root,
        };
    }

    private static IReadOnlyList<NoticeFact> IncidentFacts(IncidentWord word)
    {
        (string Name, string? Value)[] facts =
        [
            ("Incident", word.Incident), ("Severity", word.Severity), ("Status", word.Status.ToString()), ("Impact", word.Impact),
            ("Scope", word.Scope), ("Owner", word.Owner), ("Escalation", word.Escalation), ("Commander", word.Commander),
            ("Next update", word.NextUpdateAt is { } next ? MessageText.Time(next) : null),
        ];
        return [.. facts.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => new NoticeFact(f.Name, f.Value!))];
    }
}
