using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using KerasPort.Engines;

namespace KerasPort.Cuda;

/// <summary>
/// Sums made by tensor cores in TF32: factors are rounded to 10 binary places, sums are float32. A warp has 32 × 16 sums, as
/// 2 × 2 results of the instruction for 16 × 8. No card has run this yet; without one its PTX is read and its places in tiles are checked.
/// </summary>
internal struct TensorCoreSums : ISums<TensorCoreSums>
{
    /// <summary>Tiles of 16 rows and 8 columns.</summary>
    public Float4 TopLeft, TopRight, BottomLeft, BottomRight;

    public readonly TensorCoreSums Plus(ArrayView<Float4> left, ArrayView<Float4> right, int thread)
    {
        var (rows, columns) = (left.Cast<float>(), right.Cast<float>());
        int lane = thread % TensorCores.Warp, row = TensorCores.RowOfWarp(thread), column = TensorCores.ColumnOfWarp(thread);
        var sums = this;
        for (int k = 0; k < Tile.Step; k += TensorCores.Depth)
        {
            TensorCores.Four top = Left(rows, k, row, lane), bottom = Left(rows, k, row + TensorCores.Rows, lane);
            uint near = Right(columns, k, column, lane, 0), far = Right(columns, k, column, lane, 1);
            sums.TopLeft = TensorCores.MultiplyAdd(sums.TopLeft, top, near, far);
            sums.BottomLeft = TensorCores.MultiplyAdd(sums.BottomLeft, bottom, near, far);
            near = Right(columns, k, column + TensorCores.Columns, lane, 0);
            far = Right(columns, k, column + TensorCores.Columns, lane, 1);
            sums.TopRight = TensorCores.MultiplyAdd(sums.TopRight, top, near, far);
            sums.BottomRight = TensorCores.MultiplyAdd(sums.BottomRight, bottom, near, far);
        }
        return sums;
    }

    public readonly Block Block(int thread)
    {
        var tile = SharedMemory.Allocate<Float4>(Tile.Edge * Tile.Pitch / 4);
        var floats = tile.Cast<float>();
        int lane = thread % TensorCores.Warp, row = TensorCores.RowOfWarp(thread), column = TensorCores.ColumnOfWarp(thread);
        Put(floats, row, column, lane, TopLeft);
        Put(floats, row, column + TensorCores.Columns, lane, TopRight);
        Put(floats, row + TensorCores.Rows, column, lane, BottomLeft);
        Put(floats, row + TensorCores.Rows, column + TensorCores.Columns, lane, BottomRight);
        Group.Barrier();
        int at = thread / (Tile.Edge / 4) * Tile.Pitch + thread % (Tile.Edge / 4), next = Tile.Pitch / 4;
        return new Block { First = tile[at], Second = tile[at + next], Third = tile[at + 2 * next], Fourth = tile[at + 3 * next] };
    }

    private static TensorCores.Four Left(ArrayView<float> rows, int k, int row, int lane) => new()
    {
        X = TensorCores.Round(rows[TensorCores.PlaceOfLeft(lane, 0) + k * Tile.Pitch + row]),
        Y = TensorCores.Round(rows[TensorCores.PlaceOfLeft(lane, 1) + k * Tile.Pitch + row]),
        Z = TensorCores.Round(rows[TensorCores.PlaceOfLeft(lane, 2) + k * Tile.Pitch + row]),
        W = TensorCores.Round(rows[TensorCores.PlaceOfLeft(lane, 3) + k * Tile.Pitch + row]),
    };

    private static uint Right(ArrayView<float> columns, int k, int column, int lane, int i) =>
        TensorCores.Round(columns[TensorCores.PlaceOfRight(lane, i) + k * Tile.Pitch + column]);

    private static void Put(ArrayView<float> tile, int row, int column, int lane, Float4 sums)
    {
        int at = row * Tile.Pitch + column;
        tile[at + TensorCores.PlaceOfResult(lane, 0)] = sums.X;
        tile[at + TensorCores.PlaceOfResult(lane, 1)] = sums.Y;
        tile[at + TensorCores.PlaceOfResult(lane, 2)] = sums.Z;
        tile[at + TensorCores.PlaceOfResult(lane, 3)] = sums.W;
    }
}

