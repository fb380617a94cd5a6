using System.Diagnostics;
using KerasPort.Activations;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Optimizers;

namespace KerasPort.Engines;

/// <summary>
/// Runs a stack of layers on an engine's kernels: forward, loss, backward, update. Every buffer is planned once for a batch size,
/// all weights lie in one flat buffer (and so do gradients and the optimizer's slots), and a step allocates nothing.
/// </summary>
public sealed class Executor : CompiledModel
{
    private const int Alignment = 16;       // floats: each weight starts on a cache line

    private const int StepsToDropSmall = 16;

    private readonly Kernels _kernels;
    private readonly Layer[] _layers;
    private readonly Optimizer? _optimizer;
    private readonly Loss? _loss;
    private readonly Metric[] _metrics;
    private readonly Shape _inputShape;
    private readonly (int Start, int Length)[] _places;
    private readonly int _weightCount;
    private readonly DeviceBuffer _weights;
    private readonly Dictionary<int, Plan>[] _plans = [[], [], []];      // by mode, then by number of rows
    private DeviceBuffer? _gradients;
    private DeviceBuffer[] _slots = [];

    /// <summary>Takes over the weights of built layers; <paramref name="inputShape"/> is without batch.</summary>
    public Executor(Kernels kernels, IEnumerable<Layer> layers, Shape inputShape, Optimizer? optimizer, Loss? loss, IEnumerable<Metric> metrics)
    {
        (_kernels, _layers, _inputShape) = (kernels, [.. layers], inputShape);
        (_optimizer, _loss, _metrics) = (optimizer, loss, [.. metrics]);
        var variables = _layers.SelectMany(l => l.variables).ToArray();
        _places = new (int, int)[variables.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            _places[i] = (_weightCount, variables[i].size);
            _weightCount += (variables[i].size + Alignment - 1) / Alignment * Alignment;
        }
        _weights = kernels.Allocate(_weightCount);
        for (int i = 0; i < variables.Length; i++) SetWeight(i, variables[i].Host);
    }

    private enum Mode { Train, Test, Predict }

    /// <inheritdoc/>
    public override void Train(NDArray x, NDArray y, ReadOnlySpan<int> rows, int batchSize, BatchDone done, bool atOnce)
    {
        int wholeBatches = rows.Length / batchSize;
        Run(Mode.Train, x, y, rows, batchSize, atOnce, (batch, plan) =>
        {
            _optimizer!.iterations++;
            Backward(plan);
            foreach (var range in plan.Updates) _optimizer.Update(_kernels, range.Weights.Length, range.Weights, range.Gradients, range.Slots);
            if (_optimizer.iterations % StepsToDropSmall == 0) foreach (var slot in _slots) _kernels.DropSmall(_weightCount, slot);
            return Report(batch, plan, atOnce || batch + 1 >= wholeBatches, done);
        });
    }

    /// <inheritdoc/>
    public override void Test(NDArray x, NDArray y, int batchSize, BatchDone done, bool atOnce)
    {
        int wholeBatches = x.Length / batchSize;
        Run(Mode.Test, x, y, AllRows(x), batchSize, atOnce, (batch, plan) => Report(batch, plan, atOnce || batch + 1 >= wholeBatches, done));
    }

    /// <inheritdoc/>
    public override void Predict(NDArray x, int batchSize, Memory<float> outputs, BatchDone done)
    {
        int at = 0;
        Run(Mode.Predict, x, null, AllRows(x), batchSize, atOnce: true, (batch, plan) =>
        {
            _kernels.Read(plan.Output, outputs.Span.Slice(at, plan.Output.Length));
            at += plan.Output.Length;
            return done(batch, default);
        });
    }

    /// <inheritdoc/>
    public override void GetWeight(int index, Span<float> target) => _kernels.Read(Place(_weights, index), target);

    /// <inheritdoc/>
    public override void SetWeight(int index, ReadOnlySpan<float> source) => _kernels.Write(source, Place(_weights, index));

    /// <inheritdoc/>
    public override void GetSlot(int slot, int index, Span<float> target)
    {
        PrepareTraining();
        _kernels.Read(Place(_slots[slot], index), target);
    }

    /// <inheritdoc/>
    public override void SetSlot(int slot, int index, ReadOnlySpan<float> source)
    {
        PrepareTraining();
        _kernels.Write(source, Place(_slots[slot], index));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _kernels.Dispose();
    }

