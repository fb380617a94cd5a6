
namespace KerasPort.Tests.Text;

public class SpellingTests
{
    private static readonly string[] Known = ["engine", "epochs", "batch_size", "seed"];

    [Theory]
    [InlineData("epoch", "epochs")]
    [InlineData("EPOCHS", "epochs")]
    [InlineData("epohcs", "epochs")] // neighbours swapped count once
    [InlineData("sead", "seed")]
    [InlineData("batchSize", "batch_size")]
    [InlineData("--batch-size", "batch_size")]
    [InlineData("engin", "engine")]
    public void A_near_word_is_offered(string word, string meant) => Assert.Equal($", did you mean \"{meant}\"?", Spelling.Hint(word, Known));

    [Theory]
    [InlineData("")]
    [InlineData("learning_rate")]
    [InlineData("dees")]
    public void A_far_one_gets_the_list(string word) => Assert.Equal("; known are engine, epochs, batch_size, seed", Spelling.Hint(word, Known));

    [Fact]
    public void Where_all_are_listed_anyway_a_far_one_gets_nothing() =>
        Assert.Equal(("", ", did you mean \"seed\"?"), (Spelling.Nearest("learning", Known), Spelling.Nearest("sed", Known)));

    [Theory]
    [InlineData("3", "auto", "0", "1", "2")]
    [InlineData("x", "y")]
    public void A_word_without_a_character_in_common_is_not_near(string word, params string[] known) => Assert.Equal("", Spelling.Nearest(word, known));

    [Fact]
    public void Nothing_known_is_no_hint() => Assert.Equal("", Spelling.Hint("run", []));

    [Fact]
    public void A_hostile_key_is_cheap() => Assert.StartsWith("; known", Spelling.Hint(new string('e', 1 << 20), Known));
}
