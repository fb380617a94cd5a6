using System.Text.RegularExpressions;

namespace KerasPort.Tests.Console.Parity;

/// <summary>The program that Python runs for a comparison has the codelab's very text.</summary>
public class CodelabTextTests
{
    private static readonly string Script = File.ReadAllText(Repository.File("src", "KerasPort.Console", "Parity", "codelab.py"));

    [Theory]
    [InlineData("baseline", "Baseline.py")]
    [InlineData("convolutions", "Convolutions.py")]
    public void Holds_the_lessons_text_word_for_word(string function, string lesson)
    {
        string body = Regex.Match(Script, $@"\ndef {function}\(\):\n(?<body>.*?)\n\n", RegexOptions.Singleline).Groups["body"].Value;
        var lines = body.Split('\n').Where(line => !line.EndsWith("#+", StringComparison.Ordinal)).Select(line => line[2..]);
        Assert.Equal(File.ReadAllLines(Repository.File("src", "KerasPort.Console", lesson)), lines);
        // The added lines: whose fit is called, and where the predictions go.
        Assert.Equal(2, body.Split('\n').Count(line => line.EndsWith("#+", StringComparison.Ordinal)));
    }
}
