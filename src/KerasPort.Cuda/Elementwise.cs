using ILGPU;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Cuda;

/// <remarks>One thread per value.</remarks>
internal sealed partial class CudaKernels
{
    protected override void MapCore<F>(in F formula, in Operands on)
    {
        var kernel = new FormulaKernel<F> { Formula = formula, Columns = on.Columns, OneRow = on.OneRow, OneColumn = on.OneColumn, Count = on.Count };
        if ((F.Reads & Operands.Second) != 0 && on[1] is CudaBuffer gradients && on.OneRow == 0 && on.OneColumn == 0 && gradients.Take() is { } first)
        {
            // Taken before the view is read, which would finish the pending sums.
            var (second, third, fourth) = (gradients.Take(), gradients.Take(), gradients.Take());
            var values = gradients.View;
            OpenSum.Parts Parts(OpenSum? sum) => sum?.PartsOf(gradients) ?? new() { Values = values };
            Place(ref kernel, on, values);
            _card.Launch(new OpenFormulaKernel<F> { Map = kernel, First = Parts(first), Second = Parts(second), Third = Parts(third), Fourth = Parts(fourth) },
                on.Count);
            return;
        }
        Place(ref kernel, on, ((CudaBuffer)(on[1] ?? on[0]!)).View);
        _card.Launch(kernel, on.Count);
    }

    /// <summary>Sets a kernel's views; unused ones refer to the first.</summary>
    private static void Place<F>(ref FormulaKernel<F> kernel, in Operands on, ArrayView<float> second) where F : unmanaged, IFormula
    {
        var first = At(on[0]!).View;
        ArrayView<float> Of(DeviceBuffer? buffer) => buffer is null ? first : At(buffer).View;
        (kernel.A, kernel.B, kernel.C, kernel.D, kernel.E, kernel.F6) = (first, second, Of(on[2]), Of(on[3]), Of(on[4]), Of(on[5]));
    }

    private static int Index => Grid.IdxX * Card.MostThreads + Group.IdxX;

    /// <summary>A formula, one thread per element.</summary>
    internal struct FormulaKernel<F> : IKernel where F : unmanaged, IFormula
    {
        public F Formula;
        public ArrayView<float> A, B, C, D, E, F6;
        public int Columns, OneRow, OneColumn, Count;

        public readonly void Run()
        {
            int i = Index;
            if (i < Count) Run(i, (F.Reads & 2) != 0 ? B[At(1, i)] : 0);
        }

        /// <summary>Computes element i, whose second value is given.</summary>
        public readonly void Run(int i, float b)
        {
            float a = 0, c = 0, d = 0, e = 0, f = 0;
            if ((F.Reads & 1) != 0) a = A[i];
            if ((F.Reads & 4) != 0) c = C[At(2, i)];
            if ((F.Reads & 8) != 0) d = D[At(3, i)];
            if ((F.Reads & 16) != 0) e = E[At(4, i)];
            if ((F.Reads & 32) != 0) f = F6[At(5, i)];
            Formula.At<float, DeviceFloat>(ref a, ref b, ref c, ref d, ref e, ref f);
            if ((F.Writes & 1) != 0) A[i] = a;
            if ((F.Writes & 2) != 0) B[i] = b;
            if ((F.Writes & 4) != 0) C[i] = c;
            if ((F.Writes & 8) != 0) D[i] = d;
            if ((F.Writes & 16) != 0) E[i] = e;
            if ((F.Writes & 32) != 0) F6[i] = f;
        }

        private readonly int At(int place, int i) =>
            (OneRow >> place & 1) == 0 ? (OneColumn >> place & 1) == 0 ? i : i / Columns : (OneColumn >> place & 1) == 0 ? i % Columns : 0;
    }

    /// <summary>A formula whose second buffer, gradients, is added up from the parts of at most four products while it is read.</summary>
    internal struct OpenFormulaKernel<F> : IKernel where F : unmanaged, IFormula
    {
        public FormulaKernel<F> Map;
        public OpenSum.Parts First, Second, Third, Fourth;

        public readonly void Run()
        {
            int i = Index;
            if (i < Map.Count) Map.Run(i, Gradient(i));
        }

