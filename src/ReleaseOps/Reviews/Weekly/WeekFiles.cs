using System.Globalization;
using System.Text.Json;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>Reads the reviews of days, ours and those of the workflow's script.</summary>
internal static class WeekFiles
{
    // As many as the workflow's document shows.
    private const int MostStages = 5;

    /// <summary>The trading days up to one: weekdays that aren't closed.</summary>
    public static IReadOnlyList<DateOnly> TradingDays(WeeklyRules rules, DateOnly last)
    {
        var days = new List<DateOnly>();
        for (var day = last; days.Count < rules.Days && day > DateOnly.MinValue.AddDays(1); day = day.AddDays(-1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !rules.Closed.Contains(day))
                days.Add(day);
        }
        days.Reverse();
        return days;
    }

    /// <summary>Reads the review of a day.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="shown">The path as it was given.</param>
    /// <param name="day">The day; null for whichever it says.</param>
    public static WeekDay Read(string path, string shown, DateOnly? day)
    {
        if (ArtifactReader.TryRead(path, shown, out var root) is { } problem)
            return new WeekDay(day ?? DateOnly.MinValue) { Path = shown, Problems = [problem] };
        var problems = new List<string>();
        var of = DateOnly.TryParseExact(Text(root, "day"), ArtifactReader.DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var said)
            ? said : (DateOnly?)null;
        if (of is null || (day is not null && of != day))
            return new WeekDay(day ?? DateOnly.MinValue)
            {
                Path = shown,
                Problems = [$"{shown}: day is '{Text(root, "day")}'; expected was {(day is { } d ? ArtifactReader.NameOf(ReviewFilePlaces.DayMark, d) : "a day")}"]
            };
        var (slo, own) = (Member(root, "slo"), Member(root, "releaseops"));
        if (Text(own, "moment") is { Length: > 0 } moment && moment != ReviewMoment.Word(ReviewMomentKind.PostClose))
            return new WeekDay(of.Value) { Path = shown, Problems = [$"{shown}: it is the look at {moment}, and not the review of the day"] };
        var (events, runs) = (Number(slo, "event_total"), Number(slo, "run_total"));
        var stages = Named(Member(slo, "stage_error_top"), "stage", "error_total");
        Expect(problems, shown, "ok", Member(root, "ok")?.ValueKind is JsonValueKind.True or JsonValueKind.False);
        Expect(problems, shown, "slo.event_total", events is not null);
        Expect(problems, shown, "slo.run_total", runs is not null);
        Expect(problems, shown, "slo.availability_rate", Number(slo, "availability_rate") is not null);
        Expect(problems, shown, "slo.error_rate", Number(slo, "error_rate") is not null);
        return new WeekDay(of.Value)
        {
            Path = shown,
            IsThere = true,
            Ok = Member(root, "ok")?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
            Decision = Enum.TryParse<Decision>(Text(own, "decision"), out var decision) && Enum.IsDefined(decision) ? decision : null,
            Severity = Text(Member(root, "policy"), "severity"),
            EventTotal = events,
            RunTotal = runs,
            AvailabilityRate = runs > 0 ? Number(slo, "availability_rate") : null,
            ErrorRate = events > 0 ? Number(slo, "error_rate") : null,
            P95 = Named(Member(own, "latency"), "stage", "p95_seconds"),
            StageErrors = stages,
            AllStages = stages.Count < MostStages,
            Counters = Numbers(Member(root, "incident")) ?? new Dictionary<string, double>(),
            Floor = Numbers(Member(own, "floor")),
            Failures = Member(root, "failures") is { ValueKind: JsonValueKind.Array } failures
                ? [.. failures.EnumerateArray().Where(f => f.ValueKind == JsonValueKind.String).Select(TextOf)] : [],
            Problems = problems,
        };
    }

    /// <summary>A member of an object; null for none.</summary>
    public static JsonElement? Member(JsonElement? map, string name) =>
        map is { ValueKind: JsonValueKind.Object } there && there.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A text; empty for none.</summary>
    public static string Text(JsonElement? map, string name) => Member(map, name) is { ValueKind: JsonValueKind.String } text ? TextOf(text) : "";

    /// <summary>A finite number; null for none.</summary>
    public static double? Number(JsonElement? map, string name) =>
        Member(map, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value
            : null;

    /// <summary>The numbers of an object; null where it is none.</summary>
    public static Dictionary<string, double>? Numbers(JsonElement? map)
    {
        if (map is not { ValueKind: JsonValueKind.Object } there)
            return null;
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var name in there.EnumerateObject().Select(m => m.Name))
        {
            if (Number(there, name) is { } value)
                numbers[name] = value;
        }
        return numbers;
    }

    /// <summary>The numbers of a list of objects, by their names.</summary>
    public static Dictionary<string, double> Named(JsonElement? list, string name, string number)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var item in list is { ValueKind: JsonValueKind.Array } there ? there.EnumerateArray().ToList() : [])
        {
            if (Text(item, name) is { Length: > 0 } of && Number(item, number) is { } value)
                numbers[of] = value;
        }
        return numbers;
    }

    /// <summary>The text of a string; empty for half a surrogate pair as an escape, which is JSON and no text.</summary>
    public static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static void Expect(List<string> problems, string file, string field, bool there)
    {
        if (!there)
            problems.Add($"{file}: {field} isn't there, or is of another type");
    }
}
