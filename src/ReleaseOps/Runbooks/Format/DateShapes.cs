using System.Globalization;
using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>A day.</summary>
internal sealed class DateShape() : ScalarShape<DateOnly>("a day such as 2026-01-31")
{
    public static readonly DateShape Any = new();

    protected override bool TryParse(YamlScalar scalar, Reading reading, out DateOnly value) =>
        DateOnly.TryParseExact(scalar.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
        || Misfit(scalar, reading);

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = @"^\d{4}-\d{2}-\d{2}$" };
}

/// <summary>A time of day, to the minute.</summary>
internal sealed class TimeOfDayShape() : ScalarShape<TimeOnly>("a time of day such as '09:30'")
{
    public static readonly TimeOfDayShape Any = new();

    protected override bool TryParse(YamlScalar scalar, Reading reading, out TimeOnly value) =>
        TimeOnly.TryParseExact(scalar.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
        || Misfit(scalar, reading);

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = @"^([01]\d|2[0-3]):[0-5]\d$" };
}

/// <summary>A time zone that this machine knows.</summary>
internal sealed class ZoneShape() : ScalarShape<string>("a time zone such as Europe/Berlin")
{
    public static readonly ZoneShape Any = new();

    protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
    {
        value = scalar.Text;
        return TimeZoneInfo.TryFindSystemTimeZoneById(value, out _) || Misfit(scalar, reading);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string" };
}
