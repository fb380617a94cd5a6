using KerasPort.Console;
using Spectre.Console;

namespace KerasPort.Tests.Console;

public class FactTableTests
{
    private static string Written(int width)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        var table = new FactTable(new("model", Least: 10), new("test\nloss", Right: true), new("what is to be expected", Least: 12)) { Title = "Both" };
        table.Add("baseline", "0.37190178", "a little less than the others have");
        table.Add("a convolution and a pooling", "0.28", "");
        table.Write(console);
        return text.ToString();
    }

    [Fact]
    public void Where_there_is_room_it_is_a_table()
    {
        string[] lines = Written(100).TrimEnd().Split('\n');
        Assert.Equal("Both", lines[0]);
        Assert.Equal("baseline                     0.37190178  a little less than the others have", lines[4]);
        Assert.Equal("a convolution and a pooling        0.28", lines[5].TrimEnd());
    }

    [Theory]
    [InlineData(19, "run  accuracy  loss")]
    [InlineData(18, "run    accu-  loss")]
    public void A_header_is_hyphenated_only_where_room_is_short(int width, string head)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        var table = new FactTable(new("run", Right: true), new("accu-\nracy", Right: true), new("loss", Right: true));
        table.Add("1", "71.88 %", "0.52");
        table.Write(console);
        Assert.Equal(head, text.ToString().Split('\n')[0].TrimEnd());
    }

    /// <summary>Text is wrapped between words; a number is never broken, and no line is longer than the terminal.</summary>
    [Theory]
    [InlineData(60)]
    [InlineData(40)]
    [InlineData(30)]
    [InlineData(26)]
    public void In_a_narrow_terminal_text_wraps_and_numbers_stay_whole(int width)
    {
        string text = Written(width);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("0.37190178", text);
        Assert.Contains("baseline", text);
    }

    [Fact]
    public void In_a_narrower_one_it_is_a_list_without_what_is_empty()
    {
        Assert.Equal("""
            Both
            baseline
              test loss    0.37190178
              what is to   a little less
              be expected  than the
                           others have

            a convolution and a pooling
              test loss    0.28
            """.ReplaceLineEndings("\n"), Written(28).TrimEnd());
    }
}
