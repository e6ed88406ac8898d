using System.Runtime.Versioning;

namespace ReleaseOps.Tests.Runbooks.Tars;

/// <summary>GA day, run for real against programs and services that stand in for production.</summary>
[UnsupportedOSPlatform("windows")]
public class TarsGaDayRunTests
{
    [Theory]
    [InlineData("readiness")]
    [InlineData("artifacts")]
    [InlineData("preparation")]
    [InlineData("checks")]
    [InlineData("migrations")]
    [InlineData("canary-1")]
    [InlineData("canary-10")]
    [InlineData("canary-25")]
    [InlineData("canary-50")]
    [InlineData("canary-100")]
    [InlineData("post-deployment")]
    [InlineData("validation")]
    [InlineData("slo")]
    [InlineData("hotfixes")]
    public async Task When_everything_answers_well_every_step_passes(string part)
    {
        await using var production = new TarsStandIn();
        var result = await production.RunAsync(part, new() { ["load_test"] = "true" });
        Assert.All(result.Steps, s => Assert.True(s.Verdict == Verdict.Passed, $"{s.Id}: {s.Verdict}, {s.Detail}"));
        Assert.Equal(Decision.Go, result.Decision);
    }

    [Fact]
    public async Task The_day_ends_with_the_canary_gone_and_everybody_told()
    {
        await using var production = new TarsStandIn();
        production.Answer("kubectl get pods -n tars-production -l deployment=canary", """{"items": []}""");
        var result = await production.RunAsync("close");
        Assert.All(result.Steps, s => Assert.True(s.Verdict == Verdict.Passed, $"{s.Id}: {s.Verdict}, {s.Detail}"));
        Assert.Equal(2, production.Posts.Count(p => p.Contains("GA Deployment Complete", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_way_back_takes_the_canary_away_rolls_back_and_looks_whether_it_worked()
    {
        await using var production = new TarsStandIn();
        production.Answer("gh run list", """[{"databaseId": 71, "status": "completed"}]""");
        var result = await production.RunAsync("rollback");
        var by = result.Steps.ToDictionary(s => s.Id, s => s.Verdict);
        Assert.Equal(["rollback:indexes"], by.Where(s => s.Value != Verdict.Passed).Select(s => s.Key));
        Assert.Contains("helm rollback tars 0 -n tars-production --wait --timeout=3m", production.Calls);
        Assert.True(Array.FindIndex(production.Calls, c => c.StartsWith("kubectl delete deployment tars-canary ", StringComparison.Ordinal))
            < Array.FindIndex(production.Calls, c => c.StartsWith("helm ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_pipeline_that_goes_on_is_seen_on_the_way_back()
    {
        await using var production = new TarsStandIn();
        var result = await production.RunAsync("rollback");
        Assert.Equal(["rollback:pipeline"], result.Steps.Where(s => s.Verdict == Verdict.Failed).Select(s => s.Id));
    }

    [Fact]
    public async Task When_nobody_says_yes_no_part_of_the_readiness_passes_for_them()
    {
        await using var production = new TarsStandIn();
        var result = await production.RunAsync("readiness", person: false);
        Assert.Equal(Decision.NoGo, result.Decision);
        Assert.All(result.Steps.Where(s => TarsGaDay.StepOf(s.Id).Work is ReleaseOps.Runbooks.ConfirmWork), s => Assert.Equal(Verdict.Failed, s.Verdict));
    }

    [Fact]
    public async Task The_pipeline_is_started_with_the_documents_fields()
    {
        await using var production = new TarsStandIn();
        await production.RunAsync("canary-1");
        Assert.Contains("gh workflow run production_deploy_pipeline.yaml --ref release/v1.0.1 --field deployment_strategy=canary "
            + "--field canary_stages=1,10,25,50,100 --field stage_duration_minutes=10 --field enable_feature_flags=true --field notify_pagerduty=true",
            production.Calls);
    }

    [Fact]
    public async Task The_canarys_ingress_is_asked_for_the_real_site()
    {
        await using var production = new TarsStandIn();
        await production.RunAsync("canary-1");
        Assert.Contains("\r\nHost: tars.ai\r\n", Assert.Single(production.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Tokens_go_where_they_belong_and_into_no_argument()
    {
        await using var production = new TarsStandIn();
        await production.RunAsync("preparation");
        Assert.Contains("\r\nAuthorization: OAuth the-secret-STATUSPAGE_TOKEN\r\n", Assert.Single(production.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain(production.Calls, c => c.Contains("the-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redis_without_a_limit_of_its_own_is_judged_by_its_pods()
    {
        await using var production = new TarsStandIn();
        production.Answer("redis-cli INFO memory", Recorded.Redis(79, 0));
        Assert.Equal(Verdict.Inconclusive, (await production.RunAsync("checks")).Steps.Single(s => s.Id == "redis:memory").Verdict);
        Assert.Equal(Decision.Go, (await production.RunAsync("checks", new() { ["redis_limit_mb"] = "100" })).Decision);
    }

    public static TheoryData<string, string, string, string, Verdict> Broken { get; } = new()
    {
        // T-24h
        { "readiness", "staging:validation", "reports/staging.xml", Recorded.JUnit(199), Verdict.Failed },
        { "readiness", "staging:validation", "reports/staging.xml", Recorded.JUnit(200, failed: 1), Verdict.Failed },
        { "artifacts", "artifacts:checksums", "release/v1_0_1/tars-1.0.1.tgz", "another chart", Verdict.Failed },
        { "artifacts", "artifacts:checksums", "release/v1_0_1/SHA256SUMS", $"{new string('0', 64)}  tars-1.0.1.tgz\n", Verdict.Failed },
        { "artifacts", "artifacts:manifest", "release/v1_0_1/manifest.production.json", Recorded.Manifest("1.0.1", 4), Verdict.Failed },
        { "artifacts", "artifacts:manifest", "release/v1_0_1/manifest.production.json", Recorded.Manifest("1.0.0", 5), Verdict.Failed },
        { "artifacts", "artifacts:image-insight-engine", "manifest inspect ghcr.io/acme/tars-insight-engine:v1.0.1", "", Verdict.Inconclusive },
        { "artifacts", "artifacts:migration-indexes", "release/v1_0_1/migrations/v1_0_1_add_indexes.sql", "", Verdict.Failed },
        // T-60m
        { "preparation", "baseline:deployments", "kubectl get deployments", Recorded.Deployments(3, 2), Verdict.Failed },
        { "preparation", "go-no-go:staging", "reports/staging.xml", Recorded.JUnit(200, failed: 1), Verdict.Failed },
        { "preparation", "status-page:scheduled", "POST /v1/pages/page1/incidents", "401 {}", Verdict.Failed },
        // T-30m
        { "checks", "cluster:nodes-ready", "kubectl get nodes", Recorded.Nodes("False"), Verdict.Failed },
        { "checks", "cluster:nodes-ready", "kubectl get nodes", Recorded.Nodes("Unknown"), Verdict.Failed },
        { "checks", "cluster:nodes-ready", "kubectl get nodes", """{"items": []}""", Verdict.Failed },
        { "checks", "cluster:node-resources", "kubectl describe nodes", Recorded.Describe(81, 30), Verdict.Failed },
        { "checks", "cluster:node-resources", "kubectl describe nodes", Recorded.Describe(80, 30), Verdict.Failed },
        { "checks", "cluster:node-resources", "kubectl describe nodes", Recorded.Describe(30, 100), Verdict.Failed },
        { "checks", "cluster:node-resources", "kubectl describe nodes", "", Verdict.Failed },
        { "checks", "cluster:namespace", "kubectl get ns tars-production", """{"status": {"phase": "Terminating"}}""", Verdict.Failed },
        { "checks", "database:version", "SELECT version();", "", Verdict.Failed },
        { "checks", "database:connections", "SELECT count(*) FROM pg_stat_activity; -c SHOW max_connections;", "100\n100\n", Verdict.Failed },
        { "checks", "database:connections", "SELECT count(*) FROM pg_stat_activity; -c SHOW max_connections;", "12\n", Verdict.Inconclusive },
        { "checks", "database:replication", "pg_is_in_recovery()", "t|0/3000060\n", Verdict.Failed },
        { "checks", "redis:ping", "redis-cli ping", "LOADING Redis is loading the dataset in memory\n", Verdict.Failed },
        { "checks", "redis:ping", "redis-cli ping", "", Verdict.Failed },
        { "checks", "redis:memory", "redis-cli INFO memory", Recorded.Redis(80, 100), Verdict.Failed },
        { "checks", "backup:cronjob", "kubectl get cronjob -n tars-production tars-postgres-backup -o json", """{"spec": {"suspend": true}}""", Verdict.Failed },
        { "checks", "backup:last-24h", "kubectl get cronjob -n tars-production tars-postgres-backup -o jsonpath={.status.lastSuccessfulTime}", Recorded.Ago(TimeSpan.FromHours(25)), Verdict.Failed },
        { "checks", "backup:last-24h", "kubectl get cronjob -n tars-production tars-postgres-backup -o jsonpath={.status.lastSuccessfulTime}", "", Verdict.Inconclusive },
        // Stage 0
        { "migrations", "migrations:indexes", "SELECT indexname, tablename", "idx_missions_status_created|missions\nidx_traces_span_id|traces\n", Verdict.Failed },
        { "migrations", "migrations:responsive", "timing on", "1234\nTime: 100.1 ms\n", Verdict.Failed },
        { "migrations", "migrations:connections", "SELECT count(*) FROM pg_stat_activity; -c SHOW max_connections;", "100\n100\n", Verdict.Failed },
        // Stages 1 to 6
        { "canary-1", "canary-1:pipeline-runs", "gh run list", """[{"databaseId": 71, "status": "completed"}]""", Verdict.Failed },
        { "canary-1", "canary-1:pods", "kubectl get pods -n tars-production -l deployment=canary", Recorded.Pods(("Running", 1)), Verdict.Failed },
        { "canary-1", "canary-1:pods", "kubectl get pods -n tars-production -l deployment=canary", Recorded.Pods(("Pending", 0)), Verdict.Failed },
        { "canary-1", "canary-1:pods", "kubectl get pods -n tars-production -l deployment=canary", """{"items": []}""", Verdict.Failed },
        { "canary-1", "canary-1:memory", "kubectl top pod -n tars-production -l deployment=canary --no-headers", "a 1m 100Mi\nb 1m 2385Mi\n", Verdict.Failed },
        { "canary-1", "canary-1:memory", "kubectl top pod -n tars-production -l deployment=canary --no-headers", "a 1m 2Gi\n", Verdict.Inconclusive },
        { "canary-1", "canary-1:memory", "kubectl top pod -n tars-production -l deployment=canary --no-headers", "", Verdict.Inconclusive },
        { "canary-1", "canary-1:health", "curl -fsS http://localhost:8080/health", """{"status": "degraded"}""", Verdict.Failed },
        { "canary-1", "canary-1:websocket", "api/v1/websocket/stats", """{"reconnection_enabled": false, "max_retries": 5}""", Verdict.Failed },
        { "canary-1", "canary-1:grafana", "GET /grafana/d/tars-evaluation", "502 {}", Verdict.Failed },
        { "canary-10", "canary-10:websocket", "release/v1_0_1/ga_monitoring_scripts/websocket_health_10pct.json", Recorded.WebSocket(99.9), Verdict.Failed },
        { "canary-10", "canary-10:missions", "api/v1/missions", "0.050", Verdict.Failed },
        { "canary-10", "canary-10:traces", "api/v1/traces/recent", """{"traces": [{"trace_id": "a1"}]}""", Verdict.Failed },
        { "canary-10", "canary-10:ppo-memory", "-l deployment=canary,agent_type=ppo", "p 1m 1431Mi\n", Verdict.Failed },
        { "canary-25", "canary-25:validation-count", "reports/canary.xml", Recorded.JUnit(49), Verdict.Failed },
        { "canary-25", "canary-25:validation-count", "reports/canary.xml", Recorded.JUnit(49, skipped: 1), Verdict.Failed },
        { "canary-50", "canary-50:nodes", "kubectl top nodes", "node-1   1520m   38%   9800Mi   80%\n", Verdict.Failed },
        { "canary-50", "canary-50:nodes", "kubectl top nodes", "node-1   <unknown>   <unknown>   <unknown>   <unknown>\n", Verdict.Failed },
        { "canary-100", "canary-100:pods", "kubectl get pods -n tars-production -o json", Recorded.CrashLooping, Verdict.Failed },
        { "canary-100", "canary-100:replicas", "kubectl get deployments", Recorded.Deployments(3, 2), Verdict.Failed },
        { "canary-100", "canary-100:validation-count", "reports/ga.xml", Recorded.JUnit(199), Verdict.Failed },
        { "post-deployment", "post-deployment:trace-columns", "information_schema.columns", "trace_id\n", Verdict.Failed },
        // T+60m to T+90m
        { "validation", "health:deployments", "kubectl get deployments", Recorded.Deployments(3, 2), Verdict.Failed },
        { "validation", "health:pods", "kubectl get pods -n tars-production -o json", Recorded.Pods(("Running", 1)), Verdict.Failed },
        { "validation", "health:external", "GET /health", "503 {}", Verdict.Failed },
        { "validation", "health:database", "WHERE state='active';", "50\n", Verdict.Failed },
        { "validation", "health:monitoring", "GET /prometheus/-/healthy", "503 {}", Verdict.Failed },
        { "slo", "slo:websocket-uptime", "release/v1_0_1/ga_monitoring_scripts/websocket_health_ga.json", Recorded.WebSocket(99.8), Verdict.Failed },
        { "hotfixes", "hotfix:suite-count", "reports/hotfix.xml", Recorded.JUnit(24), Verdict.Failed },
        { "hotfixes", "hotfix:TARS-1001", "release/v1_0_1/ga_monitoring_scripts/websocket_health_ga.json", Recorded.WebSocket(99.8), Verdict.Failed },
        { "hotfixes", "hotfix:TARS-1002", "GET /grafana/d/tars-agents", "500 {}", Verdict.Failed },
        { "hotfixes", "hotfix:TARS-1003", "EXPLAIN", Recorded.Explained("missions_pkey", 12), Verdict.Failed },
        { "hotfixes", "hotfix:TARS-1003", "EXPLAIN", Recorded.Explained("idx_missions_status_created", 50), Verdict.Failed },
        { "hotfixes", "hotfix:TARS-1004", "GET /api/v1/traces/stats", """200 {"coverage_pct": 99.9}""", Verdict.Failed },
        { "hotfixes", "hotfix:TARS-1005", "-l agent_type=ppo", "p 1m 1431Mi\n", Verdict.Failed },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_broken_stops_its_own_step_and_no_other(string part, string step, string what, string answer, Verdict verdict)
    {
        await using var production = new TarsStandIn();
        production.Answer(what, answer);
        var result = await production.RunAsync(part);
        // A step that needs the broken one, and an action after it, are left out, which is no verdict of theirs.
        var bad = result.Steps.Where(s => s.Verdict is not (Verdict.Passed or Verdict.Skipped)).ToList();
        Assert.True(bad is [{ } only] && only.Id == step && only.Verdict == verdict,
            string.Join('\n', bad.Select(s => $"{s.Id}: {s.Verdict}, {s.Detail}").DefaultIfEmpty("everything passed")));
        Assert.NotEqual(Decision.Go, result.Decision);
    }
}
