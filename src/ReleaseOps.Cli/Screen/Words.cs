using System.Globalization;

namespace ReleaseOps.Cli.Screen;

/// <summary>The words and figures that people read in the terminal.</summary>
internal static class Words
{
    /// <summary>PASS, FAIL and DRY-RUN are the words of ARIS3's own checklist script; HOLD and SKIP are what it couldn't say.</summary>
    public static string Status(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "PASS",
        Verdict.Failed => "FAIL",
        Verdict.Skipped => "SKIP",
        Verdict.Planned => "DRY-RUN",
        _ => "HOLD",
    };

    public static string Seconds(TimeSpan elapsed) => elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>One line, without what a terminal would obey.</summary>
    public static string OneLine(string text)
    {
        var line = string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? ' ' : c));
        return Evidence.CiText.Defang(line);
    }
}
