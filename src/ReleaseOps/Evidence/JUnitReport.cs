using System.Globalization;
using System.Text;
using System.Xml;
using ReleaseOps.Contracts;
using ReleaseOps.Steps;
using static ReleaseOps.Evidence.InvariantText;

namespace ReleaseOps.Evidence;

/// <summary>
/// A result as JUnit XML, for the test views of CI systems: a suite a phase, a case a step; of a rollout a suite a stage, a
/// case each for the stage, its steps, its checks and its gate's criteria; of a watch a case each for its checks, its gates' criteria, its
/// incidents, its gaps, the way out of hypercare and what else decided. Failed is a failure, Inconclusive an error,
/// Skipped and Planned are skipped. A step that isn't required counts the same and says so in its message.
/// </summary>
public static class JUnitReport
{
    /// <summary>The document, in UTF-8.</summary>
    /// <param name="result">The result.</param>
    public static byte[] Bytes(RunResult result) =>
        Bytes(new Origin($"{result.Runbook}: {result.Release}", result.Runbook, result.StartedAt, result.Elapsed), ReportRow.Of(result));

    /// <summary>A comparison of two API descriptions: a suite an operation, a case a difference.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="at">When it was made, UTC.</param>
    public static byte[] Bytes(ContractResult result, DateTimeOffset at) =>
        Bytes(new Origin($"{result.Base} -> {result.Revision}", "contract", at, TimeSpan.Zero), ContractRows.Of(result));

    private sealed record Origin(string Title, string Name, DateTimeOffset StartedAt, TimeSpan Elapsed);

    private static byte[] Bytes(Origin origin, IReadOnlyList<ReportRow> rows)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
            NewLineHandling = NewLineHandling.Entitize,
        }))
        {
            Document(xml, origin, rows);
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Document(XmlWriter xml, Origin origin, IReadOnlyList<ReportRow> rows)
    {
        xml.WriteStartElement("testsuites");
        Attribute(xml, "name", origin.Title);
        Counts(xml, rows);
        Attribute(xml, "time", Seconds(origin.Elapsed, 3));
        Attribute(xml, "timestamp", Time(origin.StartedAt));
        foreach (var phase in rows.GroupBy(r => r.Phase, StringComparer.Ordinal))
            Suite(xml, phase.Key, [.. phase], origin);
        xml.WriteEndElement();
    }

    private static void Suite(XmlWriter xml, string phase, IReadOnlyList<ReportRow> rows, Origin origin)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", phase);
        Counts(xml, rows);
        Attribute(xml, "time", Seconds(TimeSpan.FromTicks(rows.Sum(r => r.Elapsed.Ticks)), 3));
        Attribute(xml, "timestamp", Time(rows.Min(r => r.StartedAt) ?? origin.StartedAt));
        foreach (var row in rows)
            Case(xml, row, origin.Name);
        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, ReportRow row, string runbook)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", $"{runbook}.{row.Phase}");
        Attribute(xml, "name", row.Id);
        Attribute(xml, "time", Seconds(row.Elapsed, 3));
        if (Outcome(row.Verdict) is { } outcome)
        {
            xml.WriteStartElement(outcome);
            var worst = row.Findings.OrderBy(f => f.Verdict.Rank()).FirstOrDefault();
            Attribute(xml, "message", $"{row.Status}: {OneLine.Of(worst?.Text is { Length: > 0 } text ? text : row.Detail)}");
            if (outcome != "skipped")
            {
                Attribute(xml, "type", row.Verdict.ToString());
                xml.WriteString(Legal(string.Join('\n', row.Findings.OrderBy(f => f.Verdict.Rank()).Select(Line))));
            }
            xml.WriteEndElement();
        }
        xml.WriteStartElement("system-out");
        xml.WriteString(Legal(row.Log is null ? OneLine.Of(row.Detail) : $"{OneLine.Of(row.Detail)}\nlog: {OneLine.Of(row.Log)}"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string Line(Finding finding)
    {
        var parts = new (string Name, string? Value)[]
        {
            ("observed", finding.Observed), ("condition", finding.Condition), ("source", finding.Source), ("log", finding.Evidence),
        };
        return StatusWord.Of(finding.Verdict) + ": " + OneLine.Of(finding.Text)
            + string.Concat(parts.Where(p => p.Value is not null).Select(p => $"; {p.Name}: {OneLine.Of(p.Value)}"));
    }

    private static string? Outcome(Verdict verdict) => verdict switch
    {
        Verdict.Passed => null,
        Verdict.Failed => "failure",
        Verdict.Skipped or Verdict.Planned => "skipped",
        _ => "error",
    };

    private static void Counts(XmlWriter xml, IReadOnlyList<ReportRow> rows)
    {
        Attribute(xml, "tests", Number(rows.Count));
        Attribute(xml, "failures", Number(rows.Count(r => Outcome(r.Verdict) == "failure")));
        Attribute(xml, "errors", Number(rows.Count(r => Outcome(r.Verdict) == "error")));
        Attribute(xml, "skipped", Number(rows.Count(r => Outcome(r.Verdict) == "skipped")));
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Legal(CiText.Defang(value)));

    // XML 1.0 has no way to write the other characters, not even as references.
    private static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            legal.Append(rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD");
        return legal.ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
