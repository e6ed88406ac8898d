using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Evidence;

namespace ReleaseOps.Tests.Runbooks;

/// <summary>What the built-in go-live of ARIS3 promises beside its steps.</summary>
public class Aris3GoLiveTests
{
    private static readonly string Path = System.IO.Path.Join(Golden.Root, "module/runbooks/aris3-go-live.yaml");
    private static readonly Runbook Book = RunbookReader.Load(Path);

    [Fact]
    public void It_reads_without_an_error_or_a_warning() => Assert.Empty(RunbookReader.Parse(File.ReadAllBytes(Path), Path).Problems);

    [Fact]
    public void A_service_that_is_silent_counts_against_it_and_more_than_two_looks_are_three()
    {
        var trigger = Book.Triggers.Single(t => t.Name == "unhealthy");
        var look = Book.Phases.SelectMany(p => p.Steps).Single(s => s.Id == trigger.Step);
        Assert.Equal(3, trigger.Consecutive);
        Assert.True(Assert.IsType<HttpWork>(look.Work).NoAnswerFails);
    }

    [Fact]
    public void Every_metric_says_which_way_it_gets_worse() => Assert.DoesNotContain(Book.Metrics, m => m.Worse == Worse.Either);

    [Fact]
    public void Data_is_restored_only_with_the_incident_leads_approval_and_the_way_back_is_verified()
    {
        var restore = Book.Rollback!.Steps.Single(s => s.Id == "rollback:restore");
        Assert.Equal(("incident-lead", "params.restore_data"), (restore.Approval, restore.If?.ToString()));
        Assert.Contains("approve-restore", Book.Roles.Single(r => r.Name == restore.Approval).May);
        Assert.Equal(["rollback:health", "rollback:smoke"], Book.Rollback.Verify.Select(s => s.Id));
    }

    [Fact]
    public void After_a_crash_a_person_is_asked_about_the_batches_and_the_restore() => Assert.Equal(
        ["canary:action", "rolling:action", "full:action", "rollback:restore"],
        Book.Phases.SelectMany(p => p.Rollout?.Stages ?? []).SelectMany(s => s.Steps).Concat(Book.Rollback!.Steps)
            .Where(s => s is { IsAction: true, Idempotent: false, Verify: null }).Select(s => s.Id));
}
