using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Metrics;

public abstract partial class Metric
{
    private readonly List<HandPlan> _plans = [];
    private float[]? _state;

    private float[] State => _state ??= new float[StateSize];

    /// <summary>Adds arrays of targets and outputs to the metric's own state, which <see cref="result"/> reads: no model is needed.</summary>
    /// <param name="y_true">Targets, a row a sample.</param>
    /// <param name="y_pred">Outputs, a row a sample.</param>
    /// <param name="sample_weight">How much each sample counts.</param>
    /// <exception cref="ValueError">They can't be compared.</exception>
    public void update_state(NDArray y_true, NDArray y_pred, NDArray? sample_weight = null)
    {
        if (y_true is null || y_pred is null)
            throw new ValueError($"Metric '{name}' compares two arrays. Received: {(y_true is null ? "y_true" : "y_pred")}=None");
        Check(y_true.shape, y_pred.shape);
        lock (_plans)
        {
            var plan = _plans.Find(known => known.Takes(y_true, y_pred, sample_weight));
            if (plan is null)
            {
                plan = new HandPlan(this, y_true.shape, y_pred.shape, sample_weight?.shape);
                if (_plans.Count == HandPlan.Most) _plans.RemoveAt(0);
                _plans.Add(plan);
            }
            Add(State, plan.Run(y_true, y_pred, sample_weight), sample_weight is not null);
        }
    }

    /// <summary>What the metric's own state stands for: a number, or one for each threshold where there are several.</summary>
    public NDArray result()
    {
        lock (_plans) return ResultOf(State);
    }

    /// <summary>Starts the metric's own state anew.</summary>
    public void reset_state()
    {
        lock (_plans) Array.Clear(State);
    }

    /// <summary>The result as an array, of no dimension where it is one number.</summary>
    internal virtual NDArray ResultOf(ReadOnlySpan<float> state) => new((float[])[(float)Result(state)], (ArrayShape)[]);

    /// <summary>A metric's nodes for arrays of these shapes, on the host's kernels.</summary>
    private sealed class HandPlan
    {
        /// <summary>Plans that are kept: shapes of batches, and of the shorter last one, with weights and without.</summary>
        public const int Most = 8;

        private readonly HostKernels<float, FloatMath> _kernels = new();
        private readonly Tensor[] _inputs;
        private readonly Node[] _nodes;
        private readonly DeviceBuffer _from;
        private readonly float[] _contribution;

        public HandPlan(Metric metric, params ReadOnlySpan<Shape?> shapes)
        {
            var graph = new Graph(training: false, trains: false,
                _ => throw new ValueError($"Metric '{metric.name}' has variables of a layer and can't be used by hand."));
            var inputs = new List<Tensor>();
            foreach (var shape in shapes)
                if (shape is { } given) inputs.Add(graph.Input(given));
            _inputs = [.. inputs];
            var result = metric.Call(graph, _inputs[0], _inputs[1], _inputs.ElementAtOrDefault(2));
            result.Storage.IsKept = true;
            graph.Prune();
            _nodes = [.. graph.Nodes.Where(node => node is not ReshapeNode)];
            var layout = new Layout(graph.Nodes, _inputs);
            layout.Bind(_kernels.Allocate(layout.Size));
            (_from, _contribution) = (result.Buffer, new float[result.Size]);
        }

        public bool Takes(params ReadOnlySpan<NDArray?> arrays)
        {
            int of = 0;
            foreach (var array in arrays)
                if (array is not null && (of == _inputs.Length || _inputs[of++].shape != array.shape)) return false;
            return of == _inputs.Length;
        }

        public ReadOnlySpan<float> Run(params ReadOnlySpan<NDArray?> arrays)
        {
            int of = 0;
            foreach (var array in arrays)
                if (array is not null) _kernels.Write(array.ToFloats(), _inputs[of++].Buffer);
            foreach (var node in _nodes) node.Run(_kernels);
            _kernels.Read(_from, _contribution);
            return _contribution;
        }
    }
}
