using System.Text.Json;
using ReleaseOps.Runbooks;
using static ReleaseOps.Reviews.Weekly.ForeignJson;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>
/// Reads the review of a day: ours, or that of the workflow's script, which has nothing under our key. What it says must be there, of its type and in
/// its range; anything else is named with file and field, and counts as not said.
/// </summary>
internal sealed class DayDocument
{
    // As many as the workflow's document shows.
    private const int MostStages = 5;

    // As much of a value as is shown.
    private const int MostShown = 40;

    private const string OwnKey = "releaseops";

    private readonly List<string> _problems = [];
    private readonly string _shown;

    private DayDocument(string shown) => _shown = shown;

    /// <summary>Reads the review of a day.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="shown">The path as it was given.</param>
    /// <param name="day">The day; null for whichever it says.</param>
    /// <param name="review">What was to be looked at.</param>
    public static WeekDay Read(string path, string shown, DateOnly? day, Review review)
    {
        if (ArtifactReader.TryRead(path, shown, out var root) is { } problem)
            return new WeekDay(day ?? DateOnly.MinValue) { Path = shown, Problems = [problem] };
        var of = Day(root, "day");
        if (of is null || (day is not null && of != day))
            return new WeekDay(day ?? DateOnly.MinValue)
            {
                Path = shown,
                Problems = [$"{shown}: day is '{Text(root, "day")}'; expected was "
                    + (day is { } d ? ArtifactReader.NameOf(ReviewFilePlaces.DayMark, d) : "a day")],
            };
        if (Text(Member(root, OwnKey), "moment") is { Length: > 0 } moment && moment != ReviewMoment.Word(ReviewMomentKind.PostClose))
            return new WeekDay(of.Value) { Path = shown, Problems = [$"{shown}: it is the look at {moment}, and not the review of the day"] };
        return new DayDocument(shown).Read(root, of.Value, review.Moments.First(m => m.Kind == ReviewMomentKind.PostClose), review.Floor);
    }

    private WeekDay Read(JsonElement root, DateOnly day, ReviewMoment look, IReadOnlyList<FloorRule> rules)
    {
        var slo = Member(root, "slo");
        var (events, runs) = (Count(slo, "slo", "event_total"), Count(slo, "slo", "run_total"));
        var (available, errors) = (Share(slo, "availability_rate"), Share(slo, "error_rate"));
        var failures = Failures(root);
        var ok = Ok(root, failures);
        if (ok == true && (events == 0 || runs == 0) && look.Looks.Contains(ReviewLook.Slo))
            _problems.Add($"{_shown}: ok is true, and slo.{(events == 0 ? "event_total" : "run_total")} is 0: nothing was measured");
        var stages = Listed(Member(slo, "stage_error_top"), "slo.stage_error_top", "stage", "error_total", mayBeNull: false, out var all);
        var own = Own(root);
        return new WeekDay(day)
        {
            Path = _shown,
            IsThere = true,
            Ok = ok,
            Decision = own is null ? null : DecisionOf(own),
            Severity = Text(Member(root, "policy"), "severity"),
            EventTotal = events,
            RunTotal = runs,
            AvailabilityRate = runs > 0 ? available : null,
            ErrorRate = events > 0 ? errors : null,
            P95 = Listed(Member(own, "latency"), OwnKey + ".latency", "stage", "p95_seconds", mayBeNull: true, out _),
            StageErrors = stages,
            AllStages = all && stages.Count < MostStages,
            Counters = Numbers(Member(root, "incident")) ?? new Dictionary<string, double>(),
            Floor = own is null ? null : Floor(own, look.Looks.Contains(ReviewLook.Floor) ? rules : []),
            Failures = failures ?? [],
            Problems = _problems,
        };
    }

    // What says both says neither.
    private bool? Ok(JsonElement root, List<string>? failures)
    {
        if (Member(root, "ok") is not { ValueKind: JsonValueKind.True or JsonValueKind.False } said)
        {
            Name("ok", Member(root, "ok"), "true or false");
            return null;
        }
        var ok = said.ValueKind == JsonValueKind.True;
        if (failures is null || ok == (failures.Count == 0))
            return ok;
        _problems.Add(ok ? $"{_shown}: ok is true, and failures has {failures[0]}; expected was one or the other"
            : $"{_shown}: ok is false, and failures is empty; expected was what failed");
        return ok ? null : ok;
    }

