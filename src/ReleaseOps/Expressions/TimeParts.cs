using System.Globalization;
using System.Security;

namespace ReleaseOps.Expressions;

/// <summary>
/// The parts of a timestamp in UTC or in a time zone, and a duration's length in whole units. (Of a duration, getMilliseconds() is the
/// part below a second, as CEL has it.)
/// </summary>
internal static class TimeParts
{
    private const long Day = 86_400;

    public static Value Date(Frame frame, Node at, in Value a, in Value zone) => Part(frame, at, a, zone, t => t.Date.Day);

    public static Value DayOfMonth(Frame frame, Node at, in Value a, in Value zone) => Part(frame, at, a, zone, t => t.Date.Day - 1);

    public static Value DayOfWeek(Frame frame, Node at, in Value a, in Value zone) => Part(frame, at, a, zone, t => t.Weekday);

    public static Value DayOfYear(Frame frame, Node at, in Value a, in Value zone) => Part(frame, at, a, zone, t => t.Date.DayOfYear - 1);

    public static Value FullYear(Frame frame, Node at, in Value a, in Value zone) => Part(frame, at, a, zone, t => t.Year);

    public static Value Month(Frame frame, Node at, in Value a, in Value zone) => Part(frame, at, a, zone, t => t.Date.Month - 1);

    public static Value Hours(Frame frame, Node at, in Value a, in Value zone) =>
        Length(a, zone, 3600 * CelDuration.PerSecond) ?? Part(frame, at, a, zone, t => t.Second / 3600);

    public static Value Minutes(Frame frame, Node at, in Value a, in Value zone) =>
        Length(a, zone, 60 * CelDuration.PerSecond) ?? Part(frame, at, a, zone, t => t.Second / 60 % 60);

    public static Value Seconds(Frame frame, Node at, in Value a, in Value zone) =>
        Length(a, zone, CelDuration.PerSecond) ?? Part(frame, at, a, zone, t => t.Second % 60);

    public static Value Milliseconds(Frame frame, Node at, in Value a, in Value zone)
    {
        if (a.Kind == Kind.Duration && zone.IsError)
            return Value.Of(a.AsDuration.Nanoseconds % CelDuration.PerSecond / 1_000_000);
        var thousandths = a.Kind == Kind.Timestamp ? a.AsTimestamp.Nanoseconds / 1_000_000 : 0;
        return Part(frame, at, a, zone, _ => thousandths);
    }

    /// <summary>A moment on the calendar of some zone, which may lie a day outside the years 1 to 9999.</summary>
    private readonly record struct Local(long Day, int Second)
    {
        // The calendar repeats every 400 years; a day outside .NET's range is looked up 400 years further in.
        private const long Cycle = 146_097;
        private static readonly long FirstDay = CelTimestamp.FirstSecond / TimeParts.Day;
        private static readonly long LastDay = (CelTimestamp.LastSecond - 86_399) / TimeParts.Day;

        private int Shift => Day < FirstDay ? 400 : Day > LastDay ? -400 : 0;

        public DateOnly Date => DateOnly.FromDayNumber((int)(Day - FirstDay + (Shift / 400 * Cycle)));

        public int Year => Date.Year - Shift;

        public int Weekday => (int)Date.DayOfWeek;
    }

    private static Value? Length(in Value a, in Value zone, long unit) =>
        a.Kind == Kind.Duration && zone.IsError ? Value.Of(a.AsDuration.Nanoseconds / unit) : null;

    private static Value Part(Frame frame, Node at, in Value a, in Value zone, Func<Local, int> part)
    {
        if (a.Kind != Kind.Timestamp || zone.Kind is not (Kind.Error or Kind.String))
            return Functions.NoOverload(at, "a function of timestamps", a.Kind != Kind.Timestamp ? a : zone);
        frame.Charge(zone.Kind == Kind.String ? 200 : 20);
        var seconds = a.AsTimestamp.Seconds;
        if (zone.Kind == Kind.String)
        {
            if (Offset(zone.AsString, seconds) is not { } offset)
            {
                // A name that isn't known is looked for on disk each time.
                frame.Charge(2_000);
                return at.Fail($"{CelText.Write(zone, 40)} isn't a time zone; write an IANA name such as 'Europe/Berlin', or '+02:00'");
            }
            seconds += offset;
        }
        var day = Math.DivRem(seconds, Day, out var second);
        return Value.Of((long)part(second < 0 ? new Local(day - 1, (int)(second + Day)) : new Local(day, (int)second)));
    }

    /// <summary>Seconds east of UTC at that moment; null for a zone that isn't known.</summary>
    private static int? Offset(string zone, long seconds)
    {
        if (zone.Contains(':', StringComparison.Ordinal))
            return FixedOffset(zone);
        // Names become paths below the zone data's folder, so they are checked; "localtime" would be this machine's zone.
        if (zone.Length is 0 or > 64 || zone is "localtime" || zone[0] == '/')
            return null;
        if (!zone.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+'))
            return null;
        try
        {
            var found = TimeZoneInfo.FindSystemTimeZoneById(zone);
            return (int)found.GetUtcOffset(new CelTimestamp(seconds, 0).ToDateTimeOffset()).TotalSeconds;
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException
            or SecurityException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int? FixedOffset(string zone)
    {
        var text = zone.AsSpan();
        var sign = text is ['-', ..] ? -1 : 1;
        if (text is ['-' or '+', ..])
            text = text[1..];
        return text.Length == 5 && text[2] == ':'
            && int.TryParse(text[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && int.TryParse(text[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && hours < 24 && minutes < 60
                ? sign * ((hours * 60) + minutes) * 60
                : null;
    }
}
