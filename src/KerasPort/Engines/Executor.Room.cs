using KerasPort.Layers;

namespace KerasPort.Engines;

public sealed partial class Executor
{
    /// <summary>
    /// The memory that all plans of a model work in, one at a time: for each layer what it gives, for up to so many rows. A batch
    /// leaves nothing in it that a later one needs, so that training, evaluation and prediction, of any number of rows, share it.
    /// </summary>
    private sealed class Room(Executor executor, int rows)
    {
        private readonly Kernels _kernels = executor._kernels;
        private readonly DeviceBuffer?[] _outputs = new DeviceBuffer?[executor._layers.Length], _gradients = new DeviceBuffer?[executor._layers.Length];
        private readonly Dictionary<(int Layer, bool InputGradient), ConvReluPool?> _fused = [];
        private DeviceBuffer? _input;

        /// <summary>The most rows of a plan.</summary>
        public int Rows => rows;

        /// <summary>What comes in, <paramref name="size"/> floats a row, for so many rows.</summary>
        public DeviceBuffer Input(int count, int size) => Part(ref _input, count, size);

        /// <summary>What a layer gives.</summary>
        public DeviceBuffer Output(int layer, int count, int size) => Part(ref _outputs[layer], count, size);

        /// <summary>The gradient of that.</summary>
        public DeviceBuffer Gradient(int layer, int count, int size) => Part(ref _gradients[layer], count, size);

        /// <summary>The fused kernel that begins with that layer, if the engine has one.</summary>
        public ConvReluPool? Fused(int layer, in Window2D convolution, in Window2D pooling, bool inputGradient)
        {
            if (!_fused.TryGetValue((layer, inputGradient), out var fused))
                _fused[(layer, inputGradient)] = fused = _kernels.ConvReluPool(convolution, pooling, rows, inputGradient);
            return fused;
        }

        /// <summary>Gives the memory back.</summary>
        public void Free()
        {
            foreach (var buffer in (DeviceBuffer?[])[_input, .. _outputs, .. _gradients]) if (buffer is not null) _kernels.Free(buffer);
            foreach (var fused in _fused.Values) fused?.Dispose();
        }

        private DeviceBuffer Part(ref DeviceBuffer? whole, int count, int size) => (whole ??= _kernels.Allocate(checked(rows * size))).Part(0, count * size);
    }

    /// <summary>
    /// What batches gave and nobody was told yet: of each a run of floats, a value a row, the losses and behind them each metric's. Training
    /// has its own, since an evaluation may come between its batches.
    /// </summary>
    private sealed class Results(Executor executor)
    {
        private DeviceBuffer? _all;
        private float[] _host = [];

        /// <summary>The floats from <paramref name="start"/> on, in room for at least so many.</summary>
        public DeviceBuffer Part(int start, int length, int room)
        {
            if (_all is null || _all.Length < room)
            {
                if (_all is not null) executor._kernels.Free(_all);
                (_all, _host) = (executor._kernels.Allocate(room), new float[room]);
                // They would go on in the old one.
                executor.ForgetPlans();
            }
            return _all.Part(start, length);
        }

        /// <summary>Fetches the first so many.</summary>
        public ReadOnlySpan<float> Read(int length)
        {
            var host = _host.AsSpan(0, length);
            executor._kernels.Read(_all!, host);
            return host;
        }
    }
}
