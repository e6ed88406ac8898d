using System.Globalization;

namespace ReleaseOps.Tests.Runbooks.Tars;

/// <summary>What a healthy production answers, in the words of kubectl, psql, redis-cli, docker and gh.</summary>
internal static class Recorded
{
    public const string Indexes = "idx_evaluations_mission_timestamp|evaluations\nidx_missions_status_created|missions\nidx_traces_span_id|traces\n";

    /// <summary>Command lines, each by a part of it that no other has; of two that fit, the longer part is taken.</summary>
    public static Dictionary<string, string> Answers() => new()
    {
        ["manifest inspect ghcr.io/acme/tars-orchestration-agent:v1.0.1"] = Image,
        ["manifest inspect ghcr.io/acme/tars-insight-engine:v1.0.1"] = Image,
        ["manifest inspect ghcr.io/acme/tars-dashboard-api:v1.0.1"] = Image,
        ["kubectl get nodes"] = Nodes(ready: "True"),
        ["kubectl describe nodes"] = Describe(79, 79),
        ["kubectl get ns tars-production"] = """{"metadata": {"name": "tars-production"}, "status": {"phase": "Active"}}""",
        ["kubectl get resourcequota"] = "NAME    AGE   REQUEST              LIMIT\nquota   40d   requests.cpu: 8/32   limits.cpu: 16/64\n",
        ["SELECT version();"] = "PostgreSQL 15.5 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit\n",
        ["SELECT count(*) FROM pg_stat_activity; -c SHOW max_connections;"] = "99\n100\n",
        ["pg_is_in_recovery()"] = "f|\n",
        ["redis-cli ping"] = "PONG\n",
        ["redis-cli INFO memory"] = Redis(79, 100),
        ["kubectl get cronjob -n tars-production tars-postgres-backup -o json"] = """{"spec": {"suspend": false, "schedule": "0 3 * * *"}}""",
        ["kubectl get cronjob -n tars-production tars-postgres-backup -o jsonpath={.status.lastSuccessfulTime}"] = Ago(TimeSpan.FromHours(23)),
        ["kubectl create job tars-db-migrate-v1-0-1-pre"] = "job.batch/tars-db-migrate-v1-0-1-pre created\n",
        ["kubectl wait --for=condition=Ready pod"] = "pod/tars-db-migrate-v1-0-1-pre-x7k2p condition met\n",
        ["-f /migrations/v1_0_1_add_indexes.sql"] = "CREATE INDEX\nCREATE INDEX\nCREATE INDEX\n",
        ["SELECT indexname, tablename"] = Indexes,
        ["timing on"] = "1234\nTime: 99.9 ms\n",
        ["kubectl top pod -n tars-production -l app=postgres"] = "tars-postgres-0   250m   900Mi\n",
        ["gh workflow run"] = "",
        ["gh run list"] = """[{"databaseId": 71, "status": "in_progress", "url": "https://github.com/acme/tars/actions/runs/71"}]""",
        ["kubectl get pods -n tars-production -l deployment=canary"] = Pods(("Running", 0)),
        ["kubectl top pod -n tars-production -l deployment=canary --no-headers"] = "tars-canary-5d8   310m   2384Mi\ntars-canary-9kx   290m   1200Mi\n",
        ["curl -fsS http://localhost:8080/health"] = """{"status": "healthy"}""",
        ["api/v1/websocket/stats"] = """{"reconnection_enabled": true, "max_retries": 5}""",
        ["monitor_websocket_health.py"] = "done\n",
        ["api/v1/missions"] = "0.049812",
        ["api/v1/traces/recent"] = """{"traces": [{"trace_id": "a1", "span_id": "b1"}, {"trace_id": "a2", "span_id": "b2"}]}""",
        ["-l deployment=canary,agent_type=ppo"] = "tars-ppo-1   900m   1430Mi\n",
        ["-l agent_type=ppo"] = "tars-ppo-1   900m   1430Mi\n",
        ["production_validation_suite.py"] = "== passed ==\n",
        ["kubectl create job tars-load-test"] = "job.batch/tars-load-test created\n",
        ["kubectl top nodes"] = "node-1   1520m   38%   9800Mi   79%\nnode-2   400m   9%   2100Mi   14%\n",
        ["kubectl top pods"] = "tars-canary-5d8   310m   1800Mi\n",
        ["kubectl rollout status"] = "successfully rolled out\n",
        ["kubectl get pods -n tars-production -o json"] = Pods(("Running", 0), ("Succeeded", 0)),
        ["kubectl get deployments"] = Deployments(desired: 3, available: 3),
        ["information_schema.columns"] = "span_id\ntrace_id\n",
        ["WHERE state='active';"] = "49\n",
        ["EXPLAIN"] = Explained("idx_missions_status_created", 49.9),
        ["kubectl delete configmap"] = "",
        ["kubectl delete deployment tars-canary"] = "deployment.apps \"tars-canary\" deleted\n",
        ["generate_ga_certification_package.py"] = "written\n",
        ["helm rollback tars 0"] = "Rollback was a success! Happy Helming!\n",
        ["v1_0_1_rollback.sql"] = "DROP INDEX\n",
    };

