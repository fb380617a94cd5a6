using KerasPort.Callbacks;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Random;
using static KerasPort.Python;

namespace KerasPort.Console.Parity;

/// <summary>
/// Finds the unit at which Python and the port part. The port trains and records the loss of each step. Python trains too, stops where a loss
/// differs by more than rounding, and reports which relu units were on in the steps before. The port trains up to those steps again; the flip is
/// the first unit that is on in only one of the two.
/// </summary>
/// <remarks>
/// The units are computed by a forward pass with the weights before the step, not inside it, whose fused kernels may sum in another order.
/// Max pooling that chooses between two nearly equal pixels can part two programs too; this isn't searched for.
/// </remarks>
internal sealed class FlipSearch(string name, long seed, RunSettings settings, Interruption interruption)
{
    private readonly int _batchSize = settings.Get(Settings.BatchSize);

    /// <param name="epochs">The number of epochs in which the two part.</param>
    /// <param name="python">The Python to compare with.</param>
    /// <returns>The flip; null where none is found in the last steps before the losses part.</returns>
    public Flip? Find(int epochs, PythonCodelab python)
    {
        double[] losses = [.. StepLosses.Of(name, seed, epochs, _batchSize, int.MaxValue, interruption)];
        var theirs = python.RunBeside(name, seed, epochs, losses, settings, interruption);
        if (theirs is not { Parted: { } parted, Batches: [{ Step: int first }, ..] }) return null;

        var weights = new WeightsBefore(first, parted, interruption);
        using (Redirected.Output(TextWriter.Null)) CodelabRun.Lesson(name, seed, epochs, _batchSize, 0, [weights]);
        interruption.ThrowIfRequested();
        var units = new Units(name, seed, _batchSize);
        foreach (var batch in theirs.Batches)
        {
            var flips = units.Flips(batch, weights.Of(batch.Step), parted).ToArray();
            if (flips.Length == 0) continue;
            // Units that differ in the first recorded step flipped before it; units far from zero differ because others flipped.
            return batch.Step == first && first > 0 ? null : flips.Where(flip => flip.Value is not null).MinBy(flip => flip.Value);
        }
        return null;
    }

    /// <summary>The weights before each of some steps.</summary>
    private sealed class WeightsBefore(int first, int last, Interruption interruption) : Callback
    {
        private readonly List<NDArray[]> _weights = [];
        private int _step;

        public NDArray[] Of(int step) => _weights[step - first];

        public override void on_train_batch_begin(int batch, Logs logs)
        {
            if (_step >= first) _weights.Add(model.get_weights());
            _step++;
        }

        public override void on_train_batch_end(int batch, Logs logs)
        {
            if (_step > last || interruption.Requested) model.stop_training = true;
        }
    }

    /// <summary>The relu units that are on in the port.</summary>
    private sealed class Units
    {
        private readonly Sequential _model;
        private readonly (Layer Layer, Sequential UpTo)[] _layers;
        private readonly int[] _order = new int[60_000];
        private readonly byte[] _pixels;
        private readonly int _offset, _batchSize;

        public Units(string name, long seed, int batchSize)
        {
            _batchSize = batchSize;
            var ((images, _), _) = tf.keras.datasets.fashion_mnist.load_data();
            if (!images.TryGetBytes(out byte[]? pixels, out _, out _offset)) throw new InvalidOperationException("The data set is one of bytes.");
            _pixels = pixels;
            keras.utils.clear_session();
            var input = keras.Input(name == "baseline" ? new Shape(28, 28) : new Shape(28, 28, 1));
            _model = keras.Sequential([input, .. CodelabRun.Model(name).layers]);
            _layers = [.. _model.layers.Select((layer, i) => (layer, i)).Where(l => l.layer.OutputActivation is KerasPort.Activations.Relu)
                .Select(l => (l.layer, keras.Sequential([input, .. _model.layers.Take(l.i + 1)])))];
            keras.utils.set_random_seed(seed);
            Seeds.Shuffle(_order);
        }

        public IEnumerable<Flip> Flips(UnitsOn.Batch theirs, NDArray[] weights, int parted)
        {
            _model.set_weights(weights);
            int stepsInEpoch = (_order.Length + _batchSize - 1) / _batchSize, from = theirs.Step % stepsInEpoch * _batchSize;
            var images = Images(_order.AsSpan(from, Math.Min(_batchSize, _order.Length - from)));
            for (int l = 0; l < _layers.Length; l++)
            {
                var (layer, upTo) = _layers[l];
                var outputs = upTo.predict(images, verbose: 0);
                float[] ours = outputs.ToFloats();
                int perImage = ours.Length / outputs.shape[0];
                for (int i = 0; i < ours.Length; i++)
                {
                    bool on = (theirs.Layers[l].On[i / 8] >> (7 - i % 8) & 1) != 0;
                    if (on == ours[i] > 0) continue;
                    double? value = !on ? ours[i] < Near ? ours[i] : null : theirs.Layers[l].Near.TryGetValue(i, out double near) ? near : null;
                    (int place, int unit) = Math.DivRem(i % perImage, outputs.shape[outputs.ndim - 1]);
                    yield return new Flip(theirs.Step + 1, layer.name, unit,
                        outputs.ndim == 4 ? Math.DivRem(place, outputs.shape[2]) : null,
                        i / perImage, on, value, parted + 1);
                }
            }
        }

        /// <summary>The same bound as in codelab.py.</summary>
        private const double Near = 1e-5;

        private NDArray Images(ReadOnlySpan<int> rows)
        {
            float[] images = new float[rows.Length * 784];
            for (int row = 0; row < rows.Length; row++)
                for (int i = 0; i < 784; i++) images[row * 784 + i] = (float)(_pixels[_offset + rows[row] * 784 + i] / 255.0);
            return new NDArray(images, [rows.Length, .. _model.input_shape[1..].Select(size => size!.Value)]);
        }
    }
}
