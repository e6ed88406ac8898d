using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>
/// What steps start and ask, as a list of programs: <c>kubectl (get nodes, exec psql x3), pytest, POST (status.example.com)</c>.
/// </summary>
internal static class ProgramList
{
    // Longer than this nobody reads it aloud: then the programs alone stand there.
    private const int Aloud = 48;

    public static string Of(IEnumerable<PlannedStep> steps)
    {
        var used = steps.Select(Of).Where(use => use.Program.Length > 0).ToList();
        var full = string.Join(", ", used.GroupBy(use => use.Program, StringComparer.Ordinal).Select(Group));
        return full.Length <= Aloud ? full : Counted(used.Select(use => use.Program));
    }

    /// <summary>A list in which what comes twice stands once, with its number.</summary>
    public static string Counted(IEnumerable<string> items) =>
        string.Join(", ", items.GroupBy(i => i, StringComparer.Ordinal).Select(g => g.Count() == 1 ? g.Key : $"{g.Key} x{g.Count()}"));

    private static string Group(IGrouping<string, (string Program, string Verb)> uses)
    {
        var verbs = Counted(uses.Select(use => use.Verb).Where(verb => verb.Length > 0));
        return verbs.Length > 0 ? $"{uses.Key} ({verbs})" : Counted(uses.Select(use => use.Program));
    }

    private static (string Program, string Verb) Of(PlannedStep step) => step.Step?.Work switch
    {
        CommandWork command => (NameOf(command.Arguments[0].Text), Verb(command.Arguments)),
        ScriptWork script => (script.Shell.ToString().ToLowerInvariant() + " script", ""),
        HttpWork http => (http.Method, Host(step.Does)),
        GitWork => ("git", ""),
        SqlWork sql => ("ask " + sql.Source, ""),
        AlertsWork alerts => ("alerts of " + alerts.Source, ""),
        MeasureWork measure => ("measure for " + Durations.Format(measure.Duration), ""),
        MessageWork message => ("send", message.Message),
        _ => ("", ""),
    };

    /// <summary>The words before the first option, two at most, and the program behind <c>--</c>: <c>exec psql</c>.</summary>
    private static string Verb(IReadOnlyList<Template> arguments)
    {
        var words = arguments.Skip(1).TakeWhile(a => a.IsConstant && !a.Text.StartsWith('-')).Take(2).Select(a => NameOf(a.Text));
        var inside = arguments.SkipWhile(a => a.Text != "--").Skip(1).Take(1).Where(a => a.IsConstant).Select(a => NameOf(a.Text));
        return string.Join(' ', words.Concat(inside));
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The host of the first address in a request's line: what stands between // and the next /.</summary>
    private static string Host(string does)
    {
        var from = does.IndexOf("//", StringComparison.Ordinal) + 2;
        if (from < 2)
            return "";
        var to = does.AsSpan(from).IndexOfAny('/', ' ', '?');
        return to < 0 ? does[from..] : does.Substring(from, to);
    }
}
