using System.Text.RegularExpressions;
using KerasPort.Tests.Samples;

namespace KerasPort.Tests.Console;

/// <summary>Compares the text of the lessons with that of the Python tutorial.</summary>
public class LessonTests
{
    private static (string Python, string CSharp) Texts(string lesson) => (
        File.ReadAllText(Repository.File("src", "KerasPort.Console", lesson + ".py")),
        File.ReadAllText(Repository.File("src", "KerasPort.Console", lesson + ".cs")));

    [Theory]
    [InlineData("Baseline", 9)]
    [InlineData("Convolutions", 12)]
    public void Statement_for_statement(string lesson, int statements)
    {
        var (python, csharp) = Texts(lesson);
        Assert.Equal(PythonProgram.Statements(python), CSharpProgram.StatementsOfMethod(csharp, "Run"));
        Assert.Equal(statements + 1, PythonProgram.Statements(python).Count); // and the import
    }

    /// <summary><c>src/codelab.cs</c> is both lessons in one program, one after the other: the second import and the second mnist are the first.</summary>
    [Fact]
    public void The_script_is_both_lessons()
    {
        var expected = PythonProgram.Statements(Texts("Baseline").Python).Concat(PythonProgram.Statements(Texts("Convolutions").Python)[2..]);
        var script = CSharpProgram.Statements(File.ReadAllText(Repository.File("src", "codelab.cs")));
        // After the lessons comes the callback of an exercise.
        Assert.Equal(expected, script.TakeWhile(statement => !statement.StartsWith("class ", StringComparison.Ordinal)));
    }

    /// <summary>Each number, string and name of the Python text, changed alone, is reported as a difference; so is each line left out.</summary>
    [Theory]
    [InlineData("Baseline")]
    [InlineData("Convolutions")]
    public void Any_drift_of_the_Python_text_is_seen(string lesson)
    {
        var (python, csharp) = Texts(lesson);
        var expected = CSharpProgram.StatementsOfMethod(csharp, "Run");
        string code = Regex.Replace(python, @"\s*#[^\n]*", "");
        var words = Regex.Matches(code, @"\w+");
        Assert.True(words.Count > 60);
        foreach (Match word in words)
            Assert.NotEqual(expected, PythonProgram.Statements(code[..word.Index] + word.Value + "1" + code[(word.Index + word.Length)..]));
        string[] lines = code.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < lines.Length; i++)
            Assert.NotEqual(expected, PythonProgram.Statements(string.Join('\n', lines.Where((_, at) => at != i))));
    }

    [Theory]
    [InlineData("int epochs = 5", "int epochs = 6")]
    [InlineData("int? batch_size = null", "int? batch_size = 64")]
    [InlineData("Verbose? verbose = null", "Verbose? verbose = 2")]
    [InlineData("verbose: verbose", "verbose: 0")]
    [InlineData("epochs: epochs", "epochs: 4")]
    [InlineData("epochs: epochs, ", "")]
    [InlineData("128", "129")]
    [InlineData("/ 255.0", "/ 256.0")]
    [InlineData("\"relu\"", "\"linear\"")]
    [InlineData("activation: \"softmax\"", "units: \"softmax\"")]
    [InlineData("test_accuracy * 100", "test_accuracy")]
    [InlineData("model ??= tf", "model = model ?? tf")]
    [InlineData("using static KerasPort.Python;", "")]
    [InlineData("tf.keras.layers.Flatten(),", "")]
    [InlineData("test_images = test_images / 255.0;", "")]
    [InlineData("print(\"", "model.summary(); print(\"")]
    [InlineData("model.evaluate(test_images, test_labels", "model.evaluate(training_images, training_labels")]
    [InlineData("((training_images, training_labels), (test_images, test_labels))", "((test_images, test_labels), (training_images, training_labels))")]
    public void Any_drift_of_the_CSharp_text_is_seen(string from, string to)
    {
        foreach (string lesson in new[] { "Baseline", "Convolutions" })
        {
            var (python, csharp) = Texts(lesson);
            Assert.Contains(from, csharp);
            Assert.NotEqual(PythonProgram.Statements(python), CSharpProgram.StatementsOfMethod(csharp.Replace(from, to), "Run"));
        }
    }
}
