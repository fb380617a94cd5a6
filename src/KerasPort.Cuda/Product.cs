using ILGPU;

namespace KerasPort.Cuda;

/// <summary>One side of a product, from which tiles are filled: four neighbouring values at a time, 0 outside of the matrix.</summary>
internal interface ITile
{
    /// <summary>
    /// Whether neighbours follow the depth, the axis that is summed over; else the outer axis. The answer is constant per type, so that
    /// it costs nothing.
    /// </summary>
    bool AlongDepth { get; }

    /// <summary>The four values from a position on.</summary>
    Float4 At(int outer, int depth);
}

/// <summary>The destination of a product's tiles.</summary>
internal interface IResult
{
    /// <summary>Stores four rows of four columns; some may lie outside of the result.</summary>
    void Store(int row, int column, Float4 first, Float4 second, Float4 third, Float4 fourth);

    /// <summary>Whether the column sums of the right side are wanted too: a bias gradient.</summary>
    bool WantsColumnSums { get; }

    /// <summary>Stores the sum of one column of the right side.</summary>
    void StoreColumnSum(int column, float sum);
}

/// <summary>The arithmetic of a product: a thread's part of a tile's sums, and how a step of the depth is added to it.</summary>
internal interface ISums<T> where T : struct
{
    /// <summary>The sums after one more step, from shared memory: [depth][row] and [depth][column], whose rows are <see cref="Tile.Pitch"/> apart.</summary>
    T Plus(ArrayView<Float4> left, ArrayView<Float4> right, int thread);

    /// <summary>The block of the tile that this thread stores; other threads may have computed it.</summary>
    Block Block(int thread);
}

/// <summary>
/// Four rows of four columns, for thread t from row 4 · (t / 16) and column 4 · (t % 16) on, in float32; each product and sum is rounded
/// once.
/// </summary>
internal struct Block : ISums<Block>
{
    public Float4 First, Second, Third, Fourth;

    public readonly Block Plus(ArrayView<Float4> left, ArrayView<Float4> right, int thread)
    {
        int ty = thread / (Tile.Edge / 4), tx = thread % (Tile.Edge / 4);
        var sums = this;
        for (int k = 0; k < Tile.Step; k++)
        {
            var x = left[k * (Tile.Pitch / 4) + ty];
            var y = right[k * (Tile.Pitch / 4) + tx];
            sums.First = sums.First.Plus(x.X, y);
            sums.Second = sums.Second.Plus(x.Y, y);
            sums.Third = sums.Third.Plus(x.Z, y);
            sums.Fourth = sums.Fourth.Plus(x.W, y);
        }
        return sums;
    }

    readonly Block ISums<Block>.Block(int thread) => this;
}

/// <summary>The tile of a group: 64 × 64 sums, 16 steps of the depth at a time.</summary>
internal static class Tile
{
    public const int Edge = 64, Step = 16, Threads = 256;

    /// <summary>The stride between steps of the depth in shared memory: padded by four floats, so that neighbouring steps are in different banks.</summary>
    public const int Pitch = Edge + 4;

    public static int Number(int size) => (size + Edge - 1) / Edge;
}

