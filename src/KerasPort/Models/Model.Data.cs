using KerasPort.Training;

namespace KerasPort.Models;

public abstract partial class Model
{
    // The output shapes for the input shapes seen so far. Inputs with open dimensions may differ from batch to batch.
    private readonly List<(Shape[] Given, Shape[] Outputs)> _shapesKnown = [];

    // The inputs of a derived class have names if they are a dictionary.
    private IReadOnlyList<string>? InputNames => !built ? null : HasCallOfItsOwn && inputs.Count > 1 ? Takes.Names : input_names;

    private IReadOnlyList<string>? OutputNames =>
        !built ? null : HasCallOfItsOwn && outputs.Count > 1 ? Gives.Names : Gives.Names ?? output_names;

    // The number of inputs of a derived class is unknown before it is built.
    private int? InputCount => built ? inputs.Count : HasCallOfItsOwn ? null : 1;

    private int? OutputCount => built ? outputs.Count : HasCallOfItsOwn ? null : 1;

    /// <summary>
    /// Arranges arrays as the model's inputs, targets and weights, all with the same number of rows. Without a loss or metric there are only inputs.
    /// </summary>
    /// <exception cref="ValueError">The arrays don't match the model's inputs and outputs, or their numbers of rows differ.</exception>
    private Arrays InOrder(Data? x, Data? y, Data? weights, bool compares)
    {
        if (x is null) throw new ValueError("None values not supported: `x` must be an array of inputs. Received: x=None");
        if (HasCallOfItsOwn || x.Arrangement.Names is null) Take(x.Arrangement, x.Count());
        var inputs = x.InOrder("x", Takes.Names ?? InputNames, "input", InputCount);
        // Data by output names is ordered by the outputs, which a derived class has only once it is built.
        if (!built && HasCallOfItsOwn && compares && (y?.Arrangement.Names ?? weights?.Arrangement.Names) is not null)
            Build([.. inputs.Select(array => ((Shape)array.shape)[1..].WithBatch(null))]);
        if (!compares)
        {
            RequireRows(inputs, [], []);
            return new Arrays(inputs, [], []);
        }
        if (y is null && ComparesTargets) throw new ValueError("None values not supported: `y` must be an array of targets. Received: y=None");
        var targets = y is null ? [] : TargetsOf(y, inputs[0]);
        if (targets.Length == 0) _saysWhatIsOdd = false;
        NDArray[] each = weights is null ? [] : weights.Count() == 1 && targets.Length > 1
            ? [.. Enumerable.Repeat(weights.InOrder("sample_weight", null, "target", 1)[0], targets.Length)]
            : weights.InOrder("sample_weight", OutputNames, "target", OutputCount);
        RequireRows(inputs, targets, each);
        return new Arrays(inputs, targets, each);
    }

    /// <summary>The target of each output. As in Keras, those of outputs that nothing compares may be left out; zeros stand for them.</summary>
    private NDArray[] TargetsOf(Data y, NDArray x)
    {
        int[] compared = [.. Goals.Index().Where(goal => goal.Item.Loss is not null || goal.Item.AllMetrics.Any()).Select(goal => goal.Index)];
        if (OutputCount is not { } count || count != Goals.Count || compared.Length is 0 || compared.Length == count || y.Count() != compared.Length)
            return y.InOrder("y", OutputNames, "target", OutputCount);
        var given = y.InOrder("y", OutputNames is { } names ? [.. compared.Select(output => names[output])] : null, "target", compared.Length);
        return [.. Goals.Select((_, output) => Array.IndexOf(compared, output) is >= 0 and int at ? given[at] : Python.np.zeros(x.Length))];
    }

    /// <summary>Whether a loss or metric compares outputs with targets; if not, data may come without targets.</summary>
    private bool ComparesTargets => !HasLossOfItsOwn && Goals.Any(goal => goal.Loss is not null || goal.AllMetrics.Any());

