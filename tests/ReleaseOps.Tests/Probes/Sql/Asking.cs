using ReleaseOps.Expressions;
using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Sql;

/// <summary>Asks the tests' PostgreSQL.</summary>
internal static class Asking
{
    internal static Task<Observation> AskAsync(
        this Postgres server, string query, Dictionary<string, object>? parameters = null, LookContext? context = null,
        CancellationToken cancellation = default) =>
        At(server.Address(), query, null, parameters, context, null, cancellation);

    internal static Task<Observation> At(
        string address, string query, string? password = null, Dictionary<string, object>? parameters = null, LookContext? context = null,
        TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        var source = new BoundSource("db", SourceKind.Postgres, address) { Password = password, Timeout = limit ?? TimeSpan.FromSeconds(30) };
        return SqlProbe.LookAsync(new SqlLook(source, query, parameters ?? []), context ?? LookContexts.Plain(), cancellation);
    }

    internal static Finding Judge(this Observation seen, string criterion) =>
        CriterionJudge.Judge(CelExpression.TryParse(criterion, out _)!, seen.Values);

    internal static void Holds(this Observation seen, string criterion)
    {
        Assert.True(seen.CouldNotTell is null, seen.Detail);
        Assert.True(seen.Judge(criterion) is { Verdict: Verdict.Passed }, seen.Judge(criterion).Text);
    }
}
