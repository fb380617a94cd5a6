namespace KerasPort.Tests.Text;

public class TerminalTests
{
    [Theory]
    [InlineData(true, 132, "", 132)]
    [InlineData(false, 132, "", 80)]
    [InlineData(true, 132, "COLUMNS=50", 50)]
    [InlineData(false, 0, "COLUMNS=50", 50)]
    [InlineData(true, 132, "COLUMNS=0", 132)]
    [InlineData(true, 132, "COLUMNS=wide", 132)]
    [InlineData(true, 0, "", 80)]
    public void Width_is_that_of_Columns_then_of_the_terminal_then_80(bool isTerminal, int asked, string environment, int width) =>
        Assert.Equal(width, Terminal.Describe(isTerminal, () => asked, Variables(environment)).Width);

    [Theory]
    [InlineData(true, "TERM=xterm", "Standard")]
    [InlineData(true, "", "Standard")]
    [InlineData(true, "TERM=xterm-256color", "EightBit")]
    [InlineData(true, "TERM=xterm-kitty", "EightBit")]
    [InlineData(true, "TERM=xterm COLORTERM=truecolor", "EightBit")]
    [InlineData(true, "TERM=dumb", "None")]
    [InlineData(true, "TERM=xterm NO_COLOR=1", "Monochrome")]
    [InlineData(true, "TERM=xterm NO_COLOR=", "Standard")]
    [InlineData(true, "TERM=xterm FORCE_COLOR=", "None")]
    [InlineData(true, "TERM=xterm TTY_COMPATIBLE=0", "None")]
    [InlineData(false, "TERM=xterm-256color", "None")]
    [InlineData(false, "TERM=xterm-256color FORCE_COLOR=1", "EightBit")]
    [InlineData(false, "TERM=xterm TTY_COMPATIBLE=1", "Standard")]
    public void Colours_are_those_that_rich_finds(bool isTerminal, string environment, string colors)
    {
        var expected = Enum.Parse<Colors>(colors);
        if (OperatingSystem.IsWindows() && expected == Colors.Standard) expected = Colors.EightBit;
        Assert.Equal(expected, Terminal.Describe(isTerminal, () => 80, Variables(environment)).Colors);
    }

    private static Func<string, string?> Variables(string environment)
    {
        var set = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        return set.GetValueOrDefault;
    }
}
