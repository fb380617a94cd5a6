using Tensorflow.Keras.ArgsDefinition;
using Tensorflow.Keras.Losses;
using Tensorflow.Keras.Metrics;
using Tensorflow.Keras.Optimizers;
using Tensorflow.NumPy;

namespace Tensorflow.Keras.Engine;

public interface ICallback;

/// <summary>
/// Computes nothing, but goes through batches and calls back as the real one does, with its habits: it writes progress in spite of
/// verbose 0 and an empty line after an epoch, and keeps running means. A batch's loss is the mean of its x; its predictions are zeros.
/// </summary>
public class Sequential
{
    private readonly Mean _loss = new();
    private IOptimizer? _optimizer;
    private IMetricFunc[] _metrics = [];

    internal static Sequential Last { get; set; } = null!;

    /// <summary>Called with every model that is made.</summary>
    internal static event Action<Sequential>? Made;

    internal static void Tell(Sequential model) => Made?.Invoke(model);

    internal List<object> Added { get; } = [];

    internal List<object> Compiled { get; } = [];

    internal List<Call> Calls { get; } = [];

    public IEnumerable<IMetricFunc> metrics => [_loss, .. _metrics];

    public void add(Tensor tensor) => Added.Add(tensor);

    public void add(ILayer layer)
    {
        Added.Add(layer);
        // A kernel and a bias, as large as the test's weights are.
        if (Sizes.TryDequeue(out int[][]? shapes)) layer.Weights = [.. shapes.Select(shape => new RecordedVariable(new Shape(shape)))];
    }

    /// <summary>The shapes of the weights of the layers made next.</summary>
    internal static Queue<int[][]> Sizes { get; } = [];

    public void compile(IOptimizer optimizer, ILossFunc loss, IMetricFunc[] metrics)
    {
        (_optimizer, _metrics) = (optimizer, metrics);
        Compiled.AddRange([optimizer, loss, .. metrics]);
    }

    public void compile(IOptimizer optimizer, ILossFunc loss, string[] metrics)
    {
        _optimizer = optimizer;
        Compiled.AddRange([optimizer, loss, .. metrics]);
    }

    public void summary(int line_length = -1, float[]? positions = null) => Calls.Add(new Call("summary", [], [], [], 0, $"{line_length}"));

    public ICallback? fit(NDArray x, NDArray y, int batch_size = -1, int epochs = 1, int verbose = 1, bool shuffle = true)
    {
        Calls.Add(new Call("fit", x.Values, x.shape.dims, y.Values, batch_size, $"epochs {epochs} verbose {verbose} shuffle {shuffle}"));
        Binding.tf_output_redirect.WriteLine("Epoch: 001/001");
        Batches(x, y, batch_size, () => ((Adam)_optimizer!).Apply(), () => Binding.tf_output_redirect.Write("0001/0002 [==>...] - 4ms/step"));
        Console.WriteLine();
        return null;
    }

    public Dictionary<string, float> evaluate(NDArray x, NDArray y, int batch_size = -1, int verbose = 1, bool is_val = false)
    {
        Calls.Add(new Call("evaluate", x.Values, x.shape.dims, y.Values, batch_size, $"verbose {verbose} is_val {is_val}"));
        Batches(x, y, batch_size, () => { }, () => { });
        return new() { ["loss"] = (float)_loss.result(), ["accuracy"] = 0.5f };
    }

    public Tensors predict(Tensors x, int batch_size = -1, int verbose = 0)
    {
        var input = (NDArray)x.Single;
        Calls.Add(new Call("predict", input.Values, input.shape.dims, [], batch_size, $"verbose {verbose}"));
        return Outputs(input);
    }

    private void Batches(NDArray x, NDArray y, int batchSize, Action update, Action ended)
    {
        _loss.reset_states();
        if (batchSize < 0) batchSize = 32;
        int rows = (int)x.shape[0];
        for (int start = 0; start < rows; start += batchSize)
        {
            int count = Math.Min(batchSize, rows - start);
            var batch = x.Rows(start, count);
            _loss.Add(batch.Values.Average(), count);
            update();
            foreach (var metric in _metrics) metric.update_state(y.Rows(start, count), Outputs(batch));
            ended();
        }
    }

    /// <summary>Zeros, as many per row as the last dense layer has units.</summary>
    private NDArray Outputs(NDArray x)
    {
        int rows = (int)x.shape[0], units = ((DenseArgs)Added.OfType<Layer>().Last().Args).Units;
        return new NDArray((Array)new float[rows * units], new Shape(rows, units));
    }
}
