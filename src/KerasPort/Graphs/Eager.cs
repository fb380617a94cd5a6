using KerasPort.Engines;
using KerasPort.Engines.Managed;
using KerasPort.Layers;

namespace KerasPort.Graphs;

/// <summary>Applies layers and functions to values: makes the same nodes as a plan, runs them once on the processor and returns the results.</summary>
internal static class Eager
{
    private static readonly Lock s_one = new();
    private static readonly Lazy<Kernels> s_kernels = new(() => new ManagedEngine(Environment.ProcessorCount).OpenKernels());

    /// <summary>The layer's outputs for these inputs; the layer is built first if necessary.</summary>
    public static Tensor[] Apply(Layer layer, Tensor[] inputs, bool? training)
    {
        using var turn = layer.Turns.Take();
        if (!layer.built) layer.Build([.. inputs.Select(x => x.shape[1..].WithBatch(null))]);
        Tensor[] masks = [.. inputs.Select(x => x.Mask).OfType<Tensor>()];
        bool[] areMasked = [];
        int losses = 0;
        var made = Run([.. inputs, .. masks], training, (g, given) =>
        {
            int next = inputs.Length;
            var outputs = layer.CallRegularized(g, [.. inputs.Select((x, i) => x.Mask is null ? given[i] : g.Masked(given[i], given[next++]))]);
            areMasked = [.. outputs.Select(y => y.Mask is not null)];
            losses = g.Losses.Count;
            return [.. outputs, .. outputs.Select(y => y.Mask).OfType<Tensor>(), .. g.Losses];
        }, layer.variables, layer.IsByElement && !layer.HasCallOfItsOwn && layer.activity_regularizer is null);
        layer.AddedLosses = made[^losses..];
        int of = areMasked.Length;
        return [.. made.Take(of).Select((y, i) => areMasked[i] ? y.WithMask(made[of++]) : y)];
    }

    /// <summary>Runs the nodes that <paramref name="body"/> makes, and returns their results.</summary>
    /// <param name="inputs">Values.</param>
    /// <param name="training">Whether layers behave as in training; <c>null</c> for their default.</param>
    /// <param name="body">Makes the nodes.</param>
    /// <param name="variables">The variables that the nodes use.</param>
    /// <param name="isByElement">
    /// Whether each element of the single output depends only on the inputs' elements at the same index. An array of bytes then stays one: the function is
    /// computed for the 256 possible values only.
    /// </param>
    /// <param name="isExact">Whether to compute in double precision.</param>
    public static Tensor[] Run(Tensor[] inputs, bool? training, Func<Graph, Tensor[], Tensor[]> body, IReadOnlyList<Variable> variables,
        bool isByElement = false, bool isExact = false)
    {
        if (isByElement && !isExact && inputs.Where(x => x.Number is null).ToArray() is [var only] && only.numpy() is { ndim: > 0 } array
            && array.TryGetBytes(out _, out var table, out _))
        {
            Tensor all = new NDArray(table.ToArray());
            return [array.Standing(Run([.. inputs.Select(x => x.Number is null ? all : x)], training, body, variables)[0].numpy().ToFloats())];
        }
        NDArray[] values = [.. inputs.Select(x => x.numpy())];
        float[][] weights = [.. variables.Select(v => v.numpy().ToFloats())];
        List<(NDArray[] Values, Action<NDArray[]> Tell)> told = [];
        Tensor[] results;
        lock (s_one)
        {
            Kernels kernels = isExact ? new ExactKernels() : s_kernels.Value;
            var places = new Dictionary<Variable, DeviceBuffer>();
            foreach (var (variable, weight) in variables.Zip(weights)) kernels.Write(weight, places[variable] = kernels.Allocate(weight.Length));
            var g = new Graph(training, trains: false, variable => places[variable])
            {
                IsRunOnce = true, IsExact = isExact, Has = places.ContainsKey,
            };
            Tensor[] given = [.. inputs.Zip(values, (x, value) => x.Number is { } number ? g.Lift(number) : g.Input(value.shape))];
            Tensor[] outputs;
            using (Graph.Make(null, once: g)) outputs = body(g, given);
            foreach (var output in outputs.Concat(g.Told.SelectMany(of => of.Values))) output.Storage.IsKept = true;
            g.Prune();
            var layout = new Layout(g.Nodes, [.. given.Where((_, i) => inputs[i].Number is null)]);
            var memory = kernels.Allocate(layout.Size);
            layout.Bind(memory);
            for (int i = 0; i < given.Length; i++)
            {
                if (inputs[i].Number is not null || given[i].Storage.Buffer is null) continue;
                if (isExact) ExactKernels.Write(values[i], given[i].Buffer);
                else kernels.Write(values[i].ToFloats(), given[i].Buffer);
            }
            foreach (var node in g.Nodes)
                if (node.When?.Invoke() != false && !IsEmpty(node)) node.Run(kernels);
            results = [.. outputs.Select(output => (Tensor)Read(kernels, output.Buffer, output.shape))];
            // Weights that the layer itself changes, such as moving means, get their new values.
            foreach (var variable in g.Nodes.OfType<AssignNode>().Select(node => node.Variable).Distinct())
                variable.assign(Read(kernels, places[variable], variable.shape));
            told.AddRange(g.Told.Select(of => (Array.ConvertAll(of.Values, value => Read(kernels, value.Buffer, value.shape)), of.Tell)));
            foreach (var place in places.Values) kernels.Free(place);
            kernels.Free(memory);
        }
        foreach (var (read, tell) in told) tell(read);
        return results;
    }

    /// <summary>Whether there is nothing to compute: kernels expect at least one element. A sum over no rows isn't empty.</summary>
    private static bool IsEmpty(Node node) => node.Output is not null && node.Outputs.All(output => output.Size == 0);

    private static NDArray Read(Kernels kernels, DeviceBuffer buffer, Shape shape)
    {
        var dimensions = ArrayShape.Create([.. shape.Select(d => d!.Value)]);
        if (kernels is ExactKernels) return new NDArray(ExactKernels.Read(buffer), dimensions);
        var values = new float[buffer.Length];
        kernels.Read(buffer, values);
        return new NDArray(values, dimensions);
    }
}
