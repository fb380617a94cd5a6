using KerasPort.Cuda;
using KerasPort.Engines;

namespace KerasPort.Tests.Engines;

/// <summary>Tests of tensor-core products without tensor cores: the fragments' layout, against the instruction written as loops.</summary>
public sealed class TensorCoreTests
{
    /// <summary>One step of the depth of a tile, by 8 warps of 32 lanes as in the kernel, and by a plain product.</summary>
    [Fact]
    public void The_lanes_of_all_warps_make_the_tiles_product()
    {
        var random = new System.Random(1);
        float[] left = new float[Tile.Step * Tile.Pitch], right = new float[left.Length], tile = Enumerable.Repeat(float.NaN, Tile.Edge * Tile.Pitch).ToArray();
        for (int i = 0; i < left.Length; i++) (left[i], right[i]) = (Tf32(random.NextSingle() - 0.5f), Tf32(random.NextSingle() - 0.5f));
        for (int warp = 0; warp < Tile.Threads / TensorCores.Warp; warp++)
        {
            int row = TensorCores.RowOfWarp(warp * TensorCores.Warp), column = TensorCores.ColumnOfWarp(warp * TensorCores.Warp);
            for (int down = 0; down < 2; down++)
                for (int across = 0; across < 2; across++)
                {
                    int top = row + down * TensorCores.Rows, first = column + across * TensorCores.Columns;
                    float[][] sums = Lanes(_ => new float[4]);
                    for (int k = 0; k < Tile.Step; k += TensorCores.Depth)
                    {
                        float[][] a = Lanes(lane => [.. Enumerable.Range(0, 4).Select(i => left[TensorCores.PlaceOfLeft(lane, i) + k * Tile.Pitch + top])]);
                        float[][] b = Lanes(lane => [.. Enumerable.Range(0, 2).Select(i => right[TensorCores.PlaceOfRight(lane, i) + k * Tile.Pitch + first])]);
                        MultiplyAdd(sums, a, b);
                    }
                    for (int lane = 0; lane < TensorCores.Warp; lane++)
                        for (int i = 0; i < 4; i++) tile[top * Tile.Pitch + first + TensorCores.PlaceOfResult(lane, i)] = sums[lane][i];
                }
        }
        for (int row = 0; row < Tile.Edge; row++)
            for (int column = 0; column < Tile.Edge; column++)
            {
                double expected = Enumerable.Range(0, Tile.Step).Sum(k => (double)left[k * Tile.Pitch + row] * right[k * Tile.Pitch + column]);
                Assert.Equal(expected, tile[row * Tile.Pitch + column], 1e-5);
            }
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1.0004883f, 1.0009766f)]        // halfway: away from zero
    [InlineData(-1.0004883f, -1.0009766f)]
    [InlineData(1.0004882f, 1f)]
    [InlineData(1e-40f, 1e-40f)]
    public void Rounding_leaves_10_bits(float value, float expected) => Assert.Equal(expected, Tf32(value), 1e-41f);

    [Fact]
    public void A_card_without_them_is_refused_by_its_name()
    {
        TensorCores.Require(new NvidiaCard(0, "NVIDIA A100", 8, 0, 40L << 30));
        var error = Assert.Throws<EngineException>(() => TensorCores.Require(new NvidiaCard(1, "Tesla V100", 7, 0, 16L << 30)));
        Assert.Equal(
            "Card gpu:1 (Tesla V100) has no tensor cores for TF32: its compute capability is 7.0, and 8.0 (Ampere, 2020) is the least. Use engine cuda, or "
            + "another card.", error.Message);
    }

    [Fact]
    [Slow]
    [Needs(Need.Pocl)]
    public void They_are_an_engine_of_their_own_name()
    {
        Assert.Equal("Engine cuda-tf32 needs a GPU, but device is cpu. Use device gpu, or engine managed.",
            Assert.Throws<EngineException>(() => Engine.Open("cuda-tf32")).Message);
        Assert.Equal(("cuda", "cuda-tf32"), (new CudaEngine(PoclCard.Shared).name, new CudaEngine(PoclCard.Shared, tf32: true).name));
    }

    /// <summary>
    /// mma.m16n8k8 of 32 lanes' registers, with the fragments of the PTX manual: of A lane l has rows l / 4 and l / 4 + 8, of columns
    /// l % 4 and l % 4 + 4 (first both rows of the first column); of B rows l % 4 and l % 4 + 4 of column l / 4; of C rows l / 4 and
    /// l / 4 + 8 of columns 2 · (l % 4) and the next (first both columns of the first row).
    /// </summary>
    private static void MultiplyAdd(float[][] c, float[][] a, float[][] b)
    {
        float[,] left = new float[16, 8], right = new float[8, 8];
        for (int lane = 0; lane < 32; lane++)
        {
            int group = lane / 4, member = lane % 4;
            (left[group, member], left[group + 8, member], left[group, member + 4], left[group + 8, member + 4]) = (
                a[lane][0], a[lane][1], a[lane][2], a[lane][3]);
            (right[member, group], right[member + 4, group]) = (b[lane][0], b[lane][1]);
        }
        for (int lane = 0; lane < 32; lane++)
        {
            int group = lane / 4, member = lane % 4;
            (int Row, int Column)[] places = [(group, 2 * member), (group, 2 * member + 1), (group + 8, 2 * member), (group + 8, 2 * member + 1)];
            for (int i = 0; i < 4; i++)
                for (int k = 0; k < 8; k++) c[lane][i] += left[places[i].Row, k] * right[k, places[i].Column];
        }
    }

    private static float[][] Lanes(Func<int, float[]> registers) => [.. Enumerable.Range(0, TensorCores.Warp).Select(registers)];

    private static float Tf32(float value) => BitConverter.UInt32BitsToSingle(TensorCores.Round(value));
}