    private void Run(Mode mode, NDArray x, NDArray? y, ReadOnlySpan<int> rows, int batchSize, bool atOnce, Func<int, Plan, bool> batchRan)
    {
        if (mode == Mode.Train) PrepareTraining();
        var inputs = _kernels.Load(x);
        var targets = y is null ? null : _kernels.Load(y);
        using var order = _kernels.Load(rows);
        for (int batch = 0, start = 0; start < rows.Length; batch++, start += batchSize)
        {
            int count = Math.Min(batchSize, rows.Length - start);
            var plan = PlanFor(count, mode);
            if (targets is null) _kernels.Gather(inputs, order, start, count, plan.Input);
            else
            {
                _kernels.GatherBatch(inputs, targets, order, start, count, plan.Input, plan.Loss.Targets);
                // A shorter last batch has a plan, and so results, of its own.
                plan.Use(atOnce || count < batchSize ? 0 : batch % plan.Results.Length);
            }
            Forward(plan);
            if (!batchRan(batch, plan)) return;
        }
    }

    private void Forward(Plan plan)
    {
        bool timed = IsTimed(plan);
        foreach (var step in plan.Steps)
        {
            long began = timed ? Stopwatch.GetTimestamp() : 0;
            step.Forward(_kernels, plan.Rows, train: plan.Mode == Mode.Train);
            if (timed) Telemetry.Record(step.Name, "forward", began);
        }
        if (plan.Mode == Mode.Predict) return;
        _loss!.Compute(_kernels, plan.Loss);
        for (int i = 0; i < _metrics.Length; i++) _metrics[i].Compute(_kernels, plan.Loss, plan.Results[plan.InUse].MetricValues[i]);
    }

    private void Backward(Plan plan)
    {
        bool timed = IsTimed(plan);
        for (int i = plan.Steps.Count - 1; i >= 0 && plan.Steps[i].IsTrained; i--)
        {
            long began = timed ? Stopwatch.GetTimestamp() : 0;
            plan.Steps[i].Backward(_kernels, plan.Rows);
            if (plan.Steps[i].Update is { } update) update.Run(_kernels, _optimizer!, plan.Steps[i].Buffers);
            if (timed) Telemetry.Record(plan.Steps[i].Name, "backward", began);
        }
    }

    /// <summary>Where reading means waiting, a kernel has only been started when its call returns.</summary>
    private bool IsTimed(Plan plan) => plan.Mode == Mode.Train && _kernels.ResultsAtATime == 1 && Telemetry.LayerDuration.Enabled;

    /// <summary>Tells of the batches whose results wait, once they fill their room or <paramref name="last"/> says that no other will join them.</summary>
    private bool Report(int batch, Plan plan, bool last, BatchDone done)
    {
        int waiting = plan.InUse + 1;
        if (waiting < plan.Results.Length && !last) return true;
        var host = plan.Host.AsSpan(0, waiting * plan.ResultSize);
        _kernels.Read(waiting == 1 ? plan.Results[0].All : plan.AllResults.Part(0, host.Length), host);
        for (int i = 0; i < waiting; i++)
        {
            if (!done(batch - waiting + 1 + i, Result(plan, host.Slice(i * plan.ResultSize, plan.ResultSize)))) return false;
        }
        return true;
    }