    /// <summary>Builds the model on first use; later checks that the data has the shapes that it was built for.</summary>
    /// <param name="arrays">The data.</param>
    /// <param name="batch">The batch dimension to build it with.</param>
    /// <param name="spec">The shape that the data's source declares for the first input, where lengths may differ between batches.</param>
    private Arrays Fitting(Arrays arrays, int? batch, Shape? spec = null)
    {
        NDArray[] x = [.. arrays.X];
        if (!built)
        {
            Shape[] given = [.. x.Select(array => ((Shape)array.shape)[1..])];
            if (spec is { } said && said.Rank == given[0].Rank + 1 && said.Rank > 2) given[0] = [.. said[1..^1], given[0][^1]];
            Build([.. given.Select(shape => shape.WithBatch(batch))]);
        }
        for (int i = 0; i < x.Length; i++)
            if (!IsAsExpected(x[i].shape, inputs[i].shape)) x[i] = Fitting(x[i], i, inputs[i].shape[1..]);
        if (arrays.Y.Length > 0) Settle(arrays.Y, ShapesGiven(x));
        return arrays with { X = x };
    }

    /// <summary>The output shapes for such inputs.</summary>
    private Shape[] ShapesGiven(NDArray[] x)
    {
        if (x.Zip(inputs).All(pair => ((Shape)pair.First.shape)[1..] == pair.Second.shape[1..])) return [.. outputs.Select(y => y.shape)];
        const int mostKnown = 32;
        Shape[] given = [.. x.Select(array => ((Shape)array.shape)[1..].WithBatch(null))];
        if (_shapesKnown.FirstOrDefault(known => known.Given.AsSpan().SequenceEqual(given)).Outputs is { } before) return before;
        if (_shapesKnown.Count == mostKnown) _shapesKnown.Clear();
        var shapes = OutputShapes(given);
        _shapesKnown.Add((given, shapes));
        return shapes;
    }

    private static bool IsAsExpected(ArrayShape given, Shape expected)
    {
        bool isSame = given.Length == expected.Rank;
        for (int i = 1; isSame && i < given.Length; i++) isSame = expected[i] is not { } size || given[i] == size;
        return isSame;
    }

    private static bool Fits(Shape given, Shape expected) =>
        given.Rank == expected.Rank && given.Zip(expected).All(d => d.Second is null || d.First == d.Second);

    /// <summary>Adapts the last axis as Keras does: one of length 1 may be missing or superfluous.</summary>
    private NDArray Fitting(NDArray x, int input, Shape expected)
    {
        Shape given = ((Shape)x.shape)[1..];
        if (given.Rank == expected.Rank && IsImplied) return x;
        bool isMore = given.Rank > 0 && given[^1] == 1 && Fits(given[..^1], expected), isLess = Fits([.. given, 1], expected);
        if (isMore || isLess) return x.reshape((isMore ? given[..^1] : [.. given, 1]).WithBatch(x.Length));
        string which = InputNames is { Count: > 1 } names ? $"{input} ('{names[input]}')" : $"{input}";
        throw new ValueError($"Input {which} of model '{name}' is incompatible with the model: "
            + $"expected shape={expected.WithBatch(null)}, found shape={given.WithBatch(null)}");
    }

    /// <summary>Batches from arrays.</summary>
    private ArraySource SourceOf(Arrays arrays, int? batchSize, int? steps, Shuffle shuffle, Func<int, int?> batchToBuildWith, bool startsAnew = false)
    {
        int rows = arrays.X[0].Length, size = batchSize ?? (steps is { } parts ? (rows - 1) / parts + 1 : 32);
        arrays = Fitting(arrays, batchToBuildWith(size));
        return new ArraySource(arrays.X, arrays.Y, arrays.Weights, size, shuffle, steps, startsAnew);
    }

    /// <summary>Batches from a generator; the first is pulled by <see cref="GeneratorSource.Peek"/>.</summary>
    private GeneratorSource SourceOf(IEnumerable<Data> batches, int? steps, bool startsAnew, bool compares) => new(batches, steps, startsAnew,
        each =>
        {
            using var telling = Telling();
            return each.MoveNext();
        },
        batch =>
        {
            var (x, y, weights) = batch.Unpack();
            var arrays = Fitting(InOrder(x, y, weights, compares), null);
            return new Portion(arrays.X, arrays.Y, arrays.Weights);
        });

