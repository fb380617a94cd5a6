using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tensorflow;
using Tensorflow.Keras.Engine;
using Tensorflow.Keras.Optimizers;
using Xunit;

namespace KerasPort.TensorFlow.Tests;

/// <summary><c>samples/tensorflow/codelab.cs</c> compiles against the surface, and asks of TensorFlow.Keras what the codelab asks of Keras.</summary>
public sealed class CodelabTests
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    [Fact]
    public void The_codelab_asks_TensorFlow_Keras_for_what_Python_asks_Keras()
    {
        var folder = Directory.CreateTempSubdirectory("kerasport-test-");
        try
        {
            Write(folder, "train", 40);
            Write(folder, "t10k", 8);
            var seen = new List<(string[] Added, object[] Compiled, Call[] Calls)>();
            string printed = Run(folder.FullName, seen);
            var (dense, convolutions) = (seen[0], seen[1]);
            Assert.Equal(["InputLayer 28x28", "Flatten", "Dense 128 relu", "Dense 10 softmax"], dense.Added);
            Assert.Equal(
                ["InputLayer 28x28x1", "Conv2D 64 3x3 valid relu", "MaxPooling2D 2x2 strides default valid", "Conv2D 64 3x3 valid relu",
                    "MaxPooling2D 2x2 strides default valid", "Flatten", "Dense 128 relu", "Dense 10 softmax"],
                convolutions.Added);
            Assert.All(seen, model =>
            {
                Assert.Equal("0.001 0.9 0.999 1E-07 False Adam", Assert.IsAssignableFrom<Adam>(model.Compiled[0]).Arguments);
                Assert.Equal("SparseCategoricalCrossentropy from_logits False", ((Recorded)model.Compiled[1]).What);
                Assert.Equal(["accuracy"], model.Compiled[2..]);
            });
            Assert.Equal(["fit epochs 5 verbose 1 shuffle True", "evaluate verbose 1 is_val False"], dense.Calls.Select(Text));
            Assert.Equal(["summary -1", "fit epochs 5 verbose 1 shuffle True", "evaluate verbose 1 is_val False"], convolutions.Calls.Select(Text));
            Assert.Equal([[40, 28, 28], [8, 28, 28], [40, 28, 28, 1], [8, 28, 28, 1]],
                seen.SelectMany(model => model.Calls.Where(call => call.Verb != "summary")).Select(call => call.Shape.Select(d => (int)d).ToArray()));
            Assert.Equal([(0.4f, 9f), (0.4f, 7f)], dense.Calls.Select(call => (call.X[^1], call.Y[^1])));
            Assert.Equal(2, printed.Split('\n').Count(line => line == "Test loss: 0.4, Test accuracy: 50"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static string Text(Call call) => $"{call.Verb} {call.Options}";
    }

    /// <summary>Runs the program and records each model that it makes, with its calls.</summary>
    private static string Run(string folder, List<(string[], object[], Call[])> seen)
    {
        var models = new List<Sequential>();
        var (console, output) = (Console.Out, new StringWriter { NewLine = "\n" });
        Sequential.Made += models.Add;
        Console.SetOut(output);
        Binding.tf_output_redirect = TextWriter.Null;
        try
        {
            Program().Invoke(null, BindingFlags.DoNotWrapExceptions, null, [new[] { folder }], null);
        }
        finally
        {
            Sequential.Made -= models.Add;
            Console.SetOut(console);
        }
        seen.AddRange(models.Select(model =>
            (model.Added.Select(layer => ((Recorded)layer).What).ToArray(), model.Compiled.ToArray(), model.Calls.ToArray())));
        return output.ToString();
    }

    private static MethodInfo Program()
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14).WithFeatures([new("FileBasedProgram", "true")]);
        var trees = new[] { Usings, File.ReadAllText(Sample()) }.Select(text => CSharpSyntaxTree.ParseText(text, options));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create("codelab", trees, references, new(OutputKind.ConsoleApplication,
            nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error)).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(image.ToArray()).EntryPoint!;
    }

    private static string Sample()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "KerasPort.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "samples", "tensorflow", "codelab.cs");
    }

    /// <summary>Pictures of which every pixel is 102, 0.4 of 255, and the labels 0, 1, 2 and so on, in the form of the real files.</summary>
    private static void Write(DirectoryInfo folder, string part, int rows)
    {
        var pictures = new byte[16 + rows * 784];
        (pictures[2], pictures[3]) = (8, 3);
        foreach (var (i, dimension) in new[] { rows, 28, 28 }.Index()) BinaryPrimitives.WriteInt32BigEndian(pictures.AsSpan(4 + 4 * i), dimension);
        pictures.AsSpan(16).Fill(102);
        var labels = new byte[8 + rows];
        (labels[2], labels[3]) = (8, 1);
        BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), rows);
        for (int i = 0; i < rows; i++) labels[8 + i] = (byte)(i % 10);
        Pack($"{part}-images-idx3-ubyte.gz", pictures);
        Pack($"{part}-labels-idx1-ubyte.gz", labels);

        void Pack(string name, byte[] content)
        {
            using var file = new GZipStream(File.Create(Path.Combine(folder.FullName, name)), CompressionLevel.Fastest);
            file.Write(content);
        }
    }
}
