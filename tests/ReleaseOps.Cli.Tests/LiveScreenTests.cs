using ReleaseOps.Cli.Screen;

namespace ReleaseOps.Cli.Tests;

public sealed class LiveScreenTests
{
    [Theory]
    [InlineData(140, 3)]
    [InlineData(50, 3)]
    [InlineData(49, 4)]
    [InlineData(25, 4)]
    [InlineData(24, 5)]
    public void Lines_take_the_rows_that_a_narrower_terminal_breaks_them_into(int width, int rows) =>
        Assert.Equal(rows, LiveScreen.Rows([new string('x', 10), "", "\e[1;31m" + new string('x', 50) + "\e[0m"], width));
}
