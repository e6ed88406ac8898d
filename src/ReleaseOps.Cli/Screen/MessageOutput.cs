using System.CommandLine;
using System.Globalization;
using ReleaseOps.Channels;
using ReleaseOps.Cli.Commands;
using ReleaseOps.Evidence;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Screen;

/// <summary>Shows messages, or sends them and shows what came of it.</summary>
internal static class MessageOutput
{
    /// <summary>Where the channel 'console' writes.</summary>
    public static Action<string> Show(bool json) => text => (json ? Console.Error : Console.Out).WriteLine(text);

    /// <summary>Previews or sends; the exit code.</summary>
    /// <exception cref="ReleaseOpsException">MissingField, and what sending may throw.</exception>
    public static async Task<int> FinishAsync(
        IReadOnlyList<IncidentUpdate> updates, Plan plan, RunOptions options, SendingOptions sending, ParseResult parsed, CancellationToken cancellation)
    {
        var (json, outgoing) = (sending.Json(parsed), updates.Select(u => u.To(sending.Channels(parsed))).ToList());
        if (sending.DryRun(parsed))
        {
            var requests = outgoing.SelectMany(o => Notices.Preview(plan, o, options)).ToList();
            if (json)
                Console.Out.Write(IncidentJson.Text(updates, requests));
            else
                Preview(updates, outgoing, requests);
            return ExitCode.Go;
        }
        // One that lacks something keeps no other from going out.
        if (updates.Where(u => u.Missing.Count > 0).ToList() is { Count: > 0 } lacking)
        {
            if (updates.Where(u => u.Missing.Count == 0).ToList() is { Count: > 0 } whole)
                await FinishAsync(whole, plan, options, sending, parsed, cancellation).ConfigureAwait(false);
            throw Lacking(lacking);
        }
        foreach (var (update, to) in updates.Zip(outgoing))
            if (!json && !to.Channels.Contains("console"))
                Console.Out.WriteLine(Text(update));
        var deliveries = outgoing.Count == 0 ? []
            : await SendingAsync(plan, options, () => Notices.SendAsync(plan, outgoing, options, Show(json), told: null, cancellation)).ConfigureAwait(false);
        if (json)
            Console.Out.Write(IncidentJson.Text(updates, deliveries));
        else
            Carry(updates, sending.Channels(parsed));
        return Finish(deliveries, json, updates.Count == 0 ? "Nothing is due." : null, written: json);
    }

    private static ReleaseOpsException Lacking(List<IncidentUpdate> updates) => new(
        ErrorId.MissingField,
        string.Join(" ", updates.Select(u => $"{u.Message}{(u.Why is null ? "" : $" of {u.Incident}")} lacks {string.Join(", ", u.Missing)}.")),
        updates[0] is { Why: not null } due
            ? $"Nobody is asked for it here: releaseops incident update --incident {due.Incident} {string.Join(" ", due.Missing.Select(m => MissingFields.Option(m) + " ..."))}"
            : $"Give {string.Join(", ", updates[0].Missing.Select(MissingFields.Option))}; --dry-run shows the text.",
        updates[0].Missing[0]);

    /// <summary>Sends; where somebody ends it, what is left says so.</summary>
    public static async Task<IReadOnlyList<NoticeDelivery>> SendingAsync(Plan plan, RunOptions options, Func<Task<IReadOnlyList<NoticeDelivery>>> send)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            foreach (var delivery in Notices.Waiting(plan, options).Where(d => d.State == NoticeState.Waiting))
                Console.Error.WriteLine(Line(delivery));
            Console.Error.WriteLine("Cut short. What waits goes out by: releaseops incident retry");
            throw;
        }
    }

    /// <summary>Shows what came of sending; the exit code: 1 where a service refused, 3 where something waits.</summary>
    public static int Finish(IReadOnlyList<NoticeDelivery> deliveries, bool json, string? nothing, bool written = false)
    {
        if (json && !written)
            Console.Out.Write(IncidentJson.Text(updates: [], deliveries));
        else if (!json && deliveries.Count == 0 && nothing is not null)
            Console.Out.WriteLine(nothing);
        else if (!json)
            foreach (var delivery in deliveries)
                Console.Out.WriteLine(Line(delivery));
        return deliveries.Any(d => d.State == NoticeState.Refused) ? ExitCode.NoGo : deliveries.Any(d => d.State == NoticeState.Waiting) ? ExitCode.Hold : ExitCode.Go;
    }

    /// <summary>A table of incidents, and what waits.</summary>
    public static void Write(TextWriter to, IReadOnlyList<Incident> incidents, IReadOnlyList<NoticeDelivery> waiting)
    {
        if (incidents.Count == 0)
            to.WriteLine("No incidents.");
        foreach (var incident in incidents)
        {
            var next = incident.NextUpdateAt is { } at && incident.Status != IncidentStatus.Resolved
                ? $", next update {(incident.IsUpdateOverdue ? "OVERDUE since" : "by")} {Time(at)}" : "";
            to.WriteLine(OneLine.Of($"{incident.Id}  {incident.Severity ?? "?"}  {incident.Status}  since {Time(incident.OpenedAt)}{next}  {incident.Text}"));
        }
        foreach (var delivery in waiting)
            to.WriteLine(Line(delivery));
    }

    private static void Preview(IReadOnlyList<IncidentUpdate> updates, List<Outgoing> outgoing, List<ChannelRequest> requests)
    {
        foreach (var update in updates)
        {
            Console.Out.WriteLine(Text(update));
            if (update.Missing.Count > 0)
                Console.Out.WriteLine($"Missing: {string.Join(", ", update.Missing.Select(MissingFields.Option))}\n");
        }
        foreach (var request in requests)
        {
            Console.Out.WriteLine(OneLine.Of($"--- {request.Channel}: {request.Method} {request.Target}"));
            foreach (var (name, value) in request.Headers)
                Console.Out.WriteLine(OneLine.Of($"{name}: {value}"));
            Console.Out.WriteLine(Lines(request.Body) + "\n");
        }
        Carry(updates, outgoing.SelectMany(o => o.Channels).ToList());
        Console.Out.WriteLine(updates.Count == 0 ? "Nothing is due." : "Nothing was sent, and nothing recorded.");
    }

    private static void Carry(IReadOnlyList<IncidentUpdate> updates, IReadOnlyList<string> named)
    {
        foreach (var channel in named.Count > 0 ? [] : updates.SelectMany(u => u.Uncarried).Distinct())
            Console.Out.WriteLine($"No channel carries '{channel}': post it there yourself, or add it under 'channels' of the runbook.");
    }

    private static string Line(NoticeDelivery delivery) => OneLine.Of(
        $"{delivery.State switch { NoticeState.Sent => "sent", NoticeState.Refused => "REFUSED", _ => "WAITS" }}  {delivery.Channel}  {delivery.Title}  ({delivery.Detail})");

    private static string Text(IncidentUpdate update) => Lines(update.Text) + "\n";

    private static string Lines(string text) => string.Join('\n', text.TrimEnd().Split('\n').Select(line => OneLine.Of(line)));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
