using System.CommandLine;
using ReleaseOps.Steps;

namespace ReleaseOps.Cli.Commands;

/// <summary>What all commands have in common that send messages of a runbook.</summary>
internal sealed class SendingOptions
{
    private readonly Argument<string> _runbook = CommonOptions.Runbook();
    private readonly Option<string[]> _channels = new("--channel", "-c")
    {
        Description = "The channels: those of the runbook, or console, file, slack, teams, statuspage, pagerduty, opsgenie (default: the message's).",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the text and the exact requests, secrets masked; send and record nothing." };
    private readonly Option<string[]> _parameters = CommonOptions.Parameters();
    private readonly Option<string?> _folder = CommonOptions.Folder();
    private readonly Option<string?> _evidence = CommonOptions.Evidence();
    private readonly Option<bool> _json = CommonOptions.Json();

    public void AddRunbook(Command command) => command.Add(_runbook);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_channels, _dryRun, _parameters, _folder, _evidence, _json])
            command.Add(option);
    }

    public Plan Plan(ParseResult parsed) =>
        Planner.MakeMessages(CommonOptions.Load(parsed.GetValue(_runbook)!), CommonOptions.ParametersFrom(parsed.GetValue(_parameters)));

    public RunOptions Options(ParseResult parsed) => CommonOptions.RunWith(parsed.GetValue(_folder), parsed.GetValue(_evidence));

    /// <summary>The channels that were named; empty for none.</summary>
    public IReadOnlyList<string> Channels(ParseResult parsed) =>
        [.. (parsed.GetValue(_channels) ?? []).SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public bool DryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);
}
