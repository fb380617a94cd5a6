using ILGPU;
using KerasPort.Engines;

namespace KerasPort.Cuda;

/// <remarks>One thread a value.</remarks>
internal sealed partial class CudaKernels
{
    protected override void ReluCore(int count, DeviceBuffer y) => _card.Launch(new ReluKernel { Y = At(y).View, Count = count }, count);

    protected override void ReluGradientCore(int count, DeviceBuffer y, DeviceBuffer dy) =>
        _card.Launch(new ReluGradientKernel { Y = At(y).View, DY = At(dy).View, Count = count }, count);

    protected override void TanhCore(int count, DeviceBuffer y) => _card.Launch(new TanhKernel { Y = At(y).View, Count = count }, count);

    protected override void TanhGradientCore(int count, DeviceBuffer y, DeviceBuffer dy) =>
        _card.Launch(new TanhGradientKernel { Y = At(y).View, DY = At(dy).View, Count = count }, count);

    protected override void AdamCore(int count, DeviceBuffer w, DeviceBuffer g, DeviceBuffer m, DeviceBuffer v, float alpha, float oneMinusBeta1, float oneMinusBeta2, float epsilon)
    {
        var gradients = At(g);
        // Taken before the view is asked for, which adds up what is still open.
        var (first, second, third, fourth) = (gradients.Take(), gradients.Take(), gradients.Take(), gradients.Take());
        var values = gradients.View;
        OpenSum.Parts Parts(OpenSum? sum) => sum?.PartsOf(gradients) ?? new() { Values = values };
        _card.Launch(new AdamKernel
        {
            W = At(w).View, G = values, M = At(m).View, V = At(v).View, Count = count,
            First = Parts(first), Second = Parts(second), Third = Parts(third), Fourth = Parts(fourth),
            Alpha = alpha, OneMinusBeta1 = oneMinusBeta1, OneMinusBeta2 = oneMinusBeta2, Epsilon = epsilon,
        }, count);
    }

    private static int Index => Grid.IdxX * Card.MostThreads + Group.IdxX;

    private struct ReluKernel : IKernel
    {
        public ArrayView<float> Y;
        public int Count;

        public readonly void Run()
        {
            int i = Index;
            if (i < Count) Y[i] = DeviceMath.Relu(Y[i]);
        }
    }

    private struct ReluGradientKernel : IKernel
    {
        public ArrayView<float> Y, DY;
        public int Count;

        public readonly void Run()
        {
            int i = Index;
            if (i < Count && !DeviceMath.IsPositive(Y[i])) DY[i] = 0;
        }
    }

    private struct TanhKernel : IKernel
    {
        public ArrayView<float> Y;
        public int Count;

        public readonly void Run()
        {
            int i = Index;
            if (i < Count) Y[i] = (float)DeviceMath.Tanh(Y[i]);
        }
    }

    private struct TanhGradientKernel : IKernel
    {
        public ArrayView<float> Y, DY;
        public int Count;

        public readonly void Run()
        {
            int i = Index;
            if (i < Count) DY[i] *= 1 - Y[i] * Y[i];
        }
    }

    /// <summary>
    /// Adam in the order in which Keras has it; m and v are dropped long before they would be denormal, in each step, which costs a card
    /// nothing. Gradients that lie in parts, of four products at the most, are added up here.
    /// </summary>
    private struct AdamKernel : IKernel
    {
        private const float SmallM = 1e-30f, SmallV = 1e-36f;
        public ArrayView<float> W, G, M, V;
        public OpenSum.Parts First, Second, Third, Fourth;
        public int Count;
        public float Alpha, OneMinusBeta1, OneMinusBeta2, Epsilon;

        public readonly void Run()
        {
            int i = Index;
            if (i >= Count) return;
            float g = Gradient(i), m = M[i] + (g - M[i]) * OneMinusBeta1, v = V[i] + (g * g - V[i]) * OneMinusBeta2;
            if (m < SmallM && m > -SmallM) m = 0;
            if (v < SmallV) v = 0;
            M[i] = m;
            V[i] = v;
            W[i] -= m * Alpha / (MathF.Sqrt(v) + Epsilon);
        }

        private readonly float Gradient(int i)
        {
            var parts = First;
            int at = First.Find(i);
            if (at < 0) (parts, at) = (Second, Second.Find(i));
            if (at < 0) (parts, at) = (Third, Third.Find(i));
            if (at < 0) (parts, at) = (Fourth, Fourth.Find(i));
            if (at < 0) return G[i];
            float sum = parts.Sum(at);
            G[i] = sum;
            return sum;
        }
    }
}
