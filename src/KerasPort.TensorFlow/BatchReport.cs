using System.Runtime.InteropServices;
using KerasPort.Engines;
using Tensorflow;
using Tensorflow.Keras.Engine;
using Tensorflow.Keras.Metrics;
using TensorFlowArray = Tensorflow.NumPy.NDArray;

namespace KerasPort.TensorFlow;

// Beside KerasPort.Tensor, which the enclosing namespace would name.
using Tensor = Tensorflow.Tensor;

/// <summary>
/// A metric in the eyes of TensorFlow.Keras, which tells it of each batch in <c>fit</c> and, where callbacks can't be had, in <c>evaluate</c>.
/// It passes on what the batch gave, not the running mean that TensorFlow.Keras keeps.
/// </summary>
internal sealed class BatchReport(Sequential model, IReadOnlyList<Func<Tensor, Tensor, Tensor>> metrics) : IMetricFunc
{
    private readonly int[] _sizes = new int[metrics.Count];
    private readonly Tensor _nothing = new TensorFlowArray(0f);
    private BatchDone? _done;
    private int _batch, _last;

    /// <inheritdoc/>
    public string Name => "batch_report";

    /// <summary>Runs what calls TensorFlow.Keras for so many batches; <paramref name="done"/> is told of each.</summary>
    /// <returns>Whether to go on.</returns>
    public bool Run(int firstBatch, int batches, BatchDone done, Action run)
    {
        (_batch, _last, _done) = (firstBatch, firstBatch + batches - 1, done);
        try
        {
            run();
            throw new InvalidOperationException($"TensorFlow.Keras ended before batch {_last}.");
        }
        catch (BatchesEnded end)
        {
            return end.GoOn;
        }
        finally
        {
            _done = null;
        }
    }

    /// <summary>A batch has run: in <c>fit</c> its update has been made.</summary>
    public Tensor update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        Quiet.Instance.PutCursorBack();
        var meanLoss = model.metrics.First(metric => metric.Name == "loss");
        float loss = (float)meanLoss.result();
        meanLoss.reset_states();
        var values = new List<float>();
        for (int i = 0; i < _sizes.Length; i++)
        {
            float[] of = metrics[i](y_true, y_pred).ToArray<float>();
            _sizes[i] = of.Length;
            values.AddRange(of);
        }
        // TensorFlow.NET frees native tensors in finalizers. It collects garbage after each batch but goes on without waiting for them,
        // and a training takes gigabytes.
        GC.WaitForPendingFinalizers();
        bool goOn = _done!(_batch,
            new BatchResult { Loss = loss, Samples = (int)y_pred.shape[0], Metrics = CollectionsMarshal.AsSpan(values), Sizes = _sizes });
        // At the end of an epoch TensorFlow.Keras writes an empty line whatever it was told, so it doesn't get there.
        if (!goOn || _batch == _last) throw new BatchesEnded(goOn);
        _batch++;
        return _nothing;
    }

    /// <inheritdoc/>
    public Tensor result() => _nothing;

    /// <inheritdoc/>
    public void reset_states() { }

    private sealed class BatchesEnded(bool goOn) : Exception
    {
        public bool GoOn => goOn;
    }
}
