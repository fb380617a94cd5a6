using KerasPort.Engines;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Training;
using Tensorflow;
using Tensorflow.Keras;
using static Tensorflow.KerasApi;
using Loss = KerasPort.Losses.Loss;
using Optimizer = KerasPort.Optimizers.Optimizer;
using TensorFlowArray = Tensorflow.NumPy.NDArray;
using TensorFlowSequential = Tensorflow.Keras.Engine.Sequential;
using TensorFlowShape = Tensorflow.Shape;

namespace KerasPort.TensorFlow;

// Inside the namespace, because the enclosing one would otherwise name KerasPort.Tensor.
using Tensor = Tensorflow.Tensor;

/// <summary>
/// A model as a <c>Sequential</c> of TensorFlow.Keras, run through its <c>fit</c>, <c>evaluate</c> and <c>predict</c>
/// on a part of the rows at a time, gathered in their order of use.
/// </summary>
internal sealed class TensorFlowModel : CompiledModel
{
    /// <summary>The approximate number of rows per call: few enough for a copy of them to be small, enough for the call's set-up not to count.</summary>
    private const int Rows = 8192;

    private readonly TensorFlowSequential _model;
    private readonly IVariableV1[] _weights;
    private readonly BatchReport _report;
    private readonly Optimizer? _optimizer;
    private readonly AdamOf? _adam;
    private readonly Shape _outputShape;

    /// <summary>Builds the model with the given weights.</summary>
    /// <exception cref="ValueError">TensorFlow.Keras lacks something that the model needs.</exception>
    public TensorFlowModel(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals)
    {
        // Models that can't be translated are refused before TensorFlow builds anything.
        var (layers, adam, translatedLoss, translatedMetrics) = Translation.Translate(model, optimizer, goals);
        _adam = adam;
        (_optimizer, _outputShape) = (optimizer, model.output_shape[1..]);

        _model = keras.Sequential();
        _model.add(keras.layers.Input(new TensorFlowShape(model.input_shape[1..].ToArray())));
        foreach (var layer in layers) _model.add(layer);
        _weights = [.. layers.SelectMany(layer => layer.Weights)];
        for (int i = 0; i < _weights.Length; i++) SetWeight(i, model.variables[i].Host);

        _report = new BatchReport(_model, translatedMetrics);
        if (_adam is not null) _model.compile(_adam, translatedLoss!, [_report]);
    }

    /// <inheritdoc/>
    public override void Train(IEnumerable<Portion> portions, BatchDone done, bool atOnce) =>
        Run(portions, (batch, result) =>
        {
            _optimizer!.EndBatch();
            return done(batch, result);
        }, (inputs, targets, batchSize) => _model.fit(inputs, targets, batchSize, epochs: 1, verbose: 0, shuffle: false));

    /// <inheritdoc/>
    public override void Test(IEnumerable<Portion> portions, BatchDone done, bool atOnce) =>
        Run(portions, done, (inputs, targets, batchSize) => _model.evaluate(inputs, targets, batchSize, verbose: 0, is_val: true));

    /// <inheritdoc/>
    public override void Predict(IEnumerable<Portion> portions, Outputs outputs, BatchDone done, bool atOnce)
    {
        int batch = 0;
        foreach (var portion in portions)
        {
            for (int start = 0; start < portion.Rows.Length; start += Part(portion.BatchSize))
            {
                var rows = RowsFrom(portion, start);
                Tensor values = _model.predict(Floats(portion.X[0], rows), portion.BatchSize, verbose: 0);
                values.ToArray<float>().CopyTo(outputs.Add(0, rows.Length, _outputShape));
                GC.WaitForPendingFinalizers();
                // TensorFlow.Keras doesn't report a prediction's batches, so that those of a call are reported together after it.
                for (int i = 0; i < rows.Length; i += portion.BatchSize)
                    if (!done(batch++, new BatchResult { Samples = Math.Min(portion.BatchSize, rows.Length - i) })) return;
            }
        }
    }

    /// <inheritdoc/>
    public override void GetWeight(int index, Span<float> target) => Get(_weights[index], target);

    /// <inheritdoc/>
    public override void SetWeight(int index, ReadOnlySpan<float> source) => Set(_weights[index], source);

    /// <inheritdoc/>
    public override void GetSlot(int slot, int index, Span<float> target) => Get(Slot(slot, index), target);

    /// <inheritdoc/>
    public override void SetSlot(int slot, int index, ReadOnlySpan<float> source) => Set(Slot(slot, index), source);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private void Run(IEnumerable<Portion> portions, BatchDone done, Action<TensorFlowArray, TensorFlowArray, int> call)
    {
        int batch = 0;
        foreach (var portion in portions)
        {
            if (portion.Weights.Count > 0)
                throw new ValueError("TensorFlow.Keras takes no sample weights here: train and evaluate without them, or on the \"managed\" engine.");
            for (int start = 0; start < portion.Rows.Length; start += Part(portion.BatchSize))
            {
                var rows = RowsFrom(portion, start);
                var (inputs, targets) = (Floats(portion.X[0], rows), Integers(portion.Y[0], rows));
                int batches = (rows.Length + portion.BatchSize - 1) / portion.BatchSize;
                if (!_report.Run(batch, batches, done, () => call(inputs, targets, portion.BatchSize))) return;
                batch += batches;
            }
        }
    }

    /// <summary>The number of rows per call: whole batches.</summary>
    private static int Part(int batchSize) => Math.Max(1, Rows / batchSize) * batchSize;

    /// <summary>The rows of the call that begins at <paramref name="start"/>.</summary>
    private static ReadOnlySpan<int> RowsFrom(Portion portion, int start) =>
        portion.Rows.Span[start..Math.Min(start + Part(portion.BatchSize), portion.Rows.Length)];

    /// <summary>A slot of the optimizer; add_slot returns the existing one, or creates it with zeros.</summary>
    private IVariableV1 Slot(int slot, int index) => _adam!.add_slot(_weights[index], AdamOf.SlotNames[slot]);

    private static void Get(IVariableV1 variable, Span<float> target) => variable.numpy().ToArray<float>().CopyTo(target);

    private static void Set(IVariableV1 variable, ReadOnlySpan<float> source) =>
        variable.assign(new TensorFlowArray(source.ToArray(), variable.shape));

    private static TensorFlowArray Floats(NDArray array, ReadOnlySpan<int> rows) => new(Gather(array, rows), RowsShape(array, rows.Length));

    private static TensorFlowArray Integers(NDArray array, ReadOnlySpan<int> rows) =>
        new(Array.ConvertAll(Gather(array, rows), value => (int)value), RowsShape(array, rows.Length));

    private static float[] Gather(NDArray array, ReadOnlySpan<int> rows)
    {
        int width = array.size / array.Length;
        var values = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++) array.CopyTo(rows[i] * width, values.AsSpan(i * width, width));
        return values;
    }

    private static TensorFlowShape RowsShape(NDArray array, int rows) => new([rows, .. array.shape[1..]]);
}
