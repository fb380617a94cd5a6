namespace KerasPort.Graphs;

/// <summary>How an update is combined with the element that it is scattered to.</summary>
internal enum Joining
{
    /// <summary>Replaces it.</summary>
    Instead,

    /// <summary>Is added.</summary>
    Sum,

    /// <summary>Is multiplied.</summary>
    Product,

    /// <summary>The larger of both.</summary>
    Most,

    /// <summary>The smaller of both.</summary>
    Least,
}

public sealed partial class Graph
{
    /// <summary>x, combined with updates[count, …] in their order at indices[count, axes] into the first axes.</summary>
    /// <exception cref="ValueError">When it is computed: an index is out of range.</exception>
    internal Tensor Scattered(Tensor x, Tensor indices, int axes, Tensor updates, Joining joining)
    {
        int[] sizes = x.shape.ToArray();
        int count = indices.Size / axes, inner = NDArray.SizeOf(sizes.AsSpan(axes));
        if (updates.Size != count * inner)
            throw new ValueError($"There is an update of {inner} elements for each of {count} places. "
                + $"Received: inputs.shape={x.shape}, updates.shape={updates.shape}");
        return OnHost(x.shape, (given, y) =>
        {
            given[0].CopyTo(y, 0);
            for (int k = 0; k < count; k++)
                for (int i = 0, at = Place(given[1], k); i < inner; i++, at++) y[at] = Joined(y[at], given[2][k * inner + i]);
        }, (g, node, dy) => [Gradient(g, node, dy, ofUpdates: false), null, Gradient(g, node, dy, ofUpdates: true)], x, indices, updates);

        int Place(float[] all, int k)
        {
            int place = 0;
            for (int axis = 0; axis < axes; axis++)
            {
                float index = all[k * axes + axis];
                if (!(index >= 0 && index < sizes[axis])) throw new ValueError($"indices = {PythonText.Str((double)index)} is not in [0, {sizes[axis]})");
                place = place * sizes[axis] + (int)index;
            }
            return place * inner;
        }

        float Joined(float one, float other) => joining switch
        {
            Joining.Sum => one + other,
            Joining.Product => one * other,
            Joining.Most => Math.Max(one, other),
            Joining.Least => Math.Min(one, other),
            _ => other,
        };

        // The gradient of x, or of the updates: all updates of one element are considered together.
        Tensor Gradient(Graph g, Node node, Tensor dy, bool ofUpdates) => g.OnHost(ofUpdates ? updates.shape : x.shape, (given, dx) =>
        {
            var (old, news, slopes) = (given[0], given[2], given[3]);
            if (!ofUpdates) slopes.CopyTo(dx, 0);
            foreach (var place in Enumerable.Range(0, count).GroupBy(k => Place(given[1], k)))
            {
                int[] all = [.. place];
                var (parts, shares) = (new float[all.Length + 1], new float[all.Length + 1]);
                for (int i = 0; i < inner; i++)
                {
                    parts[0] = old[place.Key + i];
                    for (int j = 0; j < all.Length; j++) parts[j + 1] = news[all[j] * inner + i];
                    Shares(parts, shares);
                    if (!ofUpdates) dx[place.Key + i] = slopes[place.Key + i] * shares[0];
                    else
                        for (int j = 0; j < all.Length; j++) dx[all[j] * inner + i] = slopes[place.Key + i] * shares[j + 1];
                }
            }
        }, null, node.Inputs[0], node.Inputs[1], node.Inputs[2], dy);

        // The derivatives of the combined value with respect to each of its parts.
        void Shares(float[] parts, float[] shares)
        {
            int last = parts.Length - 1;
            switch (joining)
            {
                case Joining.Sum:
                    Array.Fill(shares, 1);
                    break;
                case Joining.Instead:
                    Array.Clear(shares);
                    shares[last] = 1;
                    break;
                case Joining.Product:
                    // The product of all other parts: of those before, times of those behind.
                    float product = 1;
                    for (int j = 0; j <= last; product *= parts[j++]) shares[j] = product;
                    product = 1;
                    for (int j = last; j >= 0; product *= parts[j--]) shares[j] *= product;
                    break;
                default:
                    float chosen = parts.Aggregate(Joined), equals = parts.Count(part => part == chosen);
                    for (int j = 0; j <= last; j++) shares[j] = parts[j] == chosen ? 1 / equals : 0;
                    break;
            }
        }
    }
}
