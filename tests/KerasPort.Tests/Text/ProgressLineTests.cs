namespace KerasPort.Tests.Text;

public sealed class ProgressLineTests
{
    private readonly StringWriter _written = new() { NewLine = "\n" };

    [Fact]
    public void On_a_terminal_the_bar_is_redrawn_in_place_and_removed()
    {
        var line = new ProgressLine(_written, redraw: true);
        line.Note("Downloading data from x");
        line.Show(0.25, "25/100");
        Assert.Equal("Downloading data from x\n\r25/100 ━━━━━─────────────── 0s", _written.ToString());
        line.Note("y");
        Assert.EndsWith("\r" + new string(' ', 30) + "\ry\n", _written.ToString());
    }

    [Fact]
    public void Elsewhere_only_notes_are_written()
    {
        var line = new ProgressLine(_written, redraw: false);
        line.Note("Downloading data from x");
        line.Show(0.25, "25/100");
        line.Erase();
        Assert.Equal("Downloading data from x\n", _written.ToString());
    }
}
