using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace KerasPort.Cuda;

/// <summary>Four floats that are read and written at once.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct Float4
{
    public float X, Y, Z, W;

    public Float4(float x, float y, float z, float w) => (X, Y, Z, W) = (x, y, z, w);

    /// <summary>this + scale · b, each rounded once.</summary>
    public readonly Float4 Plus(float scale, Float4 b) => new(
        DeviceMath.MultiplyAdd(scale, b.X, X), DeviceMath.MultiplyAdd(scale, b.Y, Y),
        DeviceMath.MultiplyAdd(scale, b.Z, Z), DeviceMath.MultiplyAdd(scale, b.W, W));
}

/// <summary>
/// Functions that kernels need and a card lacks: its own exp and log are accurate to only some 1e-6, and accurate ones need the CUDA toolkit.
/// These compute in double, for the few values per row where this matters, and are accurate to 1e-14.
/// </summary>
internal static class DeviceMath
{
    private const double Ln2 = 0.69314718055994530942;

    /// <summary>a · b + c, rounded once where the device can.</summary>
    [IntrinsicImplementation]
    public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    /// <summary>a + b, never fused with a product.</summary>
    [IntrinsicImplementation]
    public static float Add(float a, float b) => a + b;

    /// <summary>a - b, never fused with a product.</summary>
    [IntrinsicImplementation]
    public static float Subtract(float a, float b) => a - b;

    /// <summary>a · b, never fused with a sum.</summary>
    [IntrinsicImplementation]
    public static float Multiply(float a, float b) => a * b;

    /// <summary>
    /// Registers the instructions for these with ILGPU, which doesn't know MathF.FusedMultiplyAdd, and whose own sums and products the driver's
    /// compiler may fuse.
    /// </summary>
    public static void Register(Context.Builder builder)
    {
        var intrinsics = builder.GetIntrinsicManager();
        Register(nameof(MultiplyAdd), nameof(EmitMultiplyAdd), nameof(MultiplyThenAdd));
        Register(nameof(Add), nameof(EmitAdd), nameof(PlainAdd));
        Register(nameof(Subtract), nameof(EmitSubtract), nameof(PlainSubtract));
        Register(nameof(Multiply), nameof(EmitMultiply), nameof(PlainMultiply));

        void Register(string name, string ptx, string openCL)
        {
            var function = Mine(name);
            intrinsics.RegisterMethod(function, new PTXIntrinsic(Mine(ptx), IntrinsicImplementationMode.GenerateCode));
            intrinsics.RegisterMethod(function, new CLIntrinsic(Mine(openCL), IntrinsicImplementationMode.Redirect));
        }
    }

    private static MethodInfo Mine(string name) => typeof(DeviceMath).GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;

    private static void EmitMultiplyAdd(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "fma.rn.f32");

    private static void EmitAdd(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "add.rn.f32");

    private static void EmitSubtract(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "sub.rn.f32");

    private static void EmitMultiply(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "mul.rn.f32");

    private static void Emit(PTXCodeGenerator code, Value call, string instruction)
    {
        var arguments = Enumerable.Range(0, call.Count).Select(i => code.LoadPrimitive(call[i])).ToArray();
        var result = code.AllocateHardware(call);
        using var command = code.BeginCommand(instruction);
        command.AppendArgument(result);
        foreach (var argument in arguments) command.AppendArgument(argument);
    }

    private static float PlainAdd(float a, float b) => a + b;

    private static float PlainSubtract(float a, float b) => a - b;

    private static float PlainMultiply(float a, float b) => a * b;

    private static float MultiplyThenAdd(float a, float b, float c) => a * b + c;

    /// <summary>x, or 0 where it is negative; NaN stays NaN. Decided by the bits, because device compilers disagree on comparisons with NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Relu(float x)
    {
        const uint minusZero = 0x80000000, minusInfinity = 0xFF800000;
        uint bits = Interop.FloatAsInt(x);
        return bits >= minusZero && bits <= minusInfinity ? 0 : x;
    }

    /// <summary>Whether x is NaN, decided by the bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNaN(float x)
    {
        const uint infinity = 0x7F800000, withoutSign = 0x7FFFFFFF;
        return (Interop.FloatAsInt(x) & withoutSign) > infinity;
    }

    /// <summary>Whether x is a number above 0, decided by the bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPositive(float x)
    {
        const uint infinity = 0x7F800000;
        return Interop.FloatAsInt(x) - 1 < infinity;
    }

    /// <summary>e to the x for x up to 0; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exp(double x)
    {
        // x = n ln 2 + r with |r| ≤ ln 2 / 2, and e to the r by Taylor's series.
        double within = x > -700 ? x : -700;
        int n = (int)(within * (1 / Ln2) - 0.5);
        double r = within - n * Ln2, sum = 1;
        for (int k = 13; k > 0; k--) sum = 1 + sum * r / k;
        double power = Interop.IntAsFloat((ulong)(n + 1023) << 52);
        return x > -700 ? sum * power : x <= -700 ? 0 : x;
    }

    /// <summary>The natural logarithm of a positive number; NaN and infinity stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log(double x)
    {
        // x = 2 to the e times m with m near 1, and log m = 2 artanh((m - 1) / (m + 1)) by its series.
        ulong bits = Interop.FloatAsInt(x);
        int e = (int)(bits >> 52) - 1023;
        double m = Interop.IntAsFloat((bits & 0xFFFFFFFFFFFFFul) | (1023ul << 52));
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            e++;
        }
        double z = (m - 1) / (m + 1), square = z * z, sum = 0;
        for (int k = 19; k > 0; k -= 2) sum = sum * square + 1.0 / k;
        return x > 0 && x < double.PositiveInfinity ? e * Ln2 + 2 * z * sum : x;
    }
}
