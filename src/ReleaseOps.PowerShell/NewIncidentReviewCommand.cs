using System.Collections;
using System.Management.Automation;
using ReleaseOps.Evidence;
using ReleaseOps.Reviews;
using ReleaseOps.Reviews.Weekly;
using ReleaseOps.Runbooks;

namespace ReleaseOps.PowerShell;

/// <summary>Reviews what an event log says of a day, or what the reviews of a week come to.</summary>
/// <remarks>
/// <para>A daily review counts the events of a day (JSON Lines), judges availability, error rate, latency and the safety floor, and holds the
/// policy's level against who is called. It writes a JSON document and a Markdown report, and returns the result. Ok says whether the required
/// items passed; Decision looks at the floor, latency targets and what couldn't be told as well, and is never better.</para>
/// <para>A weekly review reads the reviews of the trading days, the timeline of incidents, the log of interventions and the alerts that aren't
/// resolved: what failed again and again, which alerts were false or said twice, which runbook changes are open, and whether a threshold
/// should change. It writes JSON, Markdown and a page with plots. A day that isn't there is named, and never taken for a good one.</para>
/// <para>A review that ends in NoGo is a result and not an error. With -WhatIf it is made and returned, and nothing is written.</para>
/// </remarks>
/// <example>
/// <code>$review = New-IncidentReview -Day 2026-02-21 -EventLogPath data/logs/events.jsonl
/// $review.Checklist | Where-Object Passed -eq $false</code>
/// <para>Reviews a day by the built-in runbook, and shows which items failed.</para>
/// </example>
/// <example>
/// <code>New-IncidentReview -Moment PreOpen -WhatIf | Select-Object -ExpandProperty Policy</code>
/// <para>Before it opens: shows the level that is in force, and who is called, and writes nothing.</para>
/// </example>
/// <example>
/// <code>$week = New-IncidentReview -Weekly -Day 2026-02-20 -Timeline ./evidence/M31-1.0 -InterventionLog interventions.jsonl -Alerts alerts.json
/// $week.Changes | Where-Object Overdue</code>
/// <para>Reviews five trading days, and shows which runbook changes are overdue.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "IncidentReview", DefaultParameterSetName = ForDay, SupportsShouldProcess = true)]
[OutputType(typeof(DailyReviewResult), typeof(WeeklyReviewResult))]
public sealed class NewIncidentReviewCommand : EngineCmdlet
{
    private const string ForDay = "Daily";
    private const string ForWeek = "Weekly";
    private const int ActivityId = 0x5e1ea60;

    /// <summary>Name or path of the runbook; m31-slo-review, which is built in, unless told otherwise.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "m31-slo-review";

    /// <summary>A day: what is done unless told otherwise.</summary>
    [Parameter(ParameterSetName = ForDay)]
    public SwitchParameter Daily { get; set; }

    /// <summary>A week.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ForWeek)]
    public SwitchParameter Weekly { get; set; }

    /// <summary>The day, or the last day of the week; today, in the review's time zone, unless told otherwise.</summary>
    [Parameter]
    public DateTime? Day { get; set; }

    /// <summary>
    /// Event logs: JSON Lines, also .gz; wildcards allowed. In their place a connection string of a PostgreSQL database, its password in PGPASSWORD.
    /// The runbook's unless told otherwise.
    /// </summary>
    [Parameter(ParameterSetName = ForDay)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] EventLogPath { get; set; } = [];

    /// <summary>The runbook's PostgreSQL source that has the events as rows, in place of a log.</summary>
    [Parameter(ParameterSetName = ForDay)]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary>The table or view there, with ts, run_id, stage, event and payload; the runbook's unless told otherwise.</summary>
    [Parameter(ParameterSetName = ForDay)]
    [ValidateNotNullOrEmpty]
    public string? Table { get; set; }

    /// <summary>
    /// Values of the runbook's parameters, by name, that its source speaks of. Secrets don't belong here: they come from the environment.
    /// </summary>
    [Parameter(ParameterSetName = ForDay)]
    public Hashtable? Parameter { get; set; }

    /// <summary>Which moment of the day it is: PreOpen, Session or PostClose; PostClose unless told otherwise.</summary>
    [Parameter(ParameterSetName = ForDay)]
    public ReviewMomentKind Moment { get; set; } = ReviewMomentKind.PostClose;

    /// <summary>Where the policy reports are; the runbook's own place unless told otherwise.</summary>
    [Parameter(ParameterSetName = ForDay)]
    [ValidateNotNullOrEmpty]
    public string? PolicyReportPath { get; set; }

    /// <summary>Where the signoff reports are; the runbook's own place unless told otherwise.</summary>
    [Parameter(ParameterSetName = ForDay)]
    [ValidateNotNullOrEmpty]
    public string? SignoffReportPath { get; set; }

