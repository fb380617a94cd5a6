using KerasPort.Console;

namespace KerasPort.Tests.Console;

public class ModelNameTests
{
    [Theory]
    [InlineData("cnn-16-16", new[] { 16, 16 })]
    [InlineData("cnn-64", new[] { 64 })]
    [InlineData("cnn-1-20-999", new[] { 1, 20, 999 })]
    public void Names_hold_the_filters(string name, int[] filters) => Assert.Equal(filters, ModelName.Filters(name));

    [Theory]
    [InlineData("")]
    [InlineData("Baseline")]
    [InlineData("baseline-16")]
    [InlineData("cnn")]
    [InlineData("cnn-")]
    [InlineData("cnn-16-")]
    [InlineData("cnn-0")]
    [InlineData("cnn-016")]
    [InlineData("cnn-1000")]
    [InlineData("cnn-1.5")]
    [InlineData("cnn-١")]
    [InlineData("cnn-16-16-16-16")]
    [InlineData("cnn-16\n")]
    public void Other_names_are_none(string name) => Assert.False(ModelName.IsValid(name));

    [Fact]
    public void Bad_names_are_refused_with_what_is_allowed()
    {
        var e = Assert.Throws<UsageException>(() => Settings.Models.Parse("baseline cnn-0", "--model"));
        Assert.StartsWith("--model: expected a list of model names (baseline, or cnn-F1, cnn-F1-F2", e.Message);
        Assert.EndsWith("got \"baseline cnn-0\"", e.Message);
    }
}
