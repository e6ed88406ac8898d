using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Expressions;

namespace ReleaseOps.Tests.Expressions;

public sealed class PathGlobTests
{
    [Theory]
    // One name: * and ? stay within it.
    [InlineData("app/*.py", "app/main.py", true)]
    [InlineData("app/*.py", "app/pos/main.py", false)]
    [InlineData("app/*.py", "app/.py", true)]
    [InlineData("app/*.py", "app/main.pyc", false)]
    [InlineData("app/*.py", "my/app/main.py", false)]
    [InlineData("app/*", "app/pos/main.py", false)]
    [InlineData("a/?.py", "a/b.py", true)]
    [InlineData("a/?.py", "a/bc.py", false)]
    [InlineData("a/?.py", "a/.py", false)]
    [InlineData("a?b", "a/b", false)]
    [InlineData("a/?.md", "a/😀.md", true)]
    [InlineData("a/*.md", "a/two\nlines.md", true)]
    // Any folders.
    [InlineData("app/**", "app/main.py", true)]
    [InlineData("app/**", "app/pos/x/main.py", true)]
    [InlineData("app/**", "app", false)]
    [InlineData("app/**", "apple/main.py", false)]
    [InlineData("app/**/pos/**", "app/pos/a.py", true)]
    [InlineData("app/**/pos/**", "app/api/v1/pos/x/a.py", true)]
    [InlineData("app/**/pos/**", "app/repos/a.py", false)]
    [InlineData("**/test_*.py", "test_a.py", true)]
    [InlineData("**/test_*.py", "tests/smoke/test_a.py", true)]
    [InlineData("**", "any/thing", true)]
    [InlineData("**/", "any/thing", true)]
    [InlineData("app/**/", "app/a/b", true)]
    // Without a slash, in any folder; with one at its start, only at the top.
    [InlineData("*.md", "README.md", true)]
    [InlineData("*.md", "docs/a/README.md", true)]
    [InlineData("/*.md", "README.md", true)]
    [InlineData("/*.md", "docs/README.md", false)]
    [InlineData("Dockerfile", "build/Dockerfile", true)]
    [InlineData("/Dockerfile", "build/Dockerfile", false)]
    [InlineData("Dockerfile", "build/MyDockerfile", false)]
    // A folder is all that is in it.
    [InlineData("docs/frozen", "docs/frozen/api/v1.md", true)]
    [InlineData("docs/frozen/", "docs/frozen/api/v1.md", true)]
    [InlineData("docs/frozen/", "docs/frozen", false)]
    [InlineData("docs/frozen", "docs/frozen.md", false)]
    [InlineData("docs/frozen", "my/docs/frozen/a.md", false)]
    [InlineData("docs/", "my/docs/a.md", true)]
    [InlineData("/docs", "my/docs/a.md", false)]
    [InlineData("app/{pos,stock}", "app/stock/a.py", true)]
    // One of several.
    [InlineData("app/{pos,stock}/**", "app/pos/a.py", true)]
    [InlineData("app/{pos,stock}/**", "app/rbac/a.py", false)]
    [InlineData("{app/x,lib}/*.{yml,y?ml}", "app/x/a.yaml", true)]
    [InlineData("{app/x,lib}/*.{yml,y?ml}", "lib/a.yml", true)]
    [InlineData("a{,.bak}", "x/a", true)]
    [InlineData("a{,.bak}", "a.bak", true)]
    [InlineData("{a{b,c},d}", "ac", true)]
    [InlineData("a,b", "a,b", true)]
    // As they stand: what means something in a regular expression, capitals, and what a backslash is before.
    [InlineData("a.b+c(d)$", "a.b+c(d)$", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("App/*", "app/a", false)]
    [InlineData(@"app/\[id\]/page.tsx", "app/[id]/page.tsx", true)]
    [InlineData(@"\*\?\{\}\,\\", @"*?{},\", true)]
    [InlineData(@"\!a", "!a", true)]
    [InlineData("a]", "a]", true)]
    public void A_glob_fits_paths(string glob, string path, bool fits) => Assert.Equal(fits, Fits(glob, path));

    [Theory]
    [InlineData("", 0, "nothing in it")]
    [InlineData("!docs/**", 0, "'except'")]
    [InlineData(":(glob)docs/**", 0, "'except'")]
    [InlineData("/", 1, "between slashes")]
    [InlineData("//a", 1, "between slashes")]
    [InlineData("app//a", 4, "between slashes")]
    [InlineData("./app", 0, "'.'")]
    [InlineData("app/../a", 4, "'..'")]
    [InlineData("app/**.py", 4, "stands alone")]
    [InlineData("app/x**/a", 5, "stands alone")]
    [InlineData("{a,**}", 3, "stands alone")]
    [InlineData("app/{a,b", 4, "'{' without")]
    [InlineData("{a,{b}", 0, "'{' without")]
    [InlineData("app/a}", 5, "'}' without")]
    [InlineData("app/{}", 4, "nothing in it")]
    [InlineData("a{b/,c}", 3, "before or after the braces")]
    [InlineData("app/[a-z].py", 4, "'['")]
    [InlineData(@"src\app\a.py", 3, "'/'")]
    [InlineData(@"app\", 3, "'/'")]
    public void What_is_no_glob_says_why_and_where(string glob, int offset, string why)
    {
        Assert.Null(PathGlob.TryParse(glob, out var problem));
        Assert.Equal(offset, problem!.Value.Offset);
        Assert.Contains(why, problem.Value.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorId.BadPattern, Assert.Throws<ReleaseOpsException>(() => PathGlob.Parse(glob)).Id);
    }

    [Fact]
    public void A_glob_has_a_bound()
    {
        Assert.True(Fits(new string('?', PathGlob.MaxLength), new string('a', PathGlob.MaxLength)));
        Assert.Null(PathGlob.TryParse(new string('a', PathGlob.MaxLength + 1), out _));
    }

    [Theory]
    [InlineData("*a*a*a*a*a*a*a*a*a*a*b")]
    [InlineData("**/a/**/a/**/a/**/a/**/a/**/b")]
    [InlineData("{a,{a,{a,*}*}*}*b")]
    public void A_long_path_takes_no_long_time(string glob)
    {
        // With backtracking these take years.
        var watch = Stopwatch.StartNew();
        Assert.False(Fits(glob, string.Concat(Enumerable.Repeat("a/a", 20_000))));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"it took {watch.Elapsed}");
    }

    [Fact]
    public void It_fits_what_a_matcher_by_hand_fits()
    {
        var name = Gen.ArrayOf(Gen.Elements("a", "b", "*", "?", "{a,bb}")).Resize(3).Select(atoms => string.Concat(atoms))
            .Where(n => n.Length > 0 && !n.Contains("**", StringComparison.Ordinal));
        var names = Gen.NonEmptyListOf(Gen.OneOf(name, Gen.Constant("**"))).Resize(4);
        var path = Gen.NonEmptyListOf(Gen.NonEmptyListOf(Gen.Elements('a', 'b')).Resize(3).Select(c => string.Concat(c))).Resize(4);
        var (yes, no) = (0, 0);
        Prop.ForAll(names.ToArbitrary(), path.ToArbitrary(), (glob, folders) =>
        {
            var text = string.Join('/', glob);
            // Without a slash it fits in any folder, which '**/' says too; a folder is all in it, so each of the path's beginnings will do.
            var whole = glob.Count == 1 ? ["**", .. glob] : glob.ToArray();
            var isFolder = glob[^1].IndexOfAny(['*', '?']) < 0;
            var expected = Enumerable.Range(1, folders.Count).Any(n => (n == folders.Count || isFolder) && Matches(whole, [.. folders.Take(n)]));
            (yes, no) = expected ? (yes + 1, no) : (yes, no + 1);
            Assert.True(expected == Fits(text, string.Join('/', folders)), $"{text} and {string.Join('/', folders)}: by hand {expected}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        Assert.True(yes > 50 && no > 50, $"{yes} fit, {no} don't");
    }

    [Fact]
    public void A_path_with_its_meaning_taken_away_fits_itself_and_nothing_else()
    {
        var names = Gen.NonEmptyListOf(Gen.Elements("ab*?{},[]!:\\.+$^ é".ToCharArray())).Resize(6).Select(c => string.Concat(c)).Where(n => n is not ("." or ".."));
        Prop.ForAll(names.ToArbitrary(), names.ToArbitrary(), (path, other) =>
        {
            var glob = PathGlob.Parse("/" + string.Concat(path.Select(c => "*?{},[]!:\\".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}")));
            Assert.True(glob.Fits(path), glob.ToString());
            Assert.Equal(path == other, glob.Fits(other));
        }).QuickCheckThrowOnFailure();
    }

    private static bool Fits(string glob, string path) => PathGlob.Parse(glob).Fits(path);

    private static bool Matches(ReadOnlySpan<string> glob, ReadOnlySpan<string> path)
    {
        if (glob.IsEmpty)
            return path.IsEmpty;
        if (glob[0] != "**")
            return !path.IsEmpty && MatchesName(glob[0], path[0]) && Matches(glob[1..], path[1..]);
        // At its end it is all beneath: something must be there.
        if (glob.Length == 1)
            return !path.IsEmpty;
        for (var skipped = 0; skipped <= path.Length; skipped++)
        {
            if (Matches(glob[1..], path[skipped..]))
                return true;
        }
        return false;
    }

    private static bool MatchesName(ReadOnlySpan<char> glob, ReadOnlySpan<char> name) => glob switch
    {
        [] => name.IsEmpty,
        ['*', .. var rest] => MatchesName(rest, name) || (!name.IsEmpty && MatchesName(glob, name[1..])),
        ['?', .. var rest] => !name.IsEmpty && MatchesName(rest, name[1..]),
        // The one pair of braces that is generated: {a,bb}.
        ['{', ..] => (name.StartsWith("a") && MatchesName(glob["{a,bb}".Length..], name[1..]))
            || (name.StartsWith("bb") && MatchesName(glob["{a,bb}".Length..], name[2..])),
        [var c, .. var rest] => !name.IsEmpty && name[0] == c && MatchesName(rest, name[1..]),
    };
}
