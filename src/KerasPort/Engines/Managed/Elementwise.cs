using System.Runtime.CompilerServices;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override void ReluCore(int count, DeviceBuffer y) =>
        workers.Run(new ReluPiece { Y = At(y), Count = count }, Cut(count, FloatsPerPiece));

    protected override void ReluGradientCore(int count, DeviceBuffer y, DeviceBuffer dy) =>
        workers.Run(new ReluGradientPiece { Y = At(y), DY = At(dy), Count = count }, Cut(count, FloatsPerPiece));

    protected override void TanhCore(int count, DeviceBuffer y) =>
        workers.Run(new TanhPiece { Y = At(y), Count = count }, Cut(count, FloatsPerPiece));

    protected override void TanhGradientCore(int count, DeviceBuffer y, DeviceBuffer dy) =>
        workers.Run(new TanhGradientPiece { Y = At(y), DY = At(dy), Count = count }, Cut(count, FloatsPerPiece));

    protected override void AdamCore(int count, DeviceBuffer w, DeviceBuffer g, DeviceBuffer m, DeviceBuffer v, float alpha, float oneMinusBeta1, float oneMinusBeta2, float epsilon) =>
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

    protected override void DropSmallCore(int count, DeviceBuffer values) =>
        workers.Run(new DropSmallPiece { Values = At(values), Count = count }, Cut(count, FloatsPerPiece));

    private struct DropSmallPiece : IPieces
    {
        public float* Values;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int i = piece * FloatsPerPiece, last = Math.Min(i + FloatsPerPiece, Count);
            for (; i + S.Lanes <= last; i += S.Lanes)
            {
                V value = S.Load(Values + i);
                S.Store(S.AndNot(value, S.Greater(S.Splat(Small), S.Abs(value))), Values + i);
            }
            for (; i < last; i++) if (Math.Abs(Values[i]) < Small) Values[i] = 0;
        }
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

/// <summary>Adam, every operation rounded to float32 in the order in which Keras has them.</summary>
internal unsafe struct AdamPiece<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    public float* W, G, M, V2;
    public int Count, Each;
    public float Alpha, OneMinusBeta1, OneMinusBeta2, Epsilon;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int i = piece * Each, end = Math.Min(i + Each, Count);
        for (; i <= end - S.Lanes; i += S.Lanes) Update(S.Load(G + i), i);
        for (; i < end; i++)
        {
            M[i] += (G[i] - M[i]) * OneMinusBeta1;
            V2[i] += (G[i] * G[i] - V2[i]) * OneMinusBeta2;
            W[i] -= M[i] * Alpha / (MathF.Sqrt(V2[i]) + Epsilon);
        }
    }

    /// <summary>The step of a vector of weights, with their gradients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update(V g, int at)
    {
        V m = S.Load(M + at), v = S.Load(V2 + at), w = S.Load(W + at);
        m = S.Add(m, S.Multiply(S.Subtract(g, m), S.Splat(OneMinusBeta1)));
        v = S.Add(v, S.Multiply(S.Subtract(S.Multiply(g, g), v), S.Splat(OneMinusBeta2)));
        S.Store(m, M + at);
        S.Store(v, V2 + at);
        S.Store(S.Subtract(w, S.Divide(S.Multiply(m, S.Splat(Alpha)), S.Add(S.Sqrt(v), S.Splat(Epsilon)))), W + at);
    }
}
