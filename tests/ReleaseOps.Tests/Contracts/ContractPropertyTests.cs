using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Contracts;

public sealed class ContractPropertyTests
{
    // What is told without an opposite: of the whole description, and what little is told of properties that are read-only or write-only.
    private const string OneWay = "^more-changes$|-version-|-(read|write)-only-property-(enum|max|min|exclusive)";

    // What is told in pairs: more one way, less the other.
    private static readonly (string More, string Less)[] Pairs =
    [
        ("-added", "-removed"), ("-set", "-unset"), ("-increased", "-decreased"), ("-became-required", "-became-optional"),
        ("-became-nullable", "-became-not-nullable"), ("-widened", "-narrowed"), ("-deprecated", "-reactivated"), ("-forbidden", "-allowed"),
        ("-wrapped-in-one-of", "-unwrapped-from-one-of"),
    ];

    // What is called otherwise than its opposite.
    private static readonly (string Pattern, string Name)[] Names =
    [
        ("^(endpoint-added)$", "operation-added"),
        ("^api(-path)?-removed-.*$", "operation-removed"),
        ("^new-(required|optional)-request-property(-with-default)?$", "request-property-added"),
        ("^new-(required|optional)-request-(parameter|header)-property$", "request-parameter-property-added"),
        ("^request-header-property", "request-parameter-property"),
        ("^new-(required|optional|)-?request-(path-)?parameter$", "request-parameter-added"),
        ("^request-parameter-removed-.*$", "request-parameter-removed"),
        ("^request-body-added-.*$", "request-body-added"),
        ("^(required|optional)-response-header-removed$", "response-header-removed"),
        ("^response-mediatype-enum", "response-body-enum"),
        ("-(became-enum|enum-removed)$", "-enum"),
        ("-type-(changed|generalized|specialized|compatible)$", "-type"),
        ("became-required-with-default$", "became-required"),
    ];

    [Fact]
    public void A_description_differs_in_nothing_from_itself() => ForAll(seed =>
    {
        var api = Text(new RandomApi(seed).Make());
        Assert.Empty(Api.Ids(api, api));
    });

    [Fact]
    public void Another_order_is_no_difference() => ForAll(seed =>
    {
        var api = new RandomApi(seed).Make();
        Assert.Empty(Api.Ids(Text(api), Text(ApiMutation.Reordered(api, new Random(seed)))));
    });

    [Fact]
    public void What_is_more_one_way_is_less_the_other_way() => ForAll(seed =>
    {
        // Of what became read-only in a request nothing else is told, and of what no longer is, everything.
        var api = new RandomApi(seed, withAccess: false).Make();
        var changed = ApiMutation.Changed(api, new Random(seed));
        var there = Kinds(Api.Compare(Text(api), Text(changed)), back: false);
        var back = Kinds(Api.Compare(Text(changed), Text(api)), back: true);
        Assert.Equal(there, back);
    });

    [Fact]
    public void Another_order_hides_no_difference() => ForAll(seed =>
    {
        var api = new RandomApi(seed).Make();
        var changed = ApiMutation.Changed(api, new Random(seed));
        var reordered = ApiMutation.Reordered(changed, new Random(seed + 1));
        Assert.Equal(Kinds(Api.Compare(Text(api), Text(changed)), false), Kinds(Api.Compare(Text(api), Text(reordered)), false));
    });

    [Fact]
    public void Most_changes_are_seen()
    {
        // What a change adds, another may take away again; a type may become what it was.
        var seen = Enumerable.Range(0, 300).Count(seed =>
        {
            var api = new RandomApi(seed).Make();
            return Api.Compare(Text(api), Text(ApiMutation.Changed(api, new Random(seed)))).Changes.Count > 0;
        });
        Assert.InRange(seen, 150, 300);
    }

    private static void ForAll(Action<int> test) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20260701UL, 1UL), Prop.ForAll(Gen.Choose(0, 1_000_000_000).ToArbitrary(), test));

    private static string Text(JsonNode api) => api.ToJsonString();

    private static string[] Kinds(ContractDifferences differences, bool back)
    {
        Assert.Empty(differences.Untold);
        return [.. differences.Changes.Where(c => !Regex.IsMatch(c.Id, OneWay))
            .Select(c => $"{c.Method} {Path(c.Path)} {Kind(c.Id, back)}").Distinct().Order(StringComparer.Ordinal)];
    }

    private static string? Path(string? path) => path is null ? null : Regex.Replace(path, "{[^}]*}", "{}");

    private static string Kind(string id, bool back)
    {
        foreach (var (pattern, name) in Names)
            id = Regex.Replace(id, pattern, name);

        if (!back)
            return id;

        foreach (var (more, less) in Pairs)
        {
            if (id.EndsWith(less, StringComparison.Ordinal))
                return id[..^less.Length] + more;

            if (id.EndsWith(more, StringComparison.Ordinal))
                return id[..^more.Length] + less;
        }
        return id;
    }
}
