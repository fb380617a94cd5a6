using KerasPort.Engines;
using KerasPort.Random;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y = numbers from [0, 1), as TensorFlow's stateless uniform gives; each run draws anew.</summary>
    internal Tensor RandomUnits(SeedGenerator seeds, Shape shape) => Add(new RandomUnitsNode(seeds, FirstOf(shape)), shape);

    /// <summary>The index of this piece's first number among those of the whole batch, for a tensor whose first axis is the batch's rows; else 0.</summary>
    private long FirstOf(Shape shape) => Batch.IsPiece && shape.Rank > 0 && shape[0] == Batch.Rows ? (long)shape.Size / Batch.Rows * Batch.First : 0;
}

/// <summary>y[…] = uniform in [0, 1), one from each word.</summary>
internal sealed class RandomUnitsNode(SeedGenerator seeds, long first) : WordsNode(seeds, first)
{
    protected override void Draw(Kernels kernels, Philox words, int count, DeviceBuffer y, long block) =>
        kernels.RandomUnits(words.Key, words.Upper, count, y, block);
}
