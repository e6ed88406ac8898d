using ReleaseOps.Checklists;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes.Http;
using ReleaseOps.Tests.Runbooks;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Checklists;

/// <summary>The built-in runbook aris3-integrity over real databases.</summary>
[Collection("PostgreSQL")]
public sealed class Aris3IntegrityTests(Postgres server) : IDisposable
{
    private static readonly Runbook Integrity = RunbookReader.Load(Path.Combine(Read.Repository(), "module", "runbooks", "aris3-integrity.yaml"));

    private static int _databases;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [NeedsProgram("postgres")]
    public async Task Good_data_is_a_go_and_the_warnings_are_shown()
    {
        var result = await RunAsync("SELECT 1");
        Assert.Equal(Decision.Go, result.Decision);
        Assert.Equal(["rbac:asked:warning"], Of(result, Verdict.Failed));
        Assert.Equal(["idempotency:in-progress", "rbac:low-privilege-refused", "rbac:asked"], Of(result, Verdict.Skipped));
    }

    [NeedsProgram("postgres")]
    public async Task Good_data_and_a_refused_token_are_a_go_where_strict_is_true_too()
    {
        await using var api = LoopbackServer.Answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var result = await RunAsync("SELECT 1", strict: true, api);
        Assert.Equal((Decision.Go, 0), (result.Decision, Of(result, Verdict.Failed).Length));
        Assert.Contains("Bearer low-privilege", Assert.Single(api.Requests), StringComparison.Ordinal);
    }

    [NeedsProgramTheory("postgres")]
    [InlineData("stock:sellable-status", "UPDATE stock_items SET location_id = 1 WHERE item_id = 7", "item_id 7, sku A, location_id 1, status SOLD")]
    [InlineData("stock:sellable-status", "INSERT INTO stock_items VALUES (8, 't1', 'A', 1, NULL)", "item_id 8, sku A, location_id 1, status null")]
    [InlineData("stock:in-transit-not-sellable", "UPDATE stock_items SET location_id = 1 WHERE item_id = 6", "item_id 6, sku A, location_id 1")]
    [InlineData("stock:totals", "UPDATE stock_totals SET total = 4 WHERE tenant_id = 't1' AND sku = 'A'",
        "tenant t1, sku A, total 4, rfid 2, pending 1, items_rfid 2, items_pending 1")]
    [InlineData("stock:totals", "UPDATE stock_totals SET total = 2, rfid = 1 WHERE tenant_id = 't1' AND sku = 'A'", "tenant t1, sku A, total 2")]
    [InlineData("stock:totals", "DELETE FROM stock_totals WHERE sku = 'B'", "tenant t1, sku B, total null")]
    [InlineData("stock:totals", "INSERT INTO stock_totals VALUES ('t3', 'A', 1, 1, 0)", "tenant t3, sku A, total 1")]
    [InlineData("transfers:status", "UPDATE transfers SET status = 'LOST' WHERE transfer_id = 5", "transfer_id 5, status LOST")]
    [InlineData("transfers:status", "UPDATE transfers SET status = NULL WHERE transfer_id = 5", "transfer_id 5, status null")]
    [InlineData("transfers:line-sums", "UPDATE transfer_lines SET lost_in_route = 2 WHERE line_id = 4", "line_id 4, transfer_id 4, dispatched 5, received 4, lost_in_route 2")]
    [InlineData("transfers:line-sums", "UPDATE transfer_lines SET dispatched = NULL WHERE line_id = 4", "line_id 4")]
    [InlineData("transfers:draft-not-dispatched", "INSERT INTO transfer_movements VALUES (9, 1, 'DISPATCH')", "transfer_id 1, movement_id 9")]
    [InlineData("pos:payments-sum", "UPDATE pos_payments SET amount = 9.98 WHERE payment_id = 2", "sale_id 1, paid_total 19.99, payments 19.98")]
    [InlineData("pos:payments-sum", "UPDATE pos_sales SET paid_total = NULL WHERE sale_id = 1", "sale_id 1, paid_total null")]
    [InlineData("pos:payments-sum", "INSERT INTO pos_sales VALUES (4, 'CHECKED_OUT', 5)", "sale_id 4, paid_total 5")]
    [InlineData("pos:cash-session", "UPDATE pos_payments SET cash_session_id = NULL WHERE payment_id = 1", "payment_id 1, sale_id 1, cash_session_id null")]
    [InlineData("pos:cash-session", "UPDATE pos_payments SET cash_session_id = 99 WHERE payment_id = 1", "payment_id 1, sale_id 1, cash_session_id 99")]
    public async Task A_broken_rule_fails_its_own_step_and_names_the_rows(string step, string broken, string row)
    {
        var result = await RunAsync(broken);
        Assert.Equal(Decision.NoGo, result.Decision);
        Assert.Equal([step, "rbac:asked:warning"], Of(result, Verdict.Failed));
        Assert.Empty(Of(result, Verdict.Inconclusive));
        Assert.Contains(row, result.Steps.Single(s => s.Id == step).Detail, StringComparison.Ordinal);
    }

