using KerasPort.Engines;
using KerasPort.Random;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y = numbers from [0, 1), those that TensorFlow's stateless uniform gives; each run draws anew.</summary>
    internal Tensor RandomUnits(SeedGenerator seeds, Shape shape) => Add(new RandomUnitsNode(seeds), shape);
}

/// <summary>y[…] = uniform in [0, 1), word by word of the layer's generator. It depends on nothing, and has no gradient.</summary>
internal sealed class RandomUnitsNode(SeedGenerator seeds) : Node
{
    public override bool ChangesState => true;

    public override void Run(Kernels kernels)
    {
        var words = seeds.Next();
        kernels.RandomUnits(words.Key, words.Upper, Output.Size, Output.Buffer);
    }
}
