using System.Runtime.InteropServices;
using KerasPort.Engines;
using Tensorflow;
using Tensorflow.Keras.Engine;
using Tensorflow.Keras.Metrics;
using TensorFlowArray = Tensorflow.NumPy.NDArray;

namespace KerasPort.TensorFlow;

// Inside the namespace, because the enclosing one would otherwise name KerasPort.Tensor.
using Tensor = Tensorflow.Tensor;

/// <summary>
/// A metric to TensorFlow.Keras, which calls it after each batch in <c>fit</c> and, where there are no callbacks, in <c>evaluate</c>.
/// It reports the batch's own values, not the running mean that TensorFlow.Keras keeps.
/// </summary>
internal sealed class BatchReport(Sequential model, IReadOnlyList<Func<Tensor, Tensor, Tensor>> metrics) : IMetricFunc
{
    private readonly int[] _sizes = new int[metrics.Count];
    private readonly Tensor _nothing = new TensorFlowArray(0f);
    private BatchDone? _done;
    private int _batch, _last;

    /// <inheritdoc/>
    public string Name => "batch_report";

    /// <summary>Runs a call of TensorFlow.Keras for a number of batches; <paramref name="done"/> is called after each.</summary>
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

    /// <summary>Called after a batch, in <c>fit</c> after its update.</summary>
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
        // TensorFlow.NET frees native tensors in finalizers. It collects garbage after each batch but doesn't wait for the finalizers,
        // so that a training takes gigabytes.
        GC.WaitForPendingFinalizers();
        bool goOn = _done!(_batch,
            new BatchResult { Loss = loss, Samples = (int)y_pred.shape[0], Metrics = CollectionsMarshal.AsSpan(values), Sizes = _sizes });
        // At the end of an epoch TensorFlow.Keras writes an empty line even with verbose 0, so it is left by an exception before.
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
