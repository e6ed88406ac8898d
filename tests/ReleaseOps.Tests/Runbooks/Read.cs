using System.Runtime.CompilerServices;
using System.Text;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

/// <summary>Reads runbooks that tests write in place.</summary>
internal static class Read
{
    public const string Name = "test.yaml";

    public static RunbookReading Text(string yaml) => RunbookReader.Parse(Encoding.UTF8.GetBytes(yaml), Name);

    /// <summary>A runbook with one phase of one step, whose lines follow: the id is line 5, and the first given line is line 6.</summary>
    public static RunbookReading Step(params string[] lines) =>
        Text("runbook: test\nphases:\n  - phase: only\n    steps:\n      - id: s\n"
            + string.Concat(lines.Select(line => $"        {line}\n"))
            + "parameters: { host: { default: h }, tag: { required: true } }\nroles: { lead: { may: [vote] } }\n");

    /// <summary>A runbook of a harmless step, and more at the top; the first given line is line 5.</summary>
    public static RunbookReading Top(params string[] lines) =>
        Text("runbook: test\nphases:\n  - phase: only\n    steps: [{ id: s, confirm: ready }]\n" + string.Join('\n', lines) + "\n");

    public static Runbook Good(RunbookReading reading)
    {
        Assert.Equal([], reading.Problems.Where(p => p.Level == ProblemLevel.Error).Select(p => p.ToString()));
        return reading.Runbook!;
    }

    /// <summary>The one problem of a reading.</summary>
    public static RunbookProblem Problem(RunbookReading reading)
    {
        Assert.True(reading.Problems.Count == 1, "expected one problem:\n" + string.Join('\n', reading.Problems));
        return reading.Problems[0];
    }

    public static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    public static string Repository() => Path.GetFullPath(Path.Combine(Folder(), "..", "..", ".."));
}