    /// <summary>Pages: the status, a space, the body.</summary>
    public static Dictionary<string, string> Pages() => new()
    {
        ["POST /v2/enqueue"] = """202 {"status": "success"}""",
        ["POST /v1/pages/page1/incidents"] = """201 {"id": "inc1"}""",
        ["PATCH /v1/pages/page1/incidents/inc1"] = """200 {"id": "inc1"}""",
        ["GET /health"] = """200 {"status": "healthy"}""",
        ["GET /grafana/api/health"] = """200 {"database": "ok"}""",
        ["GET /prometheus/-/healthy"] = "200 \"Prometheus Server is Healthy.\"",
        ["GET /grafana/d/tars-overview"] = "200 {}",
        ["GET /grafana/d/tars-evaluation"] = "200 {}",
        ["GET /grafana/d/tars-agents"] = "200 {}",
        ["GET /api/v1/traces/stats"] = """200 {"coverage_pct": 100.0, "total_traces": 80211}""",
    };

    /// <summary>Files, relative to the run's folder.</summary>
    public static Dictionary<string, string> Files() => new()
    {
        ["release/v1_0_1/tars-1.0.1.tgz"] = "a chart",
        ["release/v1_0_1/manifest.production.json"] = Manifest("1.0.1", 5),
        ["release/v1_0_1/migrations/v1_0_1_add_indexes.sql"] = "CREATE INDEX ...;",
        ["release/v1_0_1/migrations/v1_0_1_add_trace_columns.sql"] = "ALTER TABLE ...;",
        ["release/v1_0_1/ga_monitoring_scripts/websocket_health_10pct.json"] = WebSocket(100),
        ["release/v1_0_1/ga_monitoring_scripts/websocket_health_ga.json"] = WebSocket(99.9),
        ["reports/staging.xml"] = JUnit(200),
        ["reports/canary.xml"] = JUnit(50),
        ["reports/ga.xml"] = JUnit(200),
        ["reports/hotfix.xml"] = JUnit(25),
    };

    private const string Image = """{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": []}""";

    public static string Nodes(string ready) =>
        $$"""
        {"items": [
          {"metadata": {"name": "node-1"}, "status": {"conditions": [{"type": "MemoryPressure", "status": "False"}, {"type": "Ready", "status": "True"}]} },
          {"metadata": {"name": "node-2"}, "status": {"conditions": [{"type": "MemoryPressure", "status": "False"}, {"type": "Ready", "status": "{{ready}}"}]} }]}
        """;

    public static string Describe(int cpu, int memory) => string.Concat(new[] { (12, 30), (cpu, memory) }
        .Select((used, i) => string.Create(CultureInfo.InvariantCulture, $"""
            Name:               node-{i + 1}
            Capacity:
              cpu:                4
              memory:             16384Mi
            Allocated resources:
              (Total limits may be over 100 percent, i.e., overcommitted.)
              Resource           Requests      Limits
              --------           --------      ------
              cpu                3100m ({used.Item1}%)   6 (150%)
              memory             9Gi ({used.Item2}%)     12Gi (95%)
              ephemeral-storage  0 (0%)        0 (0%)
            Events:              <none>

            """)));

    public static string Redis(int used, int most) =>
        $"# Memory\r\nused_memory:{used}000000\r\nused_memory_human:{used}M\r\nmaxmemory:{most}000000\r\nmaxmemory_human:{most}M\r\n";

    public static string Ago(TimeSpan age) => (DateTime.UtcNow - age).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Pods(params (string Phase, int Restarts)[] pods) => "{\"items\": [" + string.Join(", ", pods.Select(p => $$$"""
        {"status": {"phase": "{{{p.Phase}}}", "containerStatuses": [{"restartCount": {{{p.Restarts}}}, "state": {"running": {} } }]} }
        """)) + "]}";

    public static string CrashLooping { get; } = Pods(("Running", 0)).Replace("\"running\": {}", "\"waiting\": {\"reason\": \"CrashLoopBackOff\"}", StringComparison.Ordinal);

    public static string Deployments(int desired, int available) => $$$"""
        {"items": [{"spec": {"replicas": {{{desired}}} }, "status": {"replicas": {{{desired}}}, "availableReplicas": {{{available}}} } }, {"spec": {"replicas": 0}, "status": {} }]}
        """;

    public static string Manifest(string version, int hotfixes) =>
        $$"""{"version": "{{version}}", "hotfixes": [{{string.Join(", ", Enumerable.Range(1001, hotfixes).Select(n => $"\"TARS-{n}\""))}}]}""";

    public static string WebSocket(double rate) => string.Create(CultureInfo.InvariantCulture, $"{{\"reconnection_success_rate\": {rate}}}");

    public static string Explained(string index, double time) => string.Create(CultureInfo.InvariantCulture,
        $"[\n  {{\n    \"Plan\": {{ \"Node Type\": \"Limit\", \"Plans\": [{{ \"Index Name\": \"{index}\" }}] }},\n    \"Execution Time\": {time}\n  }}\n]\n");

    public static string JUnit(int passed, int failed = 0, int skipped = 0) => string.Create(CultureInfo.InvariantCulture, $"""
        <testsuites><testsuite name="pytest" tests="{passed + failed + skipped}" failures="{failed}" errors="0" skipped="{skipped}">
        {Cases(passed, "")}{Cases(failed, "<failure message=\"no\"/>")}{Cases(skipped, "<skipped/>")}
        </testsuite></testsuites>
        """);

    private static string Cases(int number, string inside) =>
        string.Concat(Enumerable.Range(1, number).Select(i => $"<testcase classname=\"c\" name=\"t{i}{inside.Length}\">{inside}</testcase>"));
}
