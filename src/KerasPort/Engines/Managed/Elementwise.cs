using System.Runtime.CompilerServices;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    public override void Relu(int count, DeviceBuffer y) =>
        workers.Run(new ReluPiece { Y = At(y), Count = count }, Cut(count, FloatsPerPiece));

    public override void ReluGradient(int count, DeviceBuffer y, DeviceBuffer dy) =>
        workers.Run(new ReluGradientPiece { Y = At(y), DY = At(dy), Count = count }, Cut(count, FloatsPerPiece));

    public override void Tanh(int count, DeviceBuffer y) =>
        workers.Run(new TanhPiece { Y = At(y), Count = count }, Cut(count, FloatsPerPiece));

    public override void TanhGradient(int count, DeviceBuffer y, DeviceBuffer dy) =>
        workers.Run(new TanhGradientPiece { Y = At(y), DY = At(dy), Count = count }, Cut(count, FloatsPerPiece));

    public override void Adam(int count, DeviceBuffer w, DeviceBuffer g, DeviceBuffer m, DeviceBuffer v, float alpha, float oneMinusBeta1, float oneMinusBeta2, float epsilon) =>
        Run(new AdamPiece<S, V>
        {
            W = At(w), G = At(g), M = At(m), V2 = At(v), Count = count,
            Alpha = alpha, OneMinusBeta1 = oneMinusBeta1, OneMinusBeta2 = oneMinusBeta2, Epsilon = epsilon,
        });

    private void Run(AdamPiece<S, V> adam, [CallerMemberName] string kernel = "")
    {
        // As many pieces as threads share evenly: each then finds the weights in its cache whose gradients it computed.
        int pieces = Cut(Cut(adam.Count, FloatsPerPiece), 4) * 4;
        if (adam.Count <= FloatsPerPiece) pieces = 1;
        adam.Each = Cut(Cut(adam.Count, pieces), S.Lanes) * S.Lanes;
        workers.Run(adam, Cut(adam.Count, adam.Each), kernel);
    }

    private struct ReluPiece : IPieces
    {
        public float* Y;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int i = piece * FloatsPerPiece, last = Math.Min(i + FloatsPerPiece, Count);
            for (; i + S.Lanes <= last; i += S.Lanes) S.Store(Simd<S, V>.Relu(S.Load(Y + i)), Y + i);
            for (; i < last; i++) Y[i] = Y[i] < 0 ? 0 : Y[i];
        }
    }

    private struct ReluGradientPiece : IPieces
    {
        public float* Y, DY;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int i = piece * FloatsPerPiece, last = Math.Min(i + FloatsPerPiece, Count);
            for (; i + S.Lanes <= last; i += S.Lanes) S.Store(Simd<S, V>.WherePositive(S.Load(Y + i), S.Load(DY + i)), DY + i);
            for (; i < last; i++) DY[i] = Y[i] > 0 ? DY[i] : 0;
        }
    }

    private struct TanhPiece : IPieces
    {
        public float* Y;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int last = Math.Min((piece + 1) * FloatsPerPiece, Count);
            for (int i = piece * FloatsPerPiece; i < last; i++) Y[i] = MathF.Tanh(Y[i]);
        }
    }

    private struct TanhGradientPiece : IPieces
    {
        public float* Y, DY;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int last = Math.Min((piece + 1) * FloatsPerPiece, Count);
            for (int i = piece * FloatsPerPiece; i < last; i++) DY[i] *= 1 - Y[i] * Y[i];
        }
    }
}

/// <summary>
/// Adam, every operation rounded to float32 in the order in which Keras has them. Weights that never fire let m and v decay
/// into denormals, which cost a hundred cycles each: both are dropped long before they could matter beside epsilon.
/// </summary>
internal unsafe struct AdamPiece<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    private const float SmallM = 1e-30f, SmallV = 1e-36f;
    public float* W, G, M, V2;
    public int Count, Each;
    public float Alpha, OneMinusBeta1, OneMinusBeta2, Epsilon;

    public readonly void Run(int piece)
    {
        int first = piece * Each;
        Update(G + first, first, Math.Min(Each, Count - first));
    }

    /// <summary>The step of so many weights from a place on, with these gradients. The flat buffers are padded to whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Update(float* gradients, int at, int count)
    {
        float* w0 = W + at, m0 = M + at, v0 = V2 + at;
        V alpha = S.Splat(Alpha), b1 = S.Splat(OneMinusBeta1), b2 = S.Splat(OneMinusBeta2), epsilon = S.Splat(Epsilon);
        V smallM = S.Splat(SmallM), smallV = S.Splat(SmallV);
        for (int i = 0; i < count; i += S.Lanes)
        {
            V g = S.Load(gradients + i), m = S.Load(m0 + i), v = S.Load(v0 + i);
            m = Simd<S, V>.DropSmall(S.Add(m, S.Multiply(S.Subtract(g, m), b1)), smallM);
            v = Simd<S, V>.DropSmall(S.Add(v, S.Multiply(S.Subtract(S.Multiply(g, g), v), b2)), smallV);
            S.Store(m, m0 + i);
            S.Store(v, v0 + i);
            V step = S.Divide(S.Multiply(m, alpha), S.Add(S.Sqrt(v), epsilon));
            S.Store(S.Subtract(S.Load(w0 + i), step), w0 + i);
        }
    }
}