    /// <summary>The least share of runs without an error, 0 to 1; the runbook's unless told otherwise.</summary>
    [Parameter(ParameterSetName = ForDay)]
    [ValidateRange(0.0, 1.0)]
    public double? MinAvailabilityRate { get; set; }

    /// <summary>The largest share of errors among events, 0 to 1; the runbook's unless told otherwise.</summary>
    [Parameter(ParameterSetName = ForDay)]
    [ValidateRange(0.0, 1.0)]
    public double? MaxErrorRate { get; set; }

    /// <summary>Keeps an index of days beside each log, so that the next review reads its day and what is new, and no more.</summary>
    [Parameter(ParameterSetName = ForDay)]
    public SwitchParameter Index { get; set; }

    /// <summary>Where the review goes, and where those of the days are; the runbook's own place unless told otherwise.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReportPath { get; set; }

    /// <summary>Reviews of days, JSON documents; wildcards allowed. Those of the trading days in -ReportPath unless told otherwise.</summary>
    [Parameter(ParameterSetName = ForWeek)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] DailyReview { get; set; } = [];

    /// <summary>The timeline of incidents: a release's ledger or its folder, or JSON Lines with ts, incident and event.</summary>
    [Parameter(ParameterSetName = ForWeek)]
    [ValidateNotNullOrEmpty]
    public string? Timeline { get; set; }

    /// <summary>The log of interventions: JSON Lines with ts, reason, action and alert.</summary>
    [Parameter(ParameterSetName = ForWeek)]
    [ValidateNotNullOrEmpty]
    public string? InterventionLog { get; set; }

    /// <summary>The alerts that aren't resolved, as Alertmanager's /api/v2/alerts lists them.</summary>
    [Parameter(ParameterSetName = ForWeek)]
    [ValidateNotNullOrEmpty]
    public string? Alerts { get; set; }

    /// <summary>The week before, whose open changes are carried on; the newest one in -ReportPath unless told otherwise.</summary>
    [Parameter(ParameterSetName = ForWeek)]
    [ValidateNotNullOrEmpty]
    public string? Previous { get; set; }

    /// <summary>Runbook changes that are asked for, taken over or closed: a JSON list of id, title, owner, due and closed.</summary>
    [Parameter(ParameterSetName = ForWeek)]
    [ValidateNotNullOrEmpty]
    public string? Changes { get; set; }

    private DateOnly? GivenDay => Day is { } day ? DateOnly.FromDateTime(day) : null;

    /// <summary>Reviews.</summary>
    protected override void ProcessItem()
    {
        var runbook = RunbookReader.Load(this.File(Name));
        var folder = this.CurrentFolder();
        if (ParameterSetName == ForWeek)
            WriteWeek(runbook, folder);
        else
            WriteDay(runbook, folder);
    }

    private void WriteDay(Runbook runbook, string folder)
    {
        var options = new DailyReviewOptions(folder)
        {
            Day = GivenDay,
            Moment = Moment,
            EventLogs = [.. EventLogPath.SelectMany(p => DailyReviewOptions.IsDatabase(p) ? [p] : this.FullPaths(p))],
            Source = Source,
            Table = Table,
            Parameters = ParameterValues.ToText(Parameter),
            PolicyFolder = Full(PolicyReportPath),
            SignoffFolder = Full(SignoffReportPath),
            MinAvailabilityRate = MinAvailabilityRate,
            MaxErrorRate = MaxErrorRate,
            Reading = new LogReadOptions { Index = Index },
        };
        var result = Await((queue, cancellation) =>
        {
            var display = new ReadingDisplay(this, queue, ActivityId, runbook.Title);
            queue.Ended = display.End;
            return Reviews.DailyReview.RunAsync(runbook, options with { Progress = display }, cancellation);
        });
        if (ShouldProcess($"the review of {result.Day:yyyy-MM-dd}", "write it"))
            result = ReviewFiles.Write(folder, Full(ReportPath), runbook.Review!, result);
        WriteObject(result);
    }

    private void WriteWeek(Runbook runbook, string folder)
    {
        var result = WeeklyReview.Run(runbook, new WeeklyReviewOptions(folder)
        {
            Day = GivenDay,
            Days = [.. DailyReview.SelectMany(this.FullPaths)],
            Reports = Full(ReportPath),
            Timeline = Full(Timeline),
            Interventions = Full(InterventionLog),
            Alerts = Full(Alerts),
            Previous = Full(Previous),
            Changes = Full(Changes),
        });
        if (ShouldProcess($"the review of the week to {result.Day:yyyy-MM-dd}", "write it"))
            result = ReviewFiles.Write(folder, Full(ReportPath), runbook.Review!, result);
        WriteObject(result);
    }

    private string? Full(string? path) => path is null ? null : this.FullPath(path);
}
