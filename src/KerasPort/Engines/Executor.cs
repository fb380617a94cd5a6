using System.Diagnostics;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Optimizers;

namespace KerasPort.Engines;

/// <summary>
/// Runs a stack of layers on an engine's kernels: forward, loss, backward, update. Every buffer is planned once for a batch size,
/// all weights lie in one flat buffer (and so do gradients and the optimizer's slots), and a step allocates nothing.
/// </summary>
public sealed partial class Executor : CompiledModel
{
    private const int Alignment = 16;       // floats: each weight starts on a cache line

    private const int StepsToDropSmall = 16;

    /// <summary>Plans that are kept: of a training's whole and last batches, of its validation's, of some predictions beside it.</summary>
    private const int MostPlans = 12;

    private readonly Kernels _kernels;
    private readonly Layer[] _layers;
    private readonly Optimizer? _optimizer;
    private readonly Loss? _loss;
    private readonly Metric[] _metrics;
    private readonly Shape _inputShape;
    private readonly (int Start, int Length)[] _places;
    private readonly int _weightCount;
    private readonly DeviceBuffer _weights;
    private readonly Plan?[] _plans = new Plan?[MostPlans];      // the last one used first
    private readonly Results _trainResults, _testResults;
    private Room _room;
    private DeviceBuffer? _targets, _batchTargets;
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
        _room = new Room(this, 0);
        (_trainResults, _testResults) = (new Results(this), new Results(this));
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
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        if (mode == Mode.Train) PrepareTraining();
        using var inputs = _kernels.Load(x);
        using var targets = y is null ? null : _kernels.Load(y);
        if (inputs.Width != _inputShape.Size) throw new ValueError($"A row of x has {inputs.Width} values, but the model takes {_inputShape.Size} ({_inputShape}).");
        using var order = _kernels.Load(rows);
        for (int batch = 0, start = 0; start < rows.Length; batch++, start += batchSize)
        {
            int count = Math.Min(batchSize, rows.Length - start);
            // Looked for anew each time: between batches others may use the model, and the room may grow.
            var plan = PlanFor(count, mode);
            if (targets is null) _kernels.Gather(inputs, order, start, count, plan.Input);
            else
            {
                plan.Loss.Targets = TargetsFor(count * targets.Width);
                _kernels.GatherBatch(inputs, targets, order, start, count, plan.Input, plan.Loss.Targets);
                // No other results wait when the shorter last batch comes.
                plan.Use(atOnce || count < batchSize ? 0 : batch % plan.Waiting);
            }
            Forward(plan);
            if (!batchRan(batch, plan)) return;
        }
    }

    /// <summary>Room for the batch's targets, which are as wide as y is.</summary>
    private DeviceBuffer TargetsFor(int length)
    {
        if (_batchTargets?.Length == length) return _batchTargets;
        if (_targets is null || _targets.Length < length)
        {
            if (_targets is not null) _kernels.Free(_targets);
            _targets = _kernels.Allocate(length);
        }
        return _batchTargets = _targets.Part(0, length);
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
        for (int i = 0; i < _metrics.Length; i++) _metrics[i].Compute(_kernels, plan.Loss, plan.MetricValues[i]);
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
        if (waiting < plan.Waiting && !last) return true;
        var host = plan.Results.Read(waiting * plan.ResultSize);
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
        int at = 0;
        while (at < MostPlans && _plans[at] is { } known && (known.Rows != rows || known.Mode != mode)) at++;
        var plan = at < MostPlans ? _plans[at] : null;
        if (plan is null)
        {
            if (rows > _room.Rows)
            {
                // All plans work in one room. A larger one takes its place, and those that were cut from the old one go with it.
                ForgetPlans();
                _room.Free();
                _room = new Room(this, rows);
            }
            plan = new Plan(this, rows, mode);
            at = Array.IndexOf(_plans, null);
            if (at < 0) at = MostPlans - 1;
        }
        for (; at > 0; at--) _plans[at] = _plans[at - 1];
        return _plans[0] = plan;
    }

    private void ForgetPlans() => Array.Clear(_plans);

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
}