/// <summary>
/// The instruction mma.m16n8k8 for TF32, of compute capability 8.0 and up. A warp's 32 lanes share its operands: who has what is the
/// PTX manual's, "Matrix fragments for mma.m16n8k8". ILGPU knows nothing of it, and its inline assembly goes through local memory, so
/// it is written here as the multiply-add is.
/// </summary>
internal static class TensorCores
{
    public const int Warp = 32, Rows = 16, Columns = 8, Depth = 8;

    private const int LeastMajor = 8;

    /// <summary>Refuses a card without tensor cores for TF32.</summary>
    /// <exception cref="EngineException">The card's compute capability is below 8.0.</exception>
    public static void Require(NvidiaCard card)
    {
        if (card.Major < LeastMajor)
            throw new EngineException($"Card {card} has no tensor cores for TF32: its compute capability is {card.Major}.{card.Minor}, " +
                $"and {LeastMajor}.0 (Ampere, 2020) is the least. Use engine cuda, or another card.");
    }

    // A group's eight warps: two rows of warps, 32 rows each, of four warps with 16 columns each.
    public static int RowOfWarp(int thread) => thread / Warp / 4 * 2 * Rows;

    public static int ColumnOfWarp(int thread) => thread / Warp % 4 * 2 * Columns;

    /// <summary>The position in shared memory, [depth][row], of the i-th of a lane's four entries of the 16 × 8 left operand.</summary>
    public static int PlaceOfLeft(int lane, int i) => (lane % 4 + i / 2 * 4) * Tile.Pitch + lane / 4 + i % 2 * 8;

    /// <summary>The position in shared memory, [depth][column], of the i-th of a lane's two entries of the 8 × 8 right operand.</summary>
    public static int PlaceOfRight(int lane, int i) => (lane % 4 + i * 4) * Tile.Pitch + lane / 4;

    /// <summary>The position in shared memory, [row][column], of the i-th of a lane's four entries of the 16 × 8 result.</summary>
    public static int PlaceOfResult(int lane, int i) => (lane / 4 + i / 2 * 8) * Tile.Pitch + lane % 4 * 2 + i % 2;

    /// <summary>The nearest TF32 number, as bits; halves are rounded away from zero.</summary>
    [IntrinsicImplementation]
    public static uint Round(float value) => (Interop.FloatAsInt(value) + 0x1000) & 0xFFFFE000;

    /// <summary>sums + left · right, computed by a whole warp; a single lane can't.</summary>
    [IntrinsicImplementation]
    public static Float4 MultiplyAdd(Float4 sums, Four left, uint near, uint far) => sums;

    /// <summary>Registers the PTX of both instructions with ILGPU.</summary>
    public static void Register(Context.Builder builder)
    {
        const System.Reflection.BindingFlags mine =
            System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic;
        foreach (string name in (string[])[nameof(Round), nameof(MultiplyAdd)])
            builder.GetIntrinsicManager().RegisterMethod(typeof(TensorCores).GetMethod(name, mine)!,
                new PTXIntrinsic(typeof(TensorCores).GetMethod("Emit" + name, mine)!, IntrinsicImplementationMode.GenerateCode));
    }

    private static void EmitRound(PTXBackend backend, PTXCodeGenerator code, Value call)
    {
        var value = code.LoadPrimitive(call[0]);
        var result = code.AllocateHardware(call);
        using var command = code.BeginCommand("cvt.rna.tf32.f32");
        command.AppendArgument(result);
        command.AppendArgument(value);
    }

    private static void EmitMultiplyAdd(PTXBackend backend, PTXCodeGenerator code, Value call)
    {
        var (sums, left, near, far) = (Each(code.Load(call[0])), Each(code.Load(call[1])), code.LoadPrimitive(call[2]), code.LoadPrimitive(call[3]));
        var result = Each(code.Allocate(call));
        using var command = code.BeginCommand("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32");
        command.AppendVectorArgument(result);
        command.AppendVectorArgument(left);
        command.AppendVectorArgument([near, far]);
        command.AppendVectorArgument(sums);
    }

    private static PTXRegisterAllocator.PrimitiveRegister[] Each(PTXRegisterAllocator.Register registers) =>
        [.. ((PTXRegisterAllocator.CompoundRegister)registers).Children.Cast<PTXRegisterAllocator.PrimitiveRegister>()];

    /// <summary>Four TF32 numbers, as bits.</summary>
    internal struct Four
    {
        public uint X, Y, Z, W;
    }
}