    private List<string>? Failures(JsonElement root)
    {
        if (Member(root, "failures") is { ValueKind: JsonValueKind.Array } list
            && list.EnumerateArray().All(f => f.ValueKind == JsonValueKind.String))
            return [.. list.EnumerateArray().Select(TextOf)];
        Name("failures", Member(root, "failures"), "a list of texts");
        return null;
    }

    private JsonElement? Own(JsonElement root)
    {
        if (Member(root, OwnKey) is not { } own)
            return null;
        if (own.ValueKind != JsonValueKind.Object)
            Name(OwnKey, own, "an object");
        else if (Text(own, "moment").Length == 0)
            Name(OwnKey + ".moment", Member(own, "moment"), ReviewMoment.Word(ReviewMomentKind.PostClose));
        return own;
    }

    private Decision? DecisionOf(JsonElement? own)
    {
        foreach (var decision in Enum.GetValues<Decision>())
        {
            if (Text(own, "decision") == decision.ToString())
                return decision;
        }
        Name(OwnKey + ".decision", Member(own, "decision"), "Go, Hold or NoGo");
        return null;
    }

    // A rule that the document doesn't count is as good as broken: nobody knows.
    private Dictionary<string, double>? Floor(JsonElement? own, IReadOnlyList<FloorRule> rules)
    {
        if (Member(own, "floor") is not { ValueKind: JsonValueKind.Object } floor)
        {
            Name(OwnKey + ".floor", Member(own, "floor"), "an object of counts");
            return null;
        }
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var rule in floor.EnumerateObject().Select(NameOf).Concat(rules.Select(r => r.Name)).Distinct(StringComparer.Ordinal))
        {
            if (Count(floor, OwnKey + ".floor", rule) is { } count)
                counts[rule] = count;
        }
        return counts;
    }

    private double? Count(JsonElement? map, string of, string name) =>
        Number(map, of, name, n => n >= 0 && Math.Floor(n) == n, "a whole number, 0 or more");

    private double? Share(JsonElement? map, string name) => Number(map, "slo", name, n => n is >= 0 and <= 1, "a number from 0 to 1");

    private double? Number(JsonElement? map, string of, string name, Func<double, bool> fits, string expected)
    {
        if (ForeignJson.Number(map, name) is { } value && fits(value))
            return value;
        Name($"{of}.{name}", Member(map, name), expected);
        return null;
    }

    // Where there is no list nobody says, which isn't that there is nothing.
    private Dictionary<string, double> Listed(JsonElement? list, string path, string name, string number, bool mayBeNull, out bool all)
    {
        var (named, before) = (new Dictionary<string, double>(StringComparer.Ordinal), _problems.Count);
        if (list is { ValueKind: not JsonValueKind.Array })
            Name(path, list, "a list");
        foreach (var (place, item) in (list is { ValueKind: JsonValueKind.Array } there ? there.EnumerateArray() : default).Index())
        {
            var at = FormattableString.Invariant($"{path}[{place}]");
            if (Text(item, name) is not { Length: > 0 } of)
                Name($"{at}.{name}", Member(item, name), "a text");
            else if (ForeignJson.Number(item, number) is { } value and >= 0)
                named[of] = value;
            else if (!mayBeNull || Member(item, number) is not { ValueKind: JsonValueKind.Null })
                Name($"{at}.{number}", Member(item, number), "a number, 0 or more");
        }
        all = list is not null && _problems.Count == before;
        return named;
    }

    private void Name(string field, JsonElement? found, string expected)
    {
        var text = found?.GetRawText() ?? "not there";
        _problems.Add(FormattableString.Invariant(
            $"{_shown}: {field} is {(text.Length > MostShown ? text[..MostShown] + "..." : text)}; expected was {expected}"));
    }
}