/// <summary>
/// C[rows, columns] = A[rows, depth] · B[depth, columns], nearly all of a network's arithmetic. The type parameters say what A and B are, how they
/// are multiplied, and where C goes. A group computes a tile of 64 × 64, 16 steps of the depth at a time through
/// shared memory, each of its 256 threads 16 sums in registers; the next step's values are loaded while the current ones are used.
/// Group (x, y, z) has tile x of the rows, y of the columns and part z of the depth: the order of each sum depends on the shapes alone.
/// </summary>
internal struct Product<TA, TB, TC, TSums> : IKernel
    where TA : struct, ITile where TB : struct, ITile where TC : struct, IResult where TSums : struct, ISums<TSums>
{
    private const int Edge = Tile.Edge, Step = Tile.Step, Pitch = Tile.Pitch;

    public TA A;
    public TB B;
    public TC C;
    public int Depth, DepthOfPart;

    public readonly void Run()
    {
        var left = SharedMemory.Allocate<Float4>(Step * Pitch / 4);
        var right = SharedMemory.Allocate<Float4>(Step * Pitch / 4);
        int thread = Group.IdxX, row = Grid.IdxX * Edge, column = Grid.IdxY * Edge;
        int from = Grid.IdxZ * DepthOfPart, to = Math.Min(from + DepthOfPart, Depth);
        bool wantsColumns = C.WantsColumnSums && Grid.IdxX == 0 && thread < Edge;
        float columnSum = 0;
        TSums sums = default;

        var a = Fetch(A, row, from, thread);
        var b = Fetch(B, column, from, thread);
        for (int depth = from; depth < to; depth += Step)
        {
            Put(A, left, thread, a);
            Put(B, right, thread, b);
            Group.Barrier();
            a = Fetch(A, row, depth + Step, thread);
            b = Fetch(B, column, depth + Step, thread);
            sums = sums.Plus(left, right, thread);
            if (wantsColumns)
            {
                var floats = right.Cast<float>();
                for (int k = 0; k < Step; k++) columnSum += floats[k * Pitch + thread];
            }
            Group.Barrier();
        }
        var block = sums.Block(thread);
        C.Store(row + thread / (Edge / 4) * 4, column + thread % (Edge / 4) * 4, block.First, block.Second, block.Third, block.Fourth);
        if (wantsColumns) C.StoreColumnSum(column + thread, columnSum);
    }

    private static Float4 Fetch<T>(T tile, int outer, int depth, int thread) where T : struct, ITile => tile.AlongDepth
        ? tile.At(outer + thread / (Step / 4), depth + thread % (Step / 4) * 4)
        : tile.At(outer + thread % (Edge / 4) * 4, depth + thread / (Edge / 4));

    private static void Put<T>(T tile, ArrayView<Float4> shared, int thread, Float4 values) where T : struct, ITile
    {
        if (!tile.AlongDepth)
        {
            shared[thread / (Edge / 4) * (Pitch / 4) + thread % (Edge / 4)] = values;
            return;
        }
        var floats = shared.Cast<float>();
        int at = thread % (Step / 4) * 4 * Pitch + thread / (Step / 4);
        floats[at] = values.X;
        floats[at + Pitch] = values.Y;
        floats[at + 2 * Pitch] = values.Z;
        floats[at + 3 * Pitch] = values.W;
    }
}

/// <summary>A matrix, in memory or computed by row and column.</summary>
internal interface IMatrix
{
    /// <summary>Four neighbours of a row; 0 outside of the matrix.</summary>
    Float4 At(int row, int column);
}

/// <summary>A matrix whose rows lie along the depth: [outer][depth].</summary>
internal struct Rows<T> : ITile where T : struct, IMatrix
{
    public T Matrix;

    public readonly bool AlongDepth => true;

    public readonly Float4 At(int outer, int depth) => Matrix.At(outer, depth);
}

/// <summary>A matrix whose rows lie along the outer axis: [depth][outer].</summary>
internal struct Columns<T> : ITile where T : struct, IMatrix
{
    public T Matrix;

    public readonly bool AlongDepth => false;

    public readonly Float4 At(int outer, int depth) => Matrix.At(depth, outer);
}

/// <summary>A row-major matrix; with <see cref="Mask"/>, the output of a relu, only values where the mask is above 0 count.</summary>
internal struct Matrix : IMatrix
{
    public ArrayView<float> Values, Mask;
    public int Height, Width, IsMasked, IsAligned;

    public static Matrix Of(CudaBuffer values, int height, int width, CudaBuffer? mask = null) => new()
    {
        Values = values.View,
        Mask = (mask ?? values).View,
        Height = height,
        Width = width,
        IsMasked = mask is null ? 0 : 1,
        IsAligned = width % 4 == 0 && values.IsAligned && (mask?.IsAligned ?? true) ? 1 : 0,
    };

