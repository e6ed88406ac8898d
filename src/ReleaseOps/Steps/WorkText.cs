using System.Buffers;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>What a piece of work would do, in one line that a person can read and, for a command, paste into a shell.</summary>
internal static class WorkText
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=@%+,^");

    /// <summary>The kind of work, as the key of the runbook names it.</summary>
    public static string Kind(StepWork work) => work switch
    {
        CommandWork => "command",
        ScriptWork => "script",
        HttpWork => "http",
        GitWork => "git",
        FileWork => "file",
        ChecksumsWork => "checksums",
        DocumentWork => "document",
        JUnitWork => "junit",
        ConfirmWork => "confirm",
        MessageWork => "message",
        SqlWork => "sql",
        AlertsWork => "alerts",
        GateWork => "gate",
        MeasureWork => "measure",
        PollWork => "poll",
        _ => throw new ReleaseOpsException(ErrorId.Internal, $"Work of kind {work.GetType().Name} has no text."),
    };

    /// <summary>The line.</summary>
    public static string Of(StepWork work, Runbook runbook, BindingScope scope) => work switch
    {
        CommandWork command => InFolder(CommandLine(command.Arguments.Select(scope.Bind)), command.Folder, scope),
        ScriptWork script => InFolder(
            script.Shell.ToString().ToLowerInvariant() + ": " + OneLine(script.Script), script.Folder, scope),
        HttpWork http => http.Method + " " + string.Join(" ", http.Urls.Select(scope.Bind)) + Shape(http, scope),
        GitWork git => "facts of the git working tree " + Quote(scope.Bind(git.Folder)),
        FileWork file => "facts of the file " + Quote(scope.Bind(file.Path)),
        ChecksumsWork sums => "checksums in " + Quote(scope.Bind(sums.Path)),
        DocumentWork document => "document " + Quote(scope.Bind(document.Path)),
        JUnitWork junit => "test results in " + Quote(scope.Bind(junit.Path)),
        ConfirmWork confirm => $"ask {confirm.By ?? "the operator"}: {scope.Bind(confirm.Statement)}",
        MessageWork message => Send(runbook, runbook.Messages.First(m => m.Name == message.Message), scope),
        SqlWork sql => $"ask {sql.Source}: {OneLine(sql.Query)}",
        AlertsWork alerts => $"alerts of {alerts.Source}"
            + (alerts.Match.Count == 0 ? "" : $" with {string.Join(", ", alerts.Match.Select(m => $"{m.Key}={scope.Bind(m.Value)}"))}"),
        GateWork gate => $"gate {gate.Gate}: {string.Join("; ", runbook.Gates.First(g => g.Name == gate.Gate).Criteria)}",
        MeasureWork measure => $"measure {(measure.Metrics.Count == 0 ? "all metrics" : string.Join(", ", measure.Metrics))} for "
            + $"{Durations.Format(measure.Duration)}, every {Durations.Format(measure.Interval)}, into {Quote(scope.Bind(measure.Path))}",
        PollWork poll => Poll(runbook.Polls.First(p => p.Name == poll.Poll)),
        _ => "",
    };

    private static string Shape(HttpWork http, BindingScope scope) => (http.Schema, http.Contract) switch
    {
        ({ } schema, _) => "   (body by the schema " + Quote(scope.Bind(schema)) + ")",
        (_, { } contract) => "   (body by the contract " + Quote(scope.Bind(contract)) + ")",
        _ => "",
    };

    private static string Poll(Poll poll) =>
        $"poll {poll.Name} (quorum {poll.Quorum} of {poll.Asks.Count}): {string.Join(" ", poll.Asks.Select(a => $"{a.Role}: {a.Question}"))}";

    /// <summary>A command line for POSIX shells: each argument quoted where it has to be.</summary>
    public static string CommandLine(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote));

    private static string Quote(string argument)
    {
        // A missing parameter shows as <name>: quoting it would only make the plan harder to read.
        if (argument.Length > 0 && argument.AsSpan().IndexOfAnyExcept(Plain) < 0 || IsPlaceholder(argument))
            return argument;
        return "'" + argument.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
    }

    private static bool IsPlaceholder(string argument)
    {
        var bare = argument.Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal);
        return bare.Length > 0 && bare.AsSpan().IndexOfAnyExcept(Plain) < 0;
    }

    /// <summary>What a message says, and to whom; a channel that nobody defined is a person's to carry.</summary>
    private static string Send(Runbook runbook, Message message, BindingScope scope) =>
        Send(message.Channels.Select(name => ChannelDefaults.Find(runbook, name) is null ? name + " (by a person)" : name), message, scope);

    /// <summary>What a message says, and to whom.</summary>
    public static string Send(IEnumerable<string> channels, Message message, BindingScope scope) =>
        $"send to {(string.Join(", ", channels) is { Length: > 0 } names ? names : "people")}: {(message.Text is null ? message.Template : scope.Bind(message.Text))}";

    private static string InFolder(string line, Template? folder, BindingScope scope) =>
        folder is null ? line : $"{line}   (in {Quote(scope.Bind(folder))})";

    private static string OneLine(string script) =>
        string.Join("; ", script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
