namespace ReleaseOps.Channels;

/// <summary>
/// A notice as Markdown (CommonMark 0.31, GitHub's tables): each value a code span, in which there are no links, mentions, HTML or emphasis.
/// What is left to guard is that a span ends where it should, whatever backticks the author's own words have.
/// </summary>
internal static class MarkdownNotice
{
    /// <summary>The longest text, in UTF-16 units.</summary>
    internal const int Longest = 60_000;

    // Looks like a backtick, and is none (U+02CB).
    private const char LikeBacktick = 'ˋ';

    /// <summary>The whole entry: title, text, and where it comes from.</summary>
    internal static string Entry(Notice notice) =>
        $"## {Span(NoticeText.Title(notice), 0, false)}\n\n{Text(notice)}\n\n{Span(NoticeText.Origin(notice), 0, false)}\n";

    /// <summary>The text.</summary>
    internal static string Text(Notice notice)
    {
        var runs = Unfenced([.. NoticeText.Runs(notice)]);
        var words = string.Concat(runs.Where(run => run.Kind == TextKind.Literal).Select(run => run.Text + "\n"));
        return NoticeText.Bounded(Pieces(runs, OwnFence(words), words.Contains('|', StringComparison.Ordinal)), Longest).TrimEnd();
    }

    // `{{x}}`: a value that the author made a code span of gets ours instead.
    private static List<TextRun> Unfenced(List<TextRun> runs)
    {
        for (var i = 1; i + 1 < runs.Count; i++)
        {
            if (runs[i].Kind != TextKind.Literal && EndsInOne(runs[i - 1]) && BeginsWithOne(runs[i + 1]))
            {
                runs[i - 1] = runs[i - 1] with { Text = runs[i - 1].Text[..^1] };
                runs[i + 1] = runs[i + 1] with { Text = runs[i + 1].Text[1..] };
            }
        }
        return runs;
    }

    private static bool EndsInOne(TextRun run) => run is { Kind: TextKind.Literal, Text: [.., '`'] } and not { Text: [.., '`' or '\\', '`'] };

    private static bool BeginsWithOne(TextRun run) => run is { Kind: TextKind.Literal, Text: ['`', ..] } and not { Text: ['`', '`', ..] };

    /// <summary>The length of a run of backticks that the author's words don't have; 0 where they have none at all.</summary>
    private static int OwnFence(string words)
    {
        var runs = new HashSet<int>();
        for (var i = 0; i < words.Length; i++)
        {
            var start = i;
            while (i < words.Length && words[i] == '`')
                i++;
            if (i > start)
                runs.Add(i - start);
        }
        return runs.Count == 0 ? 0 : Enumerable.Range(1, runs.Count + 1).First(length => !runs.Contains(length));
    }

    private static IEnumerable<string> Pieces(List<TextRun> runs, int fence, bool inTable)
    {
        var last = '\n';
        foreach (var run in runs.Where(run => run.Text.Length > 0))
        {
            if (run.Kind != TextKind.Literal)
            {
                // A backslash would take a backtick away from the span, and a backtick would make it longer.
                yield return (last is '`' or '\\' ? " " : "") + Span(run.Text, fence, inTable);
            }
            else
            {
                if (last == '`' && run.Text[0] == '`')
                    yield return " ";
                foreach (var rune in NoticeText.Runes(run.Text))
                    yield return rune;
            }
            last = run.Kind == TextKind.Literal ? run.Text[^1] : '`';
        }
    }

    private static string Span(string value, int fence, bool inTable)
    {
        if (inTable)
            value = MarkdownText.InCell(value);
        // Where the author's words have backticks too, one of them could pair with one of the value's.
        if (fence > 0)
            value = value.Replace('`', LikeBacktick);
        return MarkdownText.Span(value, fence);
    }
}