    public readonly Float4 At(int row, int column)
    {
        if (row >= Height || column >= Width) return default;
        int at = row * Width + column;
        if (IsAligned != 0)
        {
            var four = Values.Cast<Float4>()[at / 4];
            if (IsMasked == 0) return four;
            var mask = Mask.Cast<Float4>()[at / 4];
            return new Float4(DeviceMath.IsPositive(mask.X) ? four.X : 0, DeviceMath.IsPositive(mask.Y) ? four.Y : 0,
                DeviceMath.IsPositive(mask.Z) ? four.Z : 0, DeviceMath.IsPositive(mask.W) ? four.W : 0);
        }
        int left = Width - column;
        return new Float4(One(at), left > 1 ? One(at + 1) : 0, left > 2 ? One(at + 2) : 0, left > 3 ? One(at + 3) : 0);
    }

    private readonly float One(int at) => IsMasked == 0 || DeviceMath.IsPositive(Mask[at]) ? Values[at] : 0;
}

/// <summary>Stores a row-major matrix plus a bias per column, at least 0 with a relu; or one of several consecutive parts of a sum over the depth.</summary>
internal struct Sum : IResult
{
    public ArrayView<float> Values, Bias, ColumnSums;
    public int Height, Width, HasBias, HasRelu, HasColumnSums, PartSize, IsAligned;

    public readonly bool WantsColumnSums => HasColumnSums != 0;

    public readonly void Store(int row, int column, Float4 first, Float4 second, Float4 third, Float4 fourth)
    {
        if (column >= Width) return;
        StoreRow(row, column, first);
        StoreRow(row + 1, column, second);
        StoreRow(row + 2, column, third);
        StoreRow(row + 3, column, fourth);
    }

    public readonly void StoreColumnSum(int column, float sum)
    {
        if (column < Width) ColumnSums[Grid.IdxZ * PartSize + column] = sum;
    }

    private readonly void StoreRow(int row, int column, Float4 sum)
    {
        if (row >= Height) return;
        int at = Grid.IdxZ * PartSize + row * Width + column, left = Width - column;
        if (IsAligned != 0)
        {
            Values.Cast<Float4>()[at / 4] = new Float4(Finish(column, sum.X), Finish(column + 1, sum.Y), Finish(column + 2, sum.Z), Finish(column + 3, sum.W));
            return;
        }
        Values[at] = Finish(column, sum.X);
        if (left > 1) Values[at + 1] = Finish(column + 1, sum.Y);
        if (left > 2) Values[at + 2] = Finish(column + 2, sum.Z);
        if (left > 3) Values[at + 3] = Finish(column + 3, sum.W);
    }

    private readonly float Finish(int column, float sum)
    {
        if (HasBias != 0) sum += Bias[column];
        return HasRelu != 0 ? DeviceMath.Relu(sum) : sum;
    }
}

/// <summary>
/// The sum of consecutive parts plus a bias per column, at least 0 with a relu. The values after the first
/// <see cref="Count"/> of a part go to <see cref="ColumnSums"/>. Eight threads share the parts of a value, in a fixed order.
/// </summary>
internal struct SumOfParts : IKernel
{
    public const int Values = 32, Shares = 8;

    public ArrayView<float> Parts, To, Bias, ColumnSums;
    public int Number, PartSize, Count, Width, HasBias, HasRelu;

    public readonly void Run()
    {
        var shares = SharedMemory.Allocate<float>(Values * Shares);
        int thread = Group.IdxX, share = thread / Values, i = Grid.IdxX * Values + thread % Values;
        // Group (x, y) adds up the y-th range of parts, whose sum is a part again.
        int each = (Number + Grid.DimY - 1) / Grid.DimY, first = Grid.IdxY * each, last = Math.Min(first + each, Number);
        float sum = 0;
        if (i < PartSize)
            for (int part = first + share; part < last; part += Shares) sum += Parts[(long)part * PartSize + i];
        shares[thread] = sum;
        Group.Barrier();
        if (share > 0 || i >= PartSize) return;
        for (int k = 1; k < Shares; k++) sum += shares[k * Values + thread];
        if (i >= Count)
        {
            ColumnSums[i - Count] = sum;
            return;
        }
        if (HasBias != 0) sum += Bias[i % Width];
        To[Grid.IdxY * PartSize + i] = HasRelu != 0 ? DeviceMath.Relu(sum) : sum;
    }
}
