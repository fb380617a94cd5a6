using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>A partner for each image of a batch: the batch in a random order, shuffled as in Keras.</summary>
internal sealed class Partners(int images)
{
    private readonly float[] _units = new float[images], _places = new float[images];
    private readonly int[] _order = new int[images];

    /// <summary>Draws the order, and gives it with its inverse, as <see cref="Graph.Reordered"/> takes them.</summary>
    public (Tensor Order, Tensor Places) Draw(Graph g, SeedGenerator seeds)
    {
        // Equal numbers keep their order.
        Comparison<int> byUnits = (a, b) => _units[a] != _units[b] ? _units[a].CompareTo(_units[b]) : a - b;
        var order = g.Drawn(seeds, images, (state, values) =>
        {
            Stateless.Uniform(state.Next(), 0, 1, _units);
            for (int i = 0; i < images; i++) _order[i] = i;
            Array.Sort(_order, byUnits);
            for (int i = 0; i < images; i++) (values[i], _places[_order[i]]) = (_order[i], i);
        });
        return (order, g.OnHost(images, (_, output) => _places.CopyTo(output, 0), null, order));
    }

    /// <summary>share · x + (1 - share) · partner of rows [images, the rest].</summary>
    public static Tensor Mixed(Graph g, Tensor rows, (Tensor Order, Tensor Places) partners, Tensor share) =>
        g.Add(g.Multiply(rows, share), g.Multiply(g.Reordered(rows, partners.Order, partners.Places), g.Shift(g.Scale(share, -1), 1)));

    /// <summary>Labels that can be mixed.</summary>
    /// <exception cref="ValueError">Each image has a single number as its label.</exception>
    public static Tensor Classes(Tensor labels) => labels.shape.Rank == 2 ? labels
        : throw new ValueError($"Labels that are mixed have a number a class, [images, classes]: use `to_categorical`. Received: labels.shape={labels.shape}");
}
