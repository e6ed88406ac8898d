using System.Globalization;
using System.Xml;
using static System.FormattableString;

namespace ReleaseOps.Probes.Files;

/// <summary>Counts the test cases of JUnit XML in one pass, in bounded memory.</summary>
internal sealed class JUnitCount
{
    /// <summary>The largest document that is read, in characters.</summary>
    internal const long MaxCharacters = 256L << 20;

    /// <summary>The deepest nesting that is read.</summary>
    internal const int MaxDepth = 64;

    private const int MaxFailures = 50;

    // Some 31 years: no real result reaches it, and it fits a TimeSpan.
    private const double MaxSeconds = 1e9;

    private readonly List<string> _failures = [];
    private readonly List<string> _notes = [];
    private readonly SecretMask _mask;
    private readonly Stated _statedTests = new();
    private readonly Stated _statedBad = new();
    private double _seconds;
    private long _flaky;

    private JUnitCount(SecretMask mask) => _mask = mask;

    internal long Tests { get; private set; }

    internal long Failed { get; private set; }

    internal long Errors { get; private set; }

    internal long Skipped { get; private set; }

    internal long Passed => Tests - Failed - Errors - Skipped;

    /// <summary>Failures and errors as the file states them; 0 where it states nothing.</summary>
    internal long StatedBad => _statedBad.Sum ?? 0;

    /// <summary>The sum of the cases' times.</summary>
    internal TimeSpan Duration => TimeSpan.FromSeconds(Math.Min(_seconds, MaxSeconds));

    /// <summary>Names of the first cases that failed or had an error.</summary>
    internal IReadOnlyList<string> Failures => _failures;

    internal IReadOnlyList<string> Notes => _notes;

    /// <exception cref="CouldNotTellException">BadDocument, with line and column.</exception>
    internal static JUnitCount Read(SeenFile file, SecretMask mask, CancellationToken cancellation)
    {
        using var stream = file.Open();
        using var reader = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
        var count = new JUnitCount(mask);
        try
        {
            count.Document(reader, cancellation);
        }
        catch (XmlException e)
        {
            throw new CouldNotTellException(ErrorId.BadDocument,
                Invariant($"{file.Name} isn't valid XML at {e.LineNumber}:{e.LinePosition}: {OutsideText.OneLine(e.Message, mask, 120)}"));
        }
        count.AddNotes();
        return count;
    }

    private void Document(XmlReader reader, CancellationToken cancellation)
    {
        reader.MoveToContent();
        if (reader.LocalName is not ("testsuites" or "testsuite"))
        {
            var name = OutsideText.OneLine(reader.LocalName, _mask, 60);
            throw Bad(reader, $"the outermost element is {name}, not testsuites or testsuite: this isn't JUnit XML");
        }
        do
        {
            cancellation.ThrowIfCancellationRequested();
            if (reader.Depth > MaxDepth)
                throw Bad(reader, Invariant($"nested deeper than {MaxDepth}"));
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName is "testsuites" or "testsuite")
                Totals(reader);
            else if (reader.LocalName == "testcase")
                Case(reader, cancellation);
            else if (reader.LocalName is "failure" or "error")
                // Beside the cases: the suite itself broke, so there were tests that couldn't run.
                AddBad(reader.LocalName, "a suite, outside its test cases");
        }
        while (reader.Read());
    }

    private void Case(XmlReader reader, CancellationToken cancellation)
    {
        var name = reader.GetAttribute("name") ?? "";
        if (reader.GetAttribute("classname") is { Length: > 0 } owner)
            name = $"{owner}.{name}";
        // GoogleTest says that a disabled test did not run in an attribute only.
        var skipped = reader.GetAttribute("status") is "notrun" or "disabled" or "skipped";
        _seconds += Seconds(reader.GetAttribute("time"));
        var depth = reader.Depth;
        var (failed, error, flaky) = (false, false, false);
        var open = !reader.IsEmptyElement;
        while (open && reader.Read() && reader.Depth > depth)
        {
            cancellation.ThrowIfCancellationRequested();
            if (reader.Depth > MaxDepth)
                throw Bad(reader, Invariant($"nested deeper than {MaxDepth}"));
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            // At any depth: a failure that stands somewhere unexpected is a failure all the same.
            failed |= reader.LocalName == "failure";
            error |= reader.LocalName == "error";
            skipped |= reader.LocalName == "skipped" && reader.Depth == depth + 1;
            flaky |= reader.LocalName is "flakyFailure" or "flakyError";
        }
        if (failed || error)
        {
            AddBad(failed ? "failure" : "error", name);
            return;
        }
        Tests++;
        Skipped += skipped ? 1 : 0;
        _flaky += flaky && !skipped ? 1 : 0;
    }

    private void AddBad(string kind, string name)
    {
        Tests++;
        Failed += kind == "failure" ? 1 : 0;
        Errors += kind == "error" ? 1 : 0;
        if (_failures.Count < MaxFailures)
            _failures.Add(OutsideText.OneLine(name, _mask));
    }

    private void Totals(XmlReader suite)
    {
        _statedTests.Add(suite.Depth, Whole(suite.GetAttribute("tests")));
        var (failures, errors) = (Whole(suite.GetAttribute("failures")), Whole(suite.GetAttribute("errors")));
        _statedBad.Add(suite.Depth, failures is null && errors is null ? null : (failures ?? 0) + (errors ?? 0));
    }

    private void AddNotes()
    {
        if (_statedTests.Sum is { } tests && tests != Tests)
            _notes.Add(Invariant($"the file states {tests} tests, but has {Tests} test cases"));
        if (_statedBad.Sum is { } bad && bad != Failed + Errors)
            _notes.Add(Invariant($"the file states {bad} failures and errors, but has {Failed + Errors}"));
        if (_flaky > 0)
            _notes.Add(Invariant($"{_flaky} passed only when tried again"));
        if (Failed + Errors > _failures.Count)
            _notes.Add(Invariant($"only the first {MaxFailures} failures are named"));
    }

    private static long? Whole(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue ? number : null;

    // JUnit's own writer puts commas between thousands.
    private static double Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0 and <= MaxSeconds
            ? seconds
            : 0;

    private static CouldNotTellException Bad(XmlReader reader, string why)
    {
        var place = (IXmlLineInfo)reader;
        return new CouldNotTellException(ErrorId.BadDocument, Invariant($"{why} (at {place.LineNumber}:{place.LinePosition})"));
    }

    /// <summary>A total that suites state. The outermost ones with it count; those of suites inside them are part of theirs.</summary>
    private sealed class Stated
    {
        private int _depth = int.MaxValue;

        internal long? Sum { get; private set; }

        internal void Add(int depth, long? total)
        {
            if (total is null || depth > _depth)
                return;
            _depth = depth;
            Sum = (Sum ?? 0) + total;
        }
    }
}