        private readonly float Gradient(int i)
        {
            var parts = First;
            int at = First.Find(i);
            if (at < 0) (parts, at) = (Second, Second.Find(i));
            if (at < 0) (parts, at) = (Third, Third.Find(i));
            if (at < 0) (parts, at) = (Fourth, Fourth.Find(i));
            if (at < 0) return Map.B[i];
            float sum = parts.Sum(at);
            Map.B[i] = sum;
            return sum;
        }
    }

    protected override void RandomUnitsCore(ulong key, ulong upper, long block, int count, DeviceBuffer y) =>
        _card.Launch(new DrawUnits { Key = key, Upper = upper, First = (uint)block, Y = At(y).View, Count = count }, count);

    /// <summary>Uniform random numbers, one thread each: every thread computes the whole block of four that its number belongs to.</summary>
    internal struct DrawUnits : IKernel
    {
        public ulong Key, Upper;
        public uint First;
        public ArrayView<float> Y;
        public int Count;

        public readonly void Run()
        {
            int i = Index;
            if (i >= Count) return;
            var (c0, c1, c2, c3) = Block(First + (uint)(i / 4), Key, Upper);
            uint word = (i & 3) == 0 ? c0 : (i & 3) == 1 ? c1 : (i & 3) == 2 ? c2 : c3;
            Y[i] = Unit(word);
        }
    }

    protected override void RandomNormalsCore(ulong key, ulong upper, long block, int count, DeviceBuffer y) =>
        _card.Launch(new DrawNormals { Key = key, Upper = upper, First = (uint)block, Y = At(y).View, Count = count }, (count + 1) / 2);

    /// <summary>
    /// Normal random numbers, one thread per pair, from two words. Logarithm, sine and cosine are computed in double and rounded, so that a number
    /// is occasionally the float next to the processor's.
    /// </summary>
    internal struct DrawNormals : IKernel
    {
        public ulong Key, Upper;
        public uint First;
        public ArrayView<float> Y;
        public int Count;

        public readonly void Run()
        {
            int pair = Index, at = 2 * pair;
            if (at >= Count) return;
            var (c0, c1, c2, c3) = Block(First + (uint)(pair / 2), Key, Upper);
            bool isFirst = (pair & 1) == 0;
            float radius = Unit(isFirst ? c0 : c2), angle = (float)(2 * Math.PI * Unit(isFirst ? c1 : c3));
            if (radius < 1e-7f) radius = 1e-7f;
            float length = MathF.Sqrt(-2 * (float)DeviceMath.Log(radius));
            // The angle is n quarter turns and r, at most an eighth of a turn.
            int n = (int)(angle * (2 / Math.PI) + 0.5);
            double r = angle - n * (Math.PI / 2), square = r * r, sin = Sine(r, square), cos = Cosine(square);
            double s = (n & 1) == 0 ? sin : cos, c = (n & 1) == 0 ? cos : sin;
            Y[at] = (float)((n & 2) == 0 ? s : -s) * length;
            if (at + 1 < Count) Y[at + 1] = (float)(((n + 1) & 2) == 0 ? c : -c) * length;
        }

        /// <summary>Taylor's series of the sine, to the 15th power.</summary>
        private static double Sine(double r, double square)
        {
            double sum = 1;
            for (int k = 14; k > 0; k -= 2) sum = 1 - sum * square / (k * (k + 1));
            return r * sum;
        }

        /// <summary>Taylor's series of the cosine, to the 16th power.</summary>
        private static double Cosine(double square)
        {
            double sum = 1;
            for (int k = 15; k > 0; k -= 2) sum = 1 - sum * square / (k * (k + 1));
            return sum;
        }
    }

    /// <summary>The words of a block: see <see cref="Random.Philox"/>.</summary>
    private static (uint, uint, uint, uint) Block(uint number, ulong key, ulong upper)
    {
        uint c0 = number, c1 = 0, c2 = (uint)upper, c3 = (uint)(upper >> 32), k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)0xD2511F53 * c0, p1 = (ulong)0xCD9E8D57 * c2;
            uint n0 = (uint)(p1 >> 32) ^ c1 ^ k0, n2 = (uint)(p0 >> 32) ^ c3 ^ k1;
            (c0, c1, c2, c3) = (n0, (uint)p1, n2, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }

    private static float Unit(uint word) => Interop.IntAsFloat((word & 0x7fffff) | 0x3f800000) - 1;
}
