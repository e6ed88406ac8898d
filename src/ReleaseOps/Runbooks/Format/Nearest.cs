namespace ReleaseOps.Runbooks.Format;

/// <summary>Finds the known name that somebody probably meant.</summary>
internal static class Nearest
{
    // Names are short, and a hint isn't worth more than this: what lies beyond is not looked at.
    private const int LongestName = 64;
    private const int MostNames = 500;

    /// <summary>"did you mean 'x'?", or the known names where they are few and none is near; null for none.</summary>
    public static string? Hint(string name, IEnumerable<string> known)
    {
        var names = known.Take(MostNames).ToArray();
        if (Of(name, names) is { } near)
            return $"did you mean '{near}'?";
        return names.Length is > 0 and <= 8 ? "known: " + string.Join(", ", names) : null;
    }

    /// <summary>The nearest name, at most a third of its letters away; null where none is near.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestName)
            return null;
        string? best = null;
        var bestDistance = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in known.Take(MostNames))
        {
            if (candidate.Length > LongestName || Math.Abs(candidate.Length - name.Length) >= bestDistance)
                continue;
            var distance = Distance(name, candidate);
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }
        return best;
    }

    /// <summary>Letters to insert, drop, change, or swap with their neighbour (optimal string alignment); case costs nothing.</summary>
    internal static int Distance(string a, string b)
    {
        Span<int> beforeLast = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }
            last.CopyTo(beforeLast);
            row.CopyTo(last);
        }
        return last[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
