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

    public override void Adam(int count, DeviceBuffer w, DeviceBuffer g, DeviceBuffer m, DeviceBuffer v, float alpha, float oneMinusBeta1, float oneMinusBeta2, float epsilon)
    {
        // As many pieces as threads share evenly: each then finds the weights in its cache whose gradients it computed.
        int pieces = Cut(Cut(count, FloatsPerPiece), 4) * 4, each = Cut(Cut(count, pieces), S.Lanes) * S.Lanes;
        workers.Run(new AdamPiece
        {
            W = At(w), G = At(g), M = At(m), V2 = At(v), Count = count, Each = each,
            Alpha = alpha, OneMinusBeta1 = oneMinusBeta1, OneMinusBeta2 = oneMinusBeta2, Epsilon = epsilon,
        }, Cut(count, each));
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

    /// <summary>
    /// Adam, every operation rounded to float32 in the order in which Keras has them. Weights that never fire let m and v decay
    /// into denormals, which cost a hundred cycles each: both are dropped long before they could matter beside epsilon.
    /// </summary>
    private struct AdamPiece : IPieces
    {
        private const float SmallM = 1e-30f, SmallV = 1e-36f;
        public float* W, G, M, V2;
        public int Count, Each;
        public float Alpha, OneMinusBeta1, OneMinusBeta2, Epsilon;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int i = piece * Each, last = Math.Min(i + Each, Count);
            V alpha = S.Splat(Alpha), b1 = S.Splat(OneMinusBeta1), b2 = S.Splat(OneMinusBeta2), epsilon = S.Splat(Epsilon);
            V smallM = S.Splat(SmallM), smallV = S.Splat(SmallV);
            // The flat buffers are padded to whole vectors.
            for (; i < last; i += S.Lanes)
            {
                V g = S.Load(G + i), m = S.Load(M + i), v = S.Load(V2 + i);
                m = Simd<S, V>.DropSmall(S.Add(m, S.Multiply(S.Subtract(g, m), b1)), smallM);
                v = Simd<S, V>.DropSmall(S.Add(v, S.Multiply(S.Subtract(S.Multiply(g, g), v), b2)), smallV);
                S.Store(m, M + i);
                S.Store(v, V2 + i);
                V step = S.Divide(S.Multiply(m, alpha), S.Add(S.Sqrt(v), epsilon));
                S.Store(S.Subtract(S.Load(W + i), step), W + i);
            }
        }
    }
}