    private BatchResult Result(Plan plan, ReadOnlySpan<float> values)
    {
        int rows = plan.Loss.Rows;
        for (int i = 0; i < _metrics.Length; i++) plan.MetricSums[i] = ((float)Sum(values.Slice((i + 1) * rows, rows)), rows);
        return new BatchResult { Loss = (float)(Sum(values[..rows]) / rows), Samples = plan.Rows, Metrics = plan.MetricSums };
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values) sum += value;
        return sum;
    }

    private void PrepareTraining()
    {
        if (_gradients is not null) return;
        _gradients = _kernels.Allocate(_weightCount);
        _slots = [.. Enumerable.Range(0, _optimizer!.Slots).Select(_ => _kernels.Allocate(_weightCount))];
    }

    private DeviceBuffer Place(DeviceBuffer flat, int index) => flat.Part(_places[index].Start, _places[index].Length);

    private static int[] AllRows(NDArray x)
    {
        var rows = new int[x.Length];
        for (int i = 0; i < rows.Length; i++) rows[i] = i;
        return rows;
    }

    private Plan PlanFor(int rows, Mode mode)
    {
        var plans = _plans[(int)mode];
        // The last batch of an epoch is often shorter: it works in the buffers of the full one.
        return plans.TryGetValue(rows, out var plan) ? plan : plans[rows] = new Plan(this, rows, mode, room: Larger(plans, rows));
    }

    private static Plan? Larger(Dictionary<int, Plan> plans, int rows) => plans.Values.FirstOrDefault(p => p.Rows > rows);

    /// <summary>
    /// The windows of the layers that have one. Behind a convolution or pooling whose last rows and columns the next one never reads
    /// (2 × 2 pooling of 11 × 11 pixels reads 10 × 10) those are not computed: the result is the same.
    /// </summary>
    private static Window2D?[] Windows(Layer[] layers)
    {
        var windows = layers.Select(layer => layer.WindowOver(layer.input_shape!.Value)).ToArray();
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            if (windows[i] is not { } window) continue;
            var cut = i + 1 < layers.Length && windows[i + 1] is { } next ? window.CutTo(next.Height, next.Width) : window.CutTo(window.OutHeight, window.OutWidth);
            // What comes to the first of them lies there as a whole.
            windows[i] = i > 0 && windows[i - 1] is not null ? cut : cut with { Height = window.Height, Width = window.Width };
        }
        return windows;
    }

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

    /// <summary>What a batch gives, a value a row each: the losses and, behind them in the same buffer, each metric's.</summary>
    private sealed record BatchValues(DeviceBuffer All, DeviceBuffer Losses, DeviceBuffer[] MetricValues);

    /// <summary>The buffers for a number of rows.</summary>
    private sealed class Plan
    {
        /// <summary>Floats of results that may wait at the most.</summary>
        private const int MostResults = 1 << 18;

        public Plan(Executor executor, int rows, Mode mode, Plan? room)
        {
            (Rows, Mode) = (rows, mode);
            var (layers, kernels) = (executor._layers, executor._kernels);
            var windows = Windows(layers);
            int firstTrained = Array.FindIndex(layers, l => l.variables.Count > 0);
            bool train = mode == Mode.Train;

            DeviceBuffer Buffer(DeviceBuffer? whole, int size) => whole?.Part(0, rows * size) ?? kernels.Allocate(rows * size);

            int weight = 0, updated = 0;
            Input = Buffer(room?.Input, executor._inputShape.Size);
            DeviceBuffer x = Input;
            DeviceBuffer? dx = null;
            for (int i = 0; i < layers.Length; i++)
            {
                if (layers[i].IsReshape) continue;
                var larger = room?.Steps[Steps.Count];
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
                    fused = larger is not null ? larger.Fused : kernels.ConvReluPool(windows[i]!.Value, windows[i + 1]!.Value, rows, dx is not null);
                    if (fused is not null) name += "+" + layers[++i].name;
                }
                int size = windows[i]?.OutputSize ?? layers[i].output_shape!.Value[1..].Size;
                buffers.Y = Buffer(larger?.Buffers.Y, size);
                // A gradient is needed from the first layer with weights on.
                buffers.DY = trained ? Buffer(larger?.Buffers.DY, size) : null!;
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
                Targets = kernels.Allocate(lossRows),
                Gradient = dx,
            };
            int metrics = executor._metrics.Length;
            ResultSize = (1 + metrics) * lossRows;
            int results = Math.Clamp(MostResults / ResultSize, 1, kernels.ResultsAtATime);
            AllResults = kernels.Allocate(results * ResultSize);
            Results = [.. Enumerable.Range(0, results).Select(i =>
            {
                DeviceBuffer Values(int first) => AllResults.Part(i * ResultSize + first * lossRows, lossRows);
                return new BatchValues(AllResults.Part(i * ResultSize, ResultSize), Values(0), [.. Enumerable.Range(1, metrics).Select(Values)]);
            })];
            MetricSums = new (float, int)[metrics];
            Host = new float[results * ResultSize];
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
            Loss.Losses = Results[result].Losses;
        }

        public int Rows { get; }

        public Mode Mode { get; }

        public DeviceBuffer Input { get; }

        public DeviceBuffer Output { get; }

        public List<Step> Steps { get; } = [];

        /// <summary>What is updated when all gradients are there: all weights but those that are updated with their gradient.</summary>
        public List<WeightRange> Updates { get; } = [];

        public LossBuffers Loss { get; } = null!;

        /// <summary>The results of as many batches as may wait, in one buffer.</summary>
        public BatchValues[] Results { get; } = [];

        public int InUse { get; private set; }

        public DeviceBuffer AllResults { get; } = null!;

        public int ResultSize { get; }

        public (float Sum, int Count)[] MetricSums { get; } = [];

        public float[] Host { get; } = [];
    }
}
