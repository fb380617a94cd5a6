using System.Text.RegularExpressions;
using System.Xml.Linq;
using KerasPort.Saving;

namespace KerasPort.Console.Projects;

/// <summary>The files of a new project: all are written, or none.</summary>
internal static partial class NewProject
{
    private const string Program = """
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using KerasPort;
        using static KerasPort.Python;

        // The settings in config.json, which the build copies to the program's folder. An unknown name in it is refused.
        var config = JsonSerializer.Deserialize<Config>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "config.json")),
            new JsonSerializerOptions { RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow })!;

        keras.utils.set_random_seed(config.seed);

        var ((x_train, y_train), (x_test, y_test)) = keras.datasets.fashion_mnist.load_data();
        x_train = x_train[..config.rows] / 255.0;
        y_train = y_train[..config.rows];
        x_test = x_test / 255.0;

        var model = keras.Sequential([
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(config.units, activation: "relu"),
            keras.layers.Dense(10, activation: "softmax"),
        ]);
        model.summary();

        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        model.fit(x_train, y_train, batch_size: config.batch_size, epochs: config.epochs);

        var (test_loss, test_accuracy) = model.evaluate(x_test, y_test);
        print($"Test accuracy: {test_accuracy:.4f}");

        // For Python's keras.models.load_model, or `kerasport predict --model`.
        model.save("model.keras");

        record Config(long seed, int rows, int units, int batch_size, int epochs);

        """;

    private const string Config = """
        {
          "seed": 1,
          "rows": 60000,
          "units": 128,
          "batch_size": 32,
          "epochs": 5
        }

        """;

    /// <summary>Creates the project's folder.</summary>
    /// <param name="parent">The folder to create it in.</param>
    /// <param name="name">The name of the folder and of the project.</param>
    /// <param name="library">How the project refers to the library.</param>
    /// <returns>The path of the new folder.</returns>
    /// <exception cref="UsageException">The name is invalid for a project, or something of that name exists.</exception>
    /// <exception cref="IOException">The file system refuses to create a folder or a file.</exception>
    public static string Create(string parent, string name, LibraryReference library)
    {
        if (!Name().IsMatch(name) || Reserved().IsMatch(name))
        {
            throw new UsageException($"\"{name}\" is no name for a project: expected letters, digits, - and _, a letter first, at most 64, "
                + "and no name of a device or of a library that it uses; the folder is made here");
        }
        string folder = Path.Combine(parent, name);
        if (Path.Exists(folder)) throw new UsageException($"{folder} is there already; nothing was changed. Choose another name, or remove it first");

        string unfinished = WholeFile.TemporaryFor(folder);
        try
        {
            Directory.CreateDirectory(unfinished);
            File.WriteAllText(Path.Combine(unfinished, $"{name}.csproj"), Project(library));
            File.WriteAllText(Path.Combine(unfinished, "Program.cs"), Program);
            File.WriteAllText(Path.Combine(unfinished, "config.json"), Config);
            Directory.Move(unfinished, folder);
        }
        catch (Exception e) when (WholeFile.IsRefusal(e))
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
            throw WholeFile.Refused("the project ", folder, e);
        }
        return folder;
    }

    private static string Project(LibraryReference library) => new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement("PropertyGroup",
            new XElement("OutputType", "Exe"),
            new XElement("TargetFramework", "net10.0"),
            new XElement("Nullable", "enable"),
            new XElement("ImplicitUsings", "enable"),
            new XElement("InvariantGlobalization", "true"),
            library.Source is null ? null : new XElement("RestoreAdditionalProjectSources", library.Source)),
        new XElement("ItemGroup", library.Item),
        new XElement("ItemGroup",
            new XElement("None", new XAttribute("Update", "config.json"), new XAttribute("CopyToOutputDirectory", "PreserveNewest")))) + "\n";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    /// <summary>Names of Windows' devices, and of the assemblies, projects and packages that the program uses: NuGet refuses two of one name.</summary>
    [GeneratedRegex("^(con|prn|aux|nul|com[0-9]|lpt[0-9]|KerasPort|PureHDF|System|Microsoft)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();
}