    [NeedsProgramTheory("postgres")]
    [InlineData("UPDATE pos_payments SET amount = 9.994 WHERE payment_id = 2")]
    [InlineData("UPDATE pos_sales SET paid_total = 1 WHERE status = 'OPEN'")]
    public async Task What_the_rules_allow_is_no_finding(string change) => Assert.Equal(Decision.Go, (await RunAsync(change)).Decision);

    [NeedsProgramTheory("postgres")]
    [InlineData(false, Decision.Go, "idempotency:in-progress:warning")]
    [InlineData(true, Decision.NoGo, "idempotency:in-progress")]
    public async Task A_record_in_progress_is_a_warning_that_fails_where_strict_is_true(bool strict, Decision decision, string step)
    {
        await using var api = LoopbackServer.Answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var result = await RunAsync("INSERT INTO idempotency_records VALUES ('stuck', 'in_progress', now() - interval '71 hours')", strict, api);
        Assert.Equal((decision, step), (result.Decision, Assert.Single(Of(result, Verdict.Failed))));
        Assert.Contains("record_key stuck", result.Steps.Single(s => s.Id == step).Detail, StringComparison.Ordinal);
    }

    [NeedsProgram("postgres")]
    public async Task A_token_that_is_not_refused_is_a_no_go()
    {
        await using var api = LoopbackServer.Ok("[]", "application/json");
        var result = await RunAsync("SELECT 1", api: api);
        Assert.Equal((Decision.NoGo, "rbac:low-privilege-refused"), (result.Decision, Assert.Single(Of(result, Verdict.Failed))));
    }

    [NeedsProgram("postgres")]
    public async Task Not_to_ask_about_the_token_fails_where_strict_is_true()
    {
        var result = await RunAsync("SELECT 1", strict: true);
        Assert.Equal((Decision.NoGo, "rbac:asked"), (result.Decision, Assert.Single(Of(result, Verdict.Failed))));
    }

    [NeedsProgram("postgres")]
    public async Task A_database_with_nothing_in_it_is_no_go_ahead()
    {
        var result = await RunAsync("TRUNCATE stock_items, stock_totals, transfers, transfer_lines, transfer_movements, pos_sales, pos_payments");
        Assert.Equal((Decision.Hold, "database:has-stock"), (result.Decision, Assert.Single(Of(result, Verdict.Inconclusive))));
    }

    [NeedsProgram("postgres")]
    public async Task A_table_that_is_not_there_can_not_be_told()
    {
        var result = await RunAsync("DROP TABLE transfer_movements");
        Assert.Equal((Decision.Hold, "transfers:draft-not-dispatched"), (result.Decision, Assert.Single(Of(result, Verdict.Inconclusive))));
    }

    private static string[] Of(ChecklistResult result, Verdict verdict) => [.. result.Steps.Where(s => s.Verdict == verdict).Select(s => s.Id)];

    private async Task<ChecklistResult> RunAsync(string change, bool strict = false, LoopbackServer? api = null)
    {
        var database = FormattableString.Invariant($"aris3_{Interlocked.Increment(ref _databases)}");
        await server.ExecuteAsync($"CREATE DATABASE {database}");
        await server.ExecuteAsync(Aris3Database.Good + change, database);
        var parameters = new Dictionary<string, string>
        {
            ["database"] = server.Address(database: database),
            ["strict"] = strict ? "true" : "false",
            ["base_url"] = api?.Url("").AbsoluteUri.TrimEnd('/') ?? "",
        };
        try
        {
            return await _bench.RunAsync(Integrity, o => o with { KeepGoing = true, Secrets = name => Secret(name, api) }, parameters);
        }
        finally
        {
            await server.ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)");
        }
    }

    /// <summary>Nobody has a token where the API isn't asked.</summary>
    private static string? Secret(string name, LoopbackServer? api) => name switch
    {
        "ARIS3_DATABASE_PASSWORD" => Postgres.Password,
        "ARIS3_LOW_PRIVILEGE_TOKEN" when api is not null => "low-privilege-token",
        _ => null,
    };
}
