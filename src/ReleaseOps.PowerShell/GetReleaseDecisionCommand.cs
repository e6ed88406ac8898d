using System.Collections;
using System.Management.Automation;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Says whether it is go or no-go at this moment: the votes, the criteria, how bad it is, and what the rollback's decision tree advises.</summary>
/// <remarks>
/// <para>It looks, and changes nothing; a rollout may be running. The decision is the worse of the votes and of the poll's gate.</para>
/// <para>Where the decision tree asks a person, give the answer with -Answer; what nobody answered is listed in Advice.Asks.</para>
/// </remarks>
/// <example>
/// <code>Get-ReleaseDecision ./shop.yaml -Parameter @{ version = '1.4.0' }</code>
/// <para>Shows the criteria, the votes, the severity and the advice.</para>
/// </example>
/// <example>
/// <code>(Get-ReleaseDecision ./shop.yaml -Parameter @{ version = '1.4.0' } -Answer @{ 'Is data being lost?' = $false }).Advice.Text</code>
/// <para>Answers the decision tree's question for a person.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReleaseDecision", DefaultParameterSetName = ByPath)]
[OutputType(typeof(DecisionReport))]
public sealed class GetReleaseDecisionCommand : RunbookCmdlet
{
    /// <summary>The poll, where the runbook has several.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PollCompleter))]
    public string? Poll { get; set; }

    /// <summary>People's answers to the questions of the decision tree, true or false by question.</summary>
    [Parameter]
    public Hashtable? Answer { get; set; }

    /// <summary>Looks it up.</summary>
    protected override void ProcessItem()
    {
        var plan = Planner.Make(LoadRunbook(), Given, Selection.All);
        var options = new DecisionOptions(Options(this.CurrentFolder())) { Poll = Poll, Answers = ParameterValues.Answers(Answer) };
        WriteObject(Await((_, cancellation) => ReleaseDecision.DecideAsync(plan, options, cancellation)));
    }
}
