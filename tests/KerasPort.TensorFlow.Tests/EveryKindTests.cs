using System.Reflection;
using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving;
using Xunit;
using static KerasPort.Python;
using SparseCategoricalCrossentropy = KerasPort.Losses.SparseCategoricalCrossentropy;

namespace KerasPort.TensorFlow.Tests;

/// <summary>Each layer, loss, optimizer and metric of the library, even those added later: the engine accepts it or refuses it by name.</summary>
public sealed class EveryKindTests
{
    private static readonly Engine s_engine = new TensorFlowEngine("cpu", 2);

    [Theory]
    [InlineData(typeof(Layer), "Activation", "Conv2D", "Dense", "Flatten", "MaxPooling2D")]
    [InlineData(typeof(Loss), "SparseCategoricalCrossentropy")]
    [InlineData(typeof(Optimizer), "Adam")]
    [InlineData(typeof(Metric), "SparseCategoricalAccuracy")]
    public void Each_is_taken_or_refused_by_name(Type kind, params string[] taken)
    {
        var found = new List<string>();
        foreach (var type in KnownClasses.Types(kind).Where(type => type != typeof(InputLayer)))
        {
            object made = Make(type);
            Sequential model = keras.Sequential([made as Layer ?? keras.layers.Dense(3)]);
            void Compile() => model.compile(made as Optimizer ?? "adam", made as Loss ?? new SparseCategoricalCrossentropy(),
                made is Metric metric ? [metric] : null, s_engine);
            string said = Record.Exception(Compile) switch { null => "taken", ValueError e => e.Message, var other => other.ToString() };
            string used = made is Layer layer ? $", used as '{layer.name}'" : "";
            if (said == "taken") found.Add(type.Name);
            else Assert.Contains($"Engine tensorflow has no {kind.Name.ToLowerInvariant()} {type.Name}{used}", said);
        }
        Assert.Equal(taken, found.Order(StringComparer.Ordinal));
    }

    /// <summary>Settings of supported classes that TensorFlow.Keras would ignore.</summary>
    [Fact]
    public void What_would_be_ignored_is_refused()
    {
        void Refused(string what, Layer layer) => Assert.Contains($"Engine tensorflow has no {what}", Assert.Throws<ValueError>(() =>
            keras.Sequential([layer]).compile("adam", new SparseCategoricalCrossentropy(), engine: s_engine)).Message);
        foreach (var made in (Func<Layer>[])[() => keras.layers.Dense(2, kernel_regularizer: "l2"), () => keras.layers.Dense(2, bias_regularizer: "l2"),
            () => keras.layers.Dense(2, activity_regularizer: "l2"), () => keras.layers.Conv2D(2, 2, kernel_regularizer: "l2"),
            () => keras.layers.Conv2D(2, 2, bias_regularizer: "l2"), () => keras.layers.Conv2D(2, 2, activity_regularizer: "l2"),
            () => new Flatten { activity_regularizer = "l2" }])
            Refused("regularizer, used in layer", made());
        foreach (var made in (Func<Layer>[])[() => keras.layers.Dense(2, kernel_constraint: "non_neg"), () => keras.layers.Dense(2, bias_constraint: "non_neg"),
            () => keras.layers.Conv2D(2, 2, kernel_constraint: "non_neg"), () => keras.layers.Conv2D(2, 2, bias_constraint: "non_neg")])
            Refused("constraint, used in layer", made());
        foreach (var made in (Func<Layer>[])[() => keras.layers.Conv2D(2, 2, data_format: "channels_first"),
            () => keras.layers.MaxPooling2D(data_format: "channels_first"),
            () => keras.layers.Flatten("channels_first")])
            Refused("data_format channels_first, used in layer", made());
        Refused("groups, used in layer", keras.layers.Conv2D(2, 2, groups: 2));
        Refused("activation Relu, used in layer", keras.layers.Dense(2, new Activations.Relu(max_value: 6)));
        Refused("activation Softmax, used in layer", keras.layers.Activation(new Activations.Softmax(1)));
    }

    /// <summary>An object of a class, with the first required arguments that it accepts.</summary>
    private static object Make(Type type)
    {
        if (type == typeof(EinsumDense)) return new EinsumDense("ab,bc->ac", 3);
        if (type == typeof(MultiOptimizer)) return new MultiOptimizer(new OptimizerMap(new Adam()));
        // A metric that gives several numbers is in no log.
        if (type == typeof(F1Score)) return new F1Score("micro");
        if (type == typeof(FBetaScore)) return new FBetaScore("micro");
        var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(c => !c.IsPrivate)
            .OrderBy(c => c.GetParameters().Count(p => !p.HasDefaultValue));
        Exception? last = null;
        foreach (var constructor in constructors)
            foreach (var (ones, counts) in ((bool, bool)[])[(true, false), (false, false), (true, true), (false, true)])
            {
                try
                {
                    return constructor.Invoke([.. constructor.GetParameters()
                        .Select(p => p.HasDefaultValue && !(counts && p.ParameterType == typeof(int?)) ? Type.Missing : Value(p.ParameterType, ones))]);
                }
                catch (Exception e) when (e is TargetInvocationException or ArgumentException or NotSupportedException)
                {
                    last = e.InnerException ?? e;
                }
            }
        throw new InvalidOperationException($"No {type.Name} could be made.", last);
    }

    private static object? Value(Type type, bool ones)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(int)) return ones ? 1 : 2;
        if (type == typeof(double)) return 0.5;
        if (type == typeof(string)) return "relu";
        if (type == typeof(Layer)) return keras.layers.Dense(2);
        if (type == typeof(Layer[])) return new Layer[] { keras.layers.Dense(2) };
        if (type == typeof(Optimizer)) return new Adam();
        if (type == typeof(Shape)) return new Shape(ones ? 1 : 2);
        if (type == typeof(Axes)) return (Axes)1;
        if (type == typeof(NDArray)) return (NDArray)0.5;
        if (type == typeof(int[])) return new[] { 0 };
        if (type == typeof(Activations.ActivationFunction)) return (Activations.ActivationFunction)"relu";
        if (type == typeof(Factor)) return ones ? (Factor)0.5 : (Factor)4;
        throw new NotSupportedException($"{type}");
    }
}
