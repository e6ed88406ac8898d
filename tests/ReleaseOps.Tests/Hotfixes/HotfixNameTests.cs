using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Hotfixes;

namespace ReleaseOps.Tests.Hotfixes;

public sealed class HotfixNameTests
{
    private const string Ticket = @"[A-Z][A-Z0-9]*-\d+";
    private static readonly HotfixName Branch = new("hotfix/<ticket>-<short-description>", Ticket);
    private static readonly HotfixName Title = new("Hotfix: <ticket> <impact summary>", Ticket);
    private static readonly HotfixName Tag = new("0.1.0-rc.3+hotfix.<n>", Ticket);

    [Theory]
    [InlineData("hotfix/ARIS-12-stock-total", "ARIS-12")]
    [InlineData("hotfix/A1-7-x", "A1-7")]
    public void A_branch_that_keeps_to_the_form_fits(string name, string ticket)
    {
        Assert.True(Branch.Fits(name, out var found));
        Assert.Equal(ticket, found);
    }

    [Theory]
    [InlineData("hotfix/ARIS-12", "hotfix/ARIS-12-<short-description>")]
    [InlineData("Hotfix/aris-12_Stock  Total!", "hotfix/ARIS-12-stock-total")]
    [InlineData("fix/ARIS-12-stock-total", "hotfix/ARIS-12-fix-stock-total")]
    [InlineData("hotfix/stock-total", "hotfix/<ticket>-stock-total")]
    [InlineData("hotfix/ARIS-12-stock_total", "hotfix/ARIS-12-stock-total")]
    [InlineData("hotfix/ARIS-12-Stock", "hotfix/ARIS-12-stock")]
    [InlineData("hotfix/ARIS-12--stock", "hotfix/ARIS-12-stock")]
    [InlineData("main", "hotfix/<ticket>-main")]
    public void A_branch_of_another_name_is_told_the_name_that_was_meant(string name, string corrected)
    {
        Assert.False(Branch.Fits(name, out _));
        Assert.Equal(corrected, Branch.Corrected(name, ticket: null));
    }

    [Fact]
    public void A_known_ticket_goes_into_the_name_that_was_meant() =>
        Assert.Equal("hotfix/ARIS-12-stock", Branch.Corrected("hotfix/stock", "ARIS-12"));

    [Theory]
    [InlineData("Hotfix: ARIS-12 stock totals were doubled", true)]
    [InlineData("hotfix: ARIS-12 stock totals were doubled", false)]
    [InlineData("Hotfix: ARIS-12", false)]
    [InlineData("Hotfix: ARIS-12 two\nlines", false)]
    [InlineData("Hotfix: ARIS-12 ends in a space ", false)]
    public void A_title_fits_or_it_does_not(string title, bool fits) => Assert.Equal(fits, Title.Fits(title, out _));

    [Theory]
    [InlineData("ARIS-12 stock totals were doubled")]
    [InlineData("HOTFIX - ARIS-12: stock totals were doubled")]
    public void A_title_of_other_words_is_told_the_one_that_was_meant(string title) =>
        Assert.Equal("Hotfix: ARIS-12 stock totals were doubled", Title.Corrected(title, null));

    [Theory]
    [InlineData("0.1.0-rc.3+hotfix.1", true)]
    [InlineData("0.1.0-rc.3+hotfix.12", true)]
    [InlineData("0.1.0-rc.3+hotfix.0", false)]
    [InlineData("0x1.0-rc.3+hotfix.1", false)]
    [InlineData("v0.1.0-rc.3+hotfix.1", false)]
    public void A_tag_counts_from_one(string tag, bool fits) => Assert.Equal(fits, Tag.Fits(tag, out _));

    [Fact]
    public void A_tag_of_another_form_keeps_its_number() => Assert.Equal("0.1.0-rc.3+hotfix.4", Tag.Corrected("hotfix-4", null));

    [Fact]
    public void What_was_corrected_fits_or_has_a_placeholder_left() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string?>(), name =>
        {
            var corrected = Branch.Corrected(name ?? "", "ARIS-12");
            return corrected.Contains('<', StringComparison.Ordinal) || Branch.Fits(corrected, out _);
        }));

    [Fact]
    public void A_name_that_would_make_an_expression_think_long_is_answered_at_once()
    {
        var costly = new HotfixName("hotfix/<ticket>", "(a+)+b");
        Assert.False(costly.Fits("hotfix/" + new string('a', 480), out _));
    }
}
