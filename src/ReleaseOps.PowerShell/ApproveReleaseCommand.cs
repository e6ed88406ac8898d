using System.Management.Automation;
using ReleaseOps.Gates;
using ReleaseOps.Hotfixes;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>Casts a vote in a go/no-go poll, approves a step or a stage, or speaks on a hotfix.</summary>
/// <remarks>
/// <para>Votes and approvals bind to the runbook and its parameters: on a changed one they are void. Give the parameters of the release. A run
/// that holds the release takes them within a second; else they go into the ledger at once.</para>
/// <para>A word on a hotfix binds to the runbook, to the commit and to the one that is live: on another commit it is void. It needs no secret, and
/// only those parameters that say which release it is and what is live.</para>
/// <para>The output is the vote or the approval, as the ledger has it.</para>
/// </remarks>
/// <example>
/// <code>Approve-Release ./shop.yaml -Parameter @{ version = '1.4.0' } -Poll release -Role qa -Vote Go</code>
/// <para>Votes for the release.</para>
/// </example>
/// <example>
/// <code>Approve-Release ./shop.yaml -Parameter @{ version = '1.4.0' } -Subject deploy:full -Role decision-owner</code>
/// <para>Approves a stage, while the rollout waits for it or before it has begun.</para>
/// </example>
/// <example>
/// <code>Approve-Release aris3-hotfix -Hotfix -Role incident-owner -Step scope:frozen-rules, scope:no-new-feature</code>
/// <para>Confirms two checks of the hotfix that is checked out; without -Step it approves the hotfix. Both bind to the commit.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Approve, "Release", DefaultParameterSetName = ByPoll, SupportsShouldProcess = true)]
[OutputType(typeof(Vote), ParameterSetName = [ByPoll])]
[OutputType(typeof(Approval), ParameterSetName = [BySubject])]
[OutputType(typeof(HotfixApproval), ParameterSetName = [OfHotfix])]
public sealed class ApproveReleaseCommand : ReleaseCmdlet
{
    private const string ByPoll = "Poll";
    private const string BySubject = "Subject";
    private const string OfHotfix = "Hotfix";

    /// <summary>Name or path of the runbook.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    [Alias("Path", "PSPath", "FullName")]
    public string Name { get; set; } = "";

    /// <summary>The poll, where the runbook has several.</summary>
    [Parameter(ParameterSetName = ByPoll)]
    [ArgumentCompleter(typeof(PollCompleter))]
    public string? Poll { get; set; }

    /// <summary>What the role says: Go, NoGo or Postpone.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPoll)]
    public VoteChoice Vote { get; set; }

    /// <summary>What you add to a vote.</summary>
    [Parameter(ParameterSetName = ByPoll)]
    public string? Comment { get; set; }

    /// <summary>What is approved: a step's id, phase:stage, or hotfix.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BySubject)]
    [ArgumentCompleter(typeof(SubjectCompleter))]
    public string Subject { get; set; } = "";

    /// <summary>Speaks on the hotfix that is checked out, or on -Revision: approves it, or confirms what -Step names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfHotfix)]
    public SwitchParameter Hotfix { get; set; }

    /// <summary>Ids of the hotfix's checks that are confirmed; none to approve the hotfix.</summary>
    [Parameter(ParameterSetName = OfHotfix)]
    [ArgumentCompleter(typeof(HotfixStepCompleter))]
    public string[] Step { get; set; } = [];

    /// <summary>What is live, to compare the hotfix with; the runbook's unless told otherwise.</summary>
    [Parameter(ParameterSetName = OfHotfix)]
    [ValidateNotNullOrEmpty]
    public string? Base { get; set; }

    /// <summary>The hotfix: a branch, a tag, a commit; what is checked out unless told otherwise.</summary>
    [Parameter(ParameterSetName = OfHotfix)]
    [ValidateNotNullOrEmpty]
    public string Revision { get; set; } = "HEAD";

    /// <summary>Says no instead of yes.</summary>
    [Parameter(ParameterSetName = BySubject)]
    [Parameter(ParameterSetName = OfHotfix)]
    public SwitchParameter Refuse { get; set; }

    /// <summary>The role that you speak in.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string Role { get; set; } = "";

    /// <summary>Casts the vote, or gives the approval.</summary>
    protected override void ProcessItem()
    {
        var runbook = RunbookReader.Load(this.File(Name));
        var options = Options(this.CurrentFolder());
        if (Hotfix)
        {
            Speak(HotfixReadiness.Plan(runbook, Given), new HotfixOptions(options) { Base = Base, Revision = Revision });
            return;
        }
        var plan = Planner.Make(runbook, Given, Selection.All);
        if (ParameterSetName == ByPoll)
        {
            if (ShouldProcess(plan.Release.ToString(), $"vote {Vote} as {Role}"))
                Say(ReleaseVotes.Cast(plan, Poll, Role, Vote, Comment, options));
        }
        else if (ShouldProcess(plan.Release.ToString(), $"{(Refuse ? "refuse" : "approve")} {Subject} as {Role}"))
            Say(ReleaseVotes.Approve(plan, Subject, Role, !Refuse, options));
    }

    private void Speak(Plan plan, HotfixOptions options)
    {
        foreach (var step in Step.Length > 0 ? Step : new string?[] { null })
            if (ShouldProcess($"{plan.Release} at {Revision}", $"{(Refuse ? "refuse" : "approve")} {step ?? "the hotfix"} as {Role}"))
            {
                var said = Await((_, cancellation) => HotfixReadiness.ApproveAsync(plan, step, Role, !Refuse, options, cancellation));
                WriteVerbose(Taken(said.Delivery));
                WriteObject(said);
            }
    }

    private void Say<T>((T Said, Delivery Delivery) given)
    {
        WriteVerbose(Taken(given.Delivery));
        WriteObject(given.Said);
    }

    private static string Taken(Delivery delivery) =>
        delivery == Delivery.Recorded ? "It is in the ledger." : "The run that holds the release records it within a second.";
}
