using System.Text.RegularExpressions;
using KerasPort.Tests.Samples;

namespace KerasPort.Tests.Surface;

/// <summary>Each example of the XML documentation is a program that runs, with a few made-up rows in place of data sets, and prints what it says.</summary>
public partial class ExampleTests
{
    private const string Usings = "using static KerasPort.Python;\nusing static KerasPort.Plotting.PyPlot;\n";

    /// <summary>The classes and functions that tutorials use.</summary>
    private static readonly string[] s_tutorial =
    [
        "T:KerasPort.Models.Sequential", "T:KerasPort.Models.Functional", "T:KerasPort.Models.Model", "M:KerasPort.Models.Model.compile",
        "M:KerasPort.Models.Model.fit", "M:KerasPort.Models.Model.evaluate", "M:KerasPort.Models.Model.predict", "M:KerasPort.Models.Model.save",
        "M:KerasPort.ModelsModule.load_model", "M:KerasPort.KerasModule.Input", "T:KerasPort.Layers.Dense", "T:KerasPort.Layers.Conv2D",
        "T:KerasPort.Layers.MaxPooling2D", "T:KerasPort.Layers.Flatten", "T:KerasPort.Layers.Dropout", "T:KerasPort.Layers.BatchNormalization",
        "T:KerasPort.Layers.Embedding", "T:KerasPort.Layers.Rescaling", "T:KerasPort.Callbacks.Callback", "T:KerasPort.Callbacks.History",
        "T:KerasPort.Callbacks.EarlyStopping", "T:KerasPort.Callbacks.ModelCheckpoint", "T:KerasPort.Callbacks.LearningRateScheduler",
        "T:KerasPort.Callbacks.ReduceLROnPlateau", "T:KerasPort.Callbacks.BackupAndRestore", "T:KerasPort.Optimizers.Adam", "T:KerasPort.Optimizers.SGD",
        "T:KerasPort.Schedules.ExponentialDecay", "T:KerasPort.Losses.SparseCategoricalCrossentropy", "T:KerasPort.Dataset",
        "M:KerasPort.UtilsModule.image_dataset_from_directory", "M:KerasPort.UtilsModule.to_categorical", "M:KerasPort.UtilsModule.set_random_seed",
        "M:KerasPort.Datasets.FashionMnist.load_data", "T:KerasPort.NDArray", "M:KerasPort.NumpyModule.array", "M:KerasPort.Plotting.PyPlotModule.plot",
        "M:KerasPort.Plotting.PyPlotModule.imshow", "M:KerasPort.Plotting.PyPlotModule.subplots",
    ];

    public static TheoryData<string> Members => [.. XmlDocs.Examples.Keys];

    [Fact]
    public void What_a_tutorial_uses_has_one() => Assert.Empty(s_tutorial.Except(XmlDocs.Examples.Keys.Select(id => id.Split('(')[0])));

    [Theory]
    [MemberData(nameof(Members))]
    public void It_runs_and_prints_what_it_says(string member)
    {
        string code = XmlDocs.Examples[member];
        var program = SampleProgram.Compile("example", Usings + code);
        string before = Environment.CurrentDirectory;
        using var folder = new TemporaryFolder();
        keras.utils.clear_session();
        keras.utils.set_random_seed(1);
        string printed;
        try
        {
            Environment.CurrentDirectory = folder.Path;
            printed = Printed.By(program.Run);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
        RequireInOrder([.. Said().Matches(code).Select(said => said.Groups[1].Value)], printed, member);
    }

    [Fact]
    public void What_is_not_printed_is_seen()
    {
        RequireInOrder(["(2, 3)", "1 2"], "(2,\n 3)\nmore\n1 2\n", "");
        Assert.ThrowsAny<Exception>(() => RequireInOrder(["(2, 3)", "1 3"], "(2, 3)\n1 2\n", ""));
        Assert.ThrowsAny<Exception>(() => RequireInOrder(["1", "2"], "2 1", ""));
    }

    /// <summary>Line ends count as spaces.</summary>
    private static void RequireInOrder(string[] said, string printed, string member)
    {
        string left = Space().Replace($" {printed} ", " ");
        foreach (string text in said.Select(text => Space().Replace(text, " ")))
        {
            int at = left.IndexOf($" {text} ", StringComparison.Ordinal);
            Assert.True(at >= 0, $"{member} says that '{text}' is printed, and there is: {printed}");
            left = left[(at + text.Length + 1)..];
        }
    }

    [GeneratedRegex(@"\bprint\(.*\);\s+// (.+)$", RegexOptions.Multiline)]
    private static partial Regex Said();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
