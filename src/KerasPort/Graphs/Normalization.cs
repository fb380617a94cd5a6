using System.Runtime.CompilerServices;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// y = (x - mean) · inverse · gamma + beta over the rows of x[…, columns], as one pass. Where mean and 1 / √variance are the batch's own, the
    /// gradient goes through them too, which comes down to a few passes:
    /// dx = inverse · gamma · (dy - (x - mean) · inverse² · mean of dy · (x - mean) - mean of dy).
    /// </summary>
    /// <param name="x">What is normalized.</param>
    /// <param name="mean">A value a column.</param>
    /// <param name="inverse">1 / √variance of each column, from x less the mean, whose gradients go through here.</param>
    /// <param name="gamma">What the columns are multiplied by; <c>null</c> for nothing.</param>
    /// <param name="beta">What is added to them; <c>null</c> for nothing.</param>
    /// <param name="ofBatch">Whether mean and inverse are those of x, or fixed.</param>
    internal Tensor Normalize(Tensor x, Tensor mean, Func<Tensor, Tensor> inverse, Tensor? gamma, Tensor? beta, bool ofBatch)
    {
        var centred = Map(default(Difference), x, mean, (_, _, dz) => [dz, null]);
        var scale = inverse(centred);
        var factor = gamma is null ? scale : Multiply(scale, gamma);

        Tensor?[] Gradients(Graph g, Node node, Tensor dy)
        {
            var (sum, product) = (g.SumRows(dy), g.SumRows(g.Map(default(Product), dy, centred)));
            var dgamma = g.Multiply(product, scale);
            // Each piece of a batch gives its share of the gradients of beta and gamma; x moves the mean and variance of all pieces.
            var (ofAll, dgammaOfAll) = ofBatch ? (g.SumOverPieces(sum), g.SumOverPieces(dgamma)) : (sum, dgamma);
            float one = 1f / g.InBatch(x.Rows);
            var dx = ofBatch ? g.Add(new MapNode<NormalizationGradient>(default, null, dy, centred, factor, g.Scale(ofAll, one),
                g.Scale(g.Multiply(dgammaOfAll, scale), one)), x.shape) : g.Map(default(Product), dy, factor);
            return beta is null ? [dx, null, dgamma] : [dx, null, sum, dgamma];
        }

        // Gamma comes behind what the formula reads: it only gets its gradient here.
        Tensor[] rest = gamma is null ? [] : [gamma];
        return Add(beta is null
            ? MapNode.BeforeRelu(default(Binary<Product>), (g, node, dy) => Gradients(g, node, dy)[..(2 + rest.Length)], [centred, factor, .. rest])
            : MapNode.BeforeRelu(default(ScaledAndMoved), (g, node, dy) => Gradients(g, node, dy)[..(3 + rest.Length)], [centred, factor, beta, .. rest]),
            x.shape);
    }

    /// <summary>x / ‖x‖ of the vectors along those axes; of lengths below epsilon, x / epsilon.</summary>
    public Tensor UnitLength(Tensor x, Axes axes, float epsilon) =>
        Multiply(x, MapByInput(new InverseLength(1 / epsilon), new InverseLengthGradient(1 / epsilon), Sum(Square(x), axes, keepdims: true)));
}

/// <summary>y = x · factor + beta.</summary>
internal readonly struct ScaledAndMoved : IFormula
{
    public static int Reads => 0b1110;

    public static int Writes => 0b0001;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> => a = M.Add(M.Multiply(b, c), d);
}

/// <summary>dx = factor · (dy - x · share - mean of dy), for x around its mean.</summary>
internal readonly struct NormalizationGradient : IFormula
{
    public static int Reads => 0b111110;

    public static int Writes => 0b000001;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> =>
        a = M.Multiply(d, M.Subtract(M.Subtract(b, M.Multiply(c, f)), e));
}

/// <summary>1 / √x of a sum of squares, limited.</summary>
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
