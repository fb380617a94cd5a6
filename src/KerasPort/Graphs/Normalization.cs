using KerasPort.Activations;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// y = (x - mean) · inverse · gamma + beta over the rows of x[…, columns], in one pass. Where mean and 1 / √variance are those of the batch, their
    /// gradients count, too, which comes down to a few passes:
    /// dx = inverse · gamma · (dy - (x - mean) · inverse² · mean of dy · (x - mean) - mean of dy).
    /// No pass stores x less the mean: computing it again costs less than memory.
    /// </summary>
    /// <param name="x">The values to normalize.</param>
    /// <param name="mean">One value per column.</param>
    /// <param name="inverse">1 / √variance of each column; its gradients are part of this node's.</param>
    /// <param name="gamma">The scale of each column; <c>null</c> for none.</param>
    /// <param name="beta">The offset of each column; <c>null</c> for none.</param>
    /// <param name="ofBatch">Whether mean and inverse are computed from x, or are fixed.</param>
    internal Tensor Normalize(Tensor x, Tensor mean, Tensor inverse, Tensor? gamma, Tensor? beta, bool ofBatch)
    {
        var factor = gamma is null ? inverse : Multiply(inverse, gamma);

        Tensor?[] Gradients(Graph g, Node node, Tensor dy)
        {
            var (sum, product) = (g.SumRows(dy), g.SumRows(g.Add(new MapNode<ProductWithCentred>(default, null, dy, x, mean), x.shape)));
            var dgamma = g.Multiply(product, inverse);
            // Each piece of a batch adds its part to the gradients of beta and gamma, while the gradient of x depends on the sums over all pieces.
            var (ofAll, dgammaOfAll) = ofBatch ? (g.SumOverPieces(sum), g.SumOverPieces(dgamma)) : (sum, dgamma);
            float one = 1f / g.InBatch(x.Rows);
            var dx = ofBatch ? g.Add(new MapNode<NormalizationGradient>(default, null, dy, x, mean, factor, g.Scale(ofAll, one),
                g.Scale(g.Multiply(dgammaOfAll, inverse), one)), x.shape) : g.Map(default(Product), dy, factor);
            return beta is null ? [dx, null, null, dgamma] : [dx, null, null, sum, dgamma];
        }

        // Gamma is an input only for its gradient; the formula doesn't read it.
        Tensor[] rest = gamma is null ? [] : [gamma];
        return Add(beta is null
            ? MapNode.BeforeRelu(default(CentredAndScaled), (g, node, dy) => Gradients(g, node, dy)[..(3 + rest.Length)], [x, mean, factor, .. rest])
            : MapNode.BeforeRelu(default(CentredScaledAndMoved), (g, node, dy) => Gradients(g, node, dy)[..(4 + rest.Length)],
                [x, mean, factor, beta, .. rest]),
            x.shape);
    }

    /// <summary>The variance of each column of x[…, columns] around its mean, over the whole batch.</summary>
    internal Tensor VarianceOverBatch(Tensor x, Tensor mean) => MeanOverBatch(Map(default(SquaredDifference), x, mean));

    /// <summary>x / ‖x‖ for the vectors along axes; x / epsilon for those shorter than epsilon.</summary>
    public Tensor UnitLength(Tensor x, Axes axes, float epsilon) =>
        Multiply(x, MapByInput(new InverseLength(1 / epsilon), new InverseLengthGradient(1 / epsilon), Sum(Square(x), axes, keepdims: true)));
}

/// <summary>(x - y)².</summary>
internal readonly struct SquaredDifference : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => default(Squared).Of<T, M>(M.Subtract(x, y));
}

/// <summary>y = (x - mean) · factor.</summary>
internal readonly struct CentredAndScaled : IFormula
{
    public static int Reads => 0b1110;

    public static int Writes => 0b0001;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> => a = M.Multiply(M.Subtract(b, c), d);
}

/// <summary>y = (x - mean) · factor + beta.</summary>
internal readonly struct CentredScaledAndMoved : IFormula
{
    public static int Reads => 0b11110;

    public static int Writes => 0b00001;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> => a = M.Add(M.Multiply(M.Subtract(b, c), d), e);
}

/// <summary>dy · (x - mean).</summary>
internal readonly struct ProductWithCentred : IFormula
{
    public static int Reads => 0b1110;

    public static int Writes => 0b0001;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> => a = M.Multiply(b, M.Subtract(c, d));
}

/// <summary>dx = factor · (dy - (x - mean) · share - mean of dy), from and to the first buffer.</summary>
internal readonly struct NormalizationGradient : IFormula
{
    public static int Reads => 0b111111;

    public static int Writes => 0b000001;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> =>
        a = M.Multiply(d, M.Subtract(M.Subtract(a, M.Multiply(M.Subtract(b, c), f)), e));
}

/// <summary>The same, where x is above 0, else 0: x is the output of a relu.</summary>
internal readonly struct NormalizationAndReluGradient : IFormula
{
    public static int Reads => NormalizationGradient.Reads;

    public static int Writes => NormalizationGradient.Writes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T>
    {
        default(NormalizationGradient).At<T, M>(ref a, ref b, ref c, ref d, ref e, ref f);
        a = default(ReluGradient).Of<T, M>(b, a);
    }
}

/// <summary>1 / √x of a sum of squares, with an upper limit.</summary>
internal readonly record struct InverseLength(float Most) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T>
    {
        T inverse = M.Divide(M.Splat(1), M.Sqrt(x));
        return M.Select(M.Greater(inverse, M.Splat(Most)), M.Splat(Most), inverse);
    }
}

/// <summary>dx = -dy / (2·√x³), 0 where 1 / √x is limited.</summary>
internal readonly record struct InverseLengthGradient(float Most) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T>
    {
        T inverse = M.Divide(M.Splat(1), M.Sqrt(x));
        T slope = M.Multiply(M.Multiply(M.Splat(-0.5f), dy), M.Multiply(inverse, M.Multiply(inverse, inverse)));
        return M.Select(M.Greater(inverse, M.Splat(Most)), M.Splat(0), slope);
    }
}