    /// <summary>Batches from a data set; the first is made by <see cref="DatasetSource.Peek"/>.</summary>
    private DatasetSource SourceOf(Dataset dataset, int? steps, bool startsAnew, bool compares, Dictionary<int, double>? classWeight = null)
    {
        bool isForeign = dataset.All.Any(one => one.IsForeign);
        return new(dataset, steps, startsAnew,
            each =>
            {
                // A function of the program may use the model, on any thread that it is called on.
                using var telling = Telling(isForeign);
                return each.MoveNext();
            },
            batch =>
            {
                var (x, y, weights) = Data.Of(batch).Unpack();
                var arrays = Fitting(Weighted(InOrder(x, y, weights, compares), classWeight), null, built ? null : dataset.Spec?.Shapes[0]);
                return new Portion(arrays.X, arrays.Y, arrays.Weights);
            });
    }

    /// <summary>Batches from a sequence.</summary>
    private SequenceSource SourceOf(IBatchSequence sequence, int? steps, bool shuffles, SequenceSource.Use use, Dictionary<int, double>? classWeight = null) =>
        new(sequence, steps, shuffles, use,
            each =>
            {
                using var telling = Telling(sequence.IsForeign);
                return each.MoveNext();
            },
            batch =>
            {
                var (x, y, weights) = batch.Unpack();
                var arrays = Fitting(Weighted(InOrder(x, y, weights, use != SequenceSource.Use.Prediction), classWeight), null);
                return new Portion(arrays.X, arrays.Y, arrays.Weights);
            });

    private static IEnumerable<Data> Batches<T>(IEnumerable<T> generator, string argument) =>
        generator is null ? throw new ValueError($"None values not supported: `{argument}` must be a generator of batches. Received: {argument}=None")
        : generator.Select(batch => Data.Of(batch) ?? throw new ValueError($"None values not supported: a batch of `{argument}` is None."));

    /// <summary>Refuses data without rows or with arrays of different length, with Keras' messages where it has them.</summary>
    private static void RequireRows(NDArray[] x, NDArray[] y, NDArray[] weights)
    {
        foreach (var array in x)
            if (array.ndim == 0 || array.Length == 0)
                throw new ValueError($"Expected at least one sample, but x has shape {array.shape}. Check how the data was loaded.");
        int rows = x[0].Length;
        if (HaveRows(x, rows) && HaveRows(y, rows) && HaveRows(weights, rows)) return;
        var sizes = from part in new[] { ("x", x), ("y", y), ("sample_weight", weights) }
                    where part.Item2.Length > 0
                    select $"'{part.Item1}' sizes: {string.Join(", ", part.Item2.Select(array => array.ndim == 0 ? "none" : $"{array.Length}"))}";
        throw new ValueError($"Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. {string.Join(", ", sizes)}");
    }

    private static bool HaveRows(NDArray[] arrays, int rows)
    {
        foreach (var array in arrays)
            if (array.ndim == 0 || array.Length != rows) return false;
        return true;
    }

    private static void RequirePositive(int? value, string argument)
    {
        if (value < 1) throw new ValueError($"`{argument}` must be a positive integer. Received: {argument}={value}");
    }

    /// <summary>The batch dimension with which Keras builds a model: open if the last batch is shorter than the others.</summary>
    private static int? StaticBatch(int rows, int batchSize) => rows % batchSize == 0 ? batchSize : null;

    /// <summary>Inputs, targets and sample weights, in the order of the model's inputs and outputs.</summary>
    private readonly record struct Arrays(NDArray[] X, NDArray[] Y, NDArray[] Weights)
    {
        public Arrays this[Range rows] => new(Cut(X, rows), Cut(Y, rows), Cut(Weights, rows));

        private static NDArray[] Cut(NDArray[] arrays, Range rows) => Array.ConvertAll(arrays, array => array[rows]);
    }
}
