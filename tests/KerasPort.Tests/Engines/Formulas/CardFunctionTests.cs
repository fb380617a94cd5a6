using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using KerasPort.Activations;
using KerasPort.Cuda;
using KerasPort.Engines.Formulas;

namespace KerasPort.Tests.Engines.Formulas;

/// <summary>The functions of formulas in kernels: through OpenCL on the processor, and as PTX.</summary>
[Slow]
public sealed class CardFunctionTests
{
    private const int Count = 1 << 16;

    [Fact]
    public void Functions_on_a_card_are_within_a_step_of_the_processors()
    {
        var random = new System.Random(6);
        float[] any = [.. Enumerable.Range(0, Count)
            .Select(i => i % 4 == 0 ? BitConverter.Int32BitsToSingle((int)random.NextInt64(1L << 32)) : (random.NextSingle() - 0.5f) * 40)];
        (any[0], any[1], any[2], any[3], any[5], any[6]) = (0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon);
        float[] powers = [.. any.Select((x, i) => i % 3 == 0 ? MathF.Round(random.NextSingle() * 20 - 10)
            : (float)((random.NextDouble() * 170 - 85) / Math.Log(Math.Abs(x))))];
        Near<Exp>(any);
        Near<Expm1>(any);
        Near<Log>(any);
        Near<Log1p>(any);
        Near<Tanh>(any);
        Near<Erf>(any);
        Near<SigmoidFormula>(any);
        Near<Softplus>(any);
        Near("Pow", any, powers, Run(new Kernel<Pow> { Count = Count }, any, powers), FloatMath.Pow);
    }

    private static void Near<F>(float[] x) where F : unmanaged, IUnary =>
        Near(typeof(F).Name, x, x, Run(new Kernel<One<F>> { Count = Count }, x, x), (a, _) => default(F).Of<float, FloatMath>(a));

    private static void Near(string name, float[] x, float[] y, float[] got, Func<float, float, float> function)
    {
        for (int i = 0; i < Count; i++)
        {
            float expected = function(x[i], y[i]);
            bool near = float.IsNaN(expected) ? float.IsNaN(got[i]) : got[i] >= MathF.BitDecrement(expected) && got[i] <= MathF.BitIncrement(expected);
            Assert.True(near, $"{name}({x[i]:R}, {y[i]:R}) is {got[i]:R} on the card, {expected:R} on the processor.");
        }
    }

    private static float[] Run<F>(Kernel<F> kernel, float[] x, float[] y) where F : unmanaged, IBinary
    {
        var card = PoclCard.Shared;
        using var a = card.Allocate<float>(Count);
        using var b = card.Allocate<float>(Count);
        using var c = card.Allocate<float>(Count);
        card.Write<float>(x, a.View);
        card.Write<float>(y, b.View);
        card.Launch(kernel with { A = a.View, B = b.View, C = c.View }, Count);
        float[] result = new float[Count];
        card.Read(c.View, result);
        return result;
    }

    /// <summary>Each function is one piece of code: without calls, approximate instructions, and sums fused with products.</summary>
    [Theory]
    [InlineData(typeof(One<Exp>), 0, 0)]
    [InlineData(typeof(One<Expm1>), 0, 0)]
    [InlineData(typeof(One<Log>), 0, 0)]
    [InlineData(typeof(One<Log1p>), 1, 0)]
    [InlineData(typeof(One<Tanh>), 1, 0)]
    [InlineData(typeof(One<Erf>), 0, 0)]
    [InlineData(typeof(One<SigmoidFormula>), 1, 0)]
    [InlineData(typeof(One<Softplus>), 1, 0)]
    [InlineData(typeof(Pow), 1, 0)]
    [InlineData(typeof(Hypotenuse), 0, 1)]
    public void The_code_for_a_card_needs_nothing_but_the_driver(Type function, int divisions, int roots)
    {
        using var context = Context.Create(Card.Configure);
        using var backend = new PTXBackend(context, new CudaArchitecture(7, 0), new CudaInstructionSet(6, 0), null!);
        var entry = typeof(Card).GetMethod(nameof(Card.Entry), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(typeof(Kernel<>).MakeGenericType(function));
        string ptx = ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(entry), Card.Specialization)).PTXAssembly;
        // No branch may be marked as the same in all threads, because none is.
        string[] needs = [@"\.extern", @"\bcall\b", @"\.local\b", @"\.ftz\b", @"\.approx\b", @"\.f64\b", @"@%p\d+ bra\.uni"];
        string[] fused = [@"\b(add|sub|mul)\.f32\b", @"\b(fma|mad)\.\w*\.?f32\b"];
        foreach (string banned in needs.Concat(fused))
            Assert.False(Regex.IsMatch(ptx, banned), $"{function} has {banned}:\n{ptx}");
        Assert.Equal(divisions, Regex.Count(ptx, @"(div|rcp)\.rn\.f32"));
        Assert.Equal(roots, Regex.Count(ptx, @"sqrt\.rn\.f32"));
        Assert.Matches(@"mul\.rn\.f32", ptx);
    }

    private readonly struct One<F> : IBinary where F : unmanaged, IUnary
    {
        public T Of<T, M>(T x, T y) where M : struct, IMath<T> => default(F).Of<T, M>(x);
    }

    private readonly struct Hypotenuse : IBinary
    {
        public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Sqrt(M.Add(M.Multiply(x, x), M.Multiply(y, y)));
    }

    private struct Kernel<F> : IKernel where F : unmanaged, IBinary
    {
        public ArrayView<float> A, B, C;
        public int Count;

        public readonly void Run()
        {
            int i = Grid.IdxX * Card.MostThreads + ILGPU.Group.IdxX;
            if (i < Count) C[i] = default(F).Of<float, DeviceFloat>(A[i], B[i]);
        }
    }
}
