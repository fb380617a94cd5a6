using KerasPort.Activations;
using KerasPort.Layers;
using KerasPort.Optimizers;

namespace KerasPort.Engines;

public sealed partial class Executor
{
    /// <summary>A layer, or a convolution and the pooling behind it, with its buffers.</summary>
    private sealed record Step(Layer Layer, LayerBuffers Buffers, ConvReluPool? Fused, DenseUpdate? Update, bool IsTrained, string Name)
    {
        public void Forward(Kernels kernels, int rows, bool train)
        {
            var b = Buffers;
            if (Fused is null) Layer.Forward(kernels, b);
            else Fused.Forward(rows, b.X, b.Weights[0], b.Weights.ElementAtOrDefault(1), b.Y, train);
        }

        public void Backward(Kernels kernels, int rows)
        {
            var b = Buffers;
            if (Fused is null) Layer.Backward(kernels, b);
            else Fused.Backward(rows, b.X, b.Weights[0], b.Y, b.DY, b.Gradients[0], b.Gradients.ElementAtOrDefault(1), b.DX);
        }
    }

    /// <summary>The update of a dense layer's kernel where it is one kernel with its gradient.</summary>
    private sealed record DenseUpdate(int Rows, int Inputs, int Outputs, DeviceBuffer[] Slots)
    {
        public void Run(Kernels kernels, Optimizer optimizer, LayerBuffers b) => optimizer.UpdateDense(kernels, Rows, Inputs, Outputs, b.X, b.DY, b.Weights[0], Slots);
    }

    /// <summary>Weights that lie side by side, with what belongs to them.</summary>
    private sealed record WeightRange(DeviceBuffer Weights, DeviceBuffer Gradients, DeviceBuffer[] Slots);

    /// <summary>What runs for a number of rows, on parts of the room's buffers.</summary>
    private sealed class Plan
    {
        /// <summary>Floats of results that may wait at the most.</summary>
        private const int MostResults = 1 << 18;

        private readonly DeviceBuffer[] _losses = [];
        private readonly DeviceBuffer[][] _metricValues = [];

        public Plan(Executor executor, int rows, Mode mode)
        {
            (Rows, Mode) = (rows, mode);
            var (layers, kernels, room) = (executor._layers, executor._kernels, executor._room);
            var windows = Windows(layers);
            int firstTrained = Array.FindIndex(layers, l => l.variables.Count > 0);
            bool train = mode == Mode.Train;

            int weight = 0, updated = 0;
            Input = room.Input(rows, executor._inputShape.Size);
            DeviceBuffer x = Input;
            DeviceBuffer? dx = null;
            for (int i = 0; i < layers.Length; i++)
            {
                if (layers[i].IsReshape) continue;
                int first = weight;
                weight += layers[i].variables.Count;
                ConvReluPool? fused = null;
                bool trained = train && i >= firstTrained;
                var buffers = new LayerBuffers
                {
                    X = x,
                    DX = dx,
                    Window = windows[i] ?? default,
                    Weights = [.. Enumerable.Range(first, weight - first).Select(w => executor.Place(executor._weights, w))],
                    Gradients = train ? [.. Enumerable.Range(first, weight - first).Select(w => executor.Place(executor._gradients!, w))] : [],
                    Activation = layers[i].OutputActivation,
                };
                var layer = layers[i];
                string name = layer.name;
                if (layer is Conv2D && buffers.Activation is Relu && i + 1 < layers.Length && layers[i + 1] is MaxPooling2D)
                {
                    fused = room.Fused(i, windows[i]!.Value, windows[i + 1]!.Value, dx is not null);
                    if (fused is not null) name += "+" + layers[++i].name;
                }
                int size = windows[i]?.OutputSize ?? layers[i].output_shape!.Value[1..].Size;
                buffers.Y = room.Output(i, rows, size);
                // A gradient is needed from the first layer with weights on.
                buffers.DY = trained ? room.Gradient(i, rows, size) : null!;
                DenseUpdate? update = null;
                if (trained && layer is Dense dense)
                {
                    int inputs = dense.variables[0].shape[0], outputs = dense.units, layerRows = x.Length / inputs;
                    if (executor._optimizer!.FusesDense(kernels, layerRows, inputs, outputs))
                    {
                        buffers.LeavesKernelGradient = true;
                        update = new DenseUpdate(layerRows, inputs, outputs, [.. executor._slots.Select(slot => executor.Place(slot, first))]);
                        AddUpdate(executor, updated, executor._places[first].Start);
                        updated = executor._places[first].Start + inputs * outputs;
                    }
                }
                Steps.Add(new Step(layer, buffers, fused, update, trained, name));
                (x, dx) = (buffers.Y, buffers.DY);
            }
            Output = x;
            if (train) AddUpdate(executor, updated, executor._weightCount);
            if (mode == Mode.Predict) return;

            int columns = layers[^1].output_shape!.Value[^1]!.Value, lossRows = Output.Length / columns;
            bool logits = executor._loss!.TakesLogits(layers[^1].OutputActivation is Softmax);
            if (logits) Steps[^1].Buffers.Activation = new Linear();
            Loss = new LossBuffers
            {
                Rows = lossRows,
                Columns = columns,
                Outputs = Output,
                OutputsAreLogits = logits,
                Gradient = dx,
            };
            int metrics = executor._metrics.Length;
            ResultSize = (1 + metrics) * lossRows;
            Results = train ? executor._trainResults : executor._testResults;
            Waiting = Math.Clamp(MostResults / ResultSize, 1, kernels.ResultsAtATime);
            DeviceBuffer Values(int first) => Results.Part(first * lossRows, lossRows, Waiting * ResultSize);
            _losses = [.. Enumerable.Range(0, Waiting).Select(i => Values(i * (1 + metrics)))];
            _metricValues = [.. Enumerable.Range(0, Waiting).Select(i => Enumerable.Range(1, metrics).Select(m => Values(i * (1 + metrics) + m)).ToArray())];
            MetricSums = new (float, int)[metrics];
            Use(0);
        }

        private void AddUpdate(Executor executor, int start, int end)
        {
            DeviceBuffer Part(DeviceBuffer flat) => flat.Part(start, end - start);
            if (end > start) Updates.Add(new WeightRange(Part(executor._weights), Part(executor._gradients!), [.. executor._slots.Select(Part)]));
        }

        /// <summary>Puts the next batch's results there.</summary>
        public void Use(int result)
        {
            InUse = result;
            Loss.Losses = _losses[result];
        }

        public int Rows { get; }

        public Mode Mode { get; }

        public DeviceBuffer Input { get; }

        public DeviceBuffer Output { get; }

        public List<Step> Steps { get; } = [];

        /// <summary>What is updated when all gradients are there: all weights but those that are updated with their gradient.</summary>
        public List<WeightRange> Updates { get; } = [];

        public LossBuffers Loss { get; } = null!;

        /// <summary>Where what batches gave waits, and of how many batches it may.</summary>
        public Results Results { get; } = null!;

        public int Waiting { get; }

        public int InUse { get; private set; }

        /// <summary>Where the metrics of the batch at hand go.</summary>
        public DeviceBuffer[] MetricValues => _metricValues[InUse];

        public int ResultSize { get; }

        public (float Sum, int Count)[] MetricSums { get; } = [];
    }
}
