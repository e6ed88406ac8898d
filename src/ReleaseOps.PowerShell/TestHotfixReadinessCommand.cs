using System.Collections;
using System.Management.Automation;
using ReleaseOps.Hotfixes;

namespace ReleaseOps.PowerShell;

/// <summary>Says whether a hotfix may go out.</summary>
/// <remarks>
/// <para>Asks git what changed since the common ancestor with what is live, and holds it against the section 'hotfix' of the runbook: the
/// declared class, the rules, the names, the API's description. Then the checks run that this change needs, the approvals of this commit are
/// counted, and the conditions of going back first are answered. What can't be told is never assumed: the decision is Hold.</para>
/// <para>-WhatIf returns the plan: every check that a hotfix may need, and every rule. It starts nothing and asks git nothing.</para>
/// <para>What a person has to say is asked here, or said before by Approve-Release -Hotfix, and binds to the commit.</para>
/// <para>A hotfix that isn't ready is a result and not an error. In a script, look at Ready: if (-not $result.Ready) { exit 1 }</para>
/// </remarks>
/// <example>
/// <code>Test-HotfixReadiness aris3-hotfix -WhatIf</code>
/// <para>Shows what the built-in protocol would look at.</para>
/// </example>
/// <example>
/// <code>$answers = @{ 'critical-path' = $false; 'uncertain-cause' = $false }
/// $result = Test-HotfixReadiness aris3-hotfix -Parameter @{ previous = '0.1.0-rc.2' } -Class defect -Severity P1 -Eta 30m -Answer $answers
/// $result.Findings | Where-Object Verdict -eq Failed
/// $result.Status</code>
/// <para>Judges the branch that is checked out, shows what speaks against it, and the status message to send.</para>
/// </example>
/// <example>
/// <code>$values = @{ previous = '0.1.0-rc.2' }
/// Get-ReleaseRunbook aris3-hotfix | Test-HotfixReadiness -Parameter $values -Base v0.1.0-rc.3 -Title 'Hotfix: ARIS-12 stock totals'</code>
/// <para>Compares with the tag that is live, and judges the pull request's title, too.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "HotfixReadiness", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(HotfixResult))]
public sealed class TestHotfixReadinessCommand : RunCmdlet
{
    /// <summary>What is live, to compare with: a branch, a tag, a commit; the runbook's unless told otherwise.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Base { get; set; }

    /// <summary>The hotfix: a branch, a tag, a commit; what is checked out unless told otherwise.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Revision { get; set; } = "HEAD";

    /// <summary>What kind of change it is: one of the runbook's classes.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HotfixClassCompleter))]
    public string? Class { get; set; }

    /// <summary>The ticket; that of the branch's name unless told otherwise.</summary>
    [Parameter]
    public string? Ticket { get; set; }

    /// <summary>How bad the incident is: one of the runbook's severities.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SeverityCompleter))]
    public string? Severity { get; set; }

    /// <summary>What the customer notices, for the status message.</summary>
    [Parameter]
    public string? Impact { get; set; }

    /// <summary>What the change does in a line, for the status message.</summary>
    [Parameter]
    public string? Scope { get; set; }

    /// <summary>The title of the pull request, to have it judged.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>The tag that it is to get, to have it judged.</summary>
    [Parameter]
    public string? Tag { get; set; }

    /// <summary>How long it takes until the hotfix is out: 45m, or a TimeSpan.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? Eta { get; set; }

    /// <summary>People's answers to the conditions of going back first, by the condition's name: @{ 'critical-path' = $false }.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RollbackFirstCompleter))]
    public Hashtable? Answer { get; set; }

    /// <summary>Judges the hotfix, or shows what would be looked at.</summary>
    protected override void ProcessItem()
    {
        var plan = HotfixReadiness.Plan(LoadRunbook(), Given);
        var plain = Options(RunFolder);
        if (IsWhatIf)
        {
            ShowPlan(HotfixReadiness.DryRun(plan, plain.Actor, plain.Clock));
            return;
        }
        if (!ShouldProcess($"{plan.Release} at {Revision}", "run the checks of the hotfix"))
            return;
        RunWith(plain, plan.Runbook.Title, (options, cancellation) => HotfixReadiness.RunAsync(plan, new HotfixOptions(options)
        {
            Base = Base,
            Revision = Revision,
            Class = Class,
            Ticket = Ticket,
            Severity = Severity,
            Impact = Impact,
            Scope = Scope,
            Title = Title,
            Tag = Tag,
            Eta = Eta,
            Answers = ParameterValues.Answers(Answer),
        }, cancellation));
    }
}
