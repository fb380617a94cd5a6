using KerasPort.Engines;
using KerasPort.Random;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y = a few numbers that a layer draws on the processor, whichever engine they are for; each run draws anew.</summary>
    internal Tensor Drawn(SeedGenerator seeds, Shape shape, Action<SeedGenerator, float[]> draw) => Add(new DrawnNode(seeds, shape.Size, draw), shape);

    /// <summary>y = numbers of a standard normal distribution, those that TensorFlow's stateless normal gives; each run draws anew.</summary>
    internal Tensor RandomNormals(SeedGenerator seeds, Shape shape) => Add(new RandomNormalsNode(seeds), shape);
}

/// <summary>y[…] = what is drawn. It depends on nothing, and has no gradient.</summary>
internal sealed class DrawnNode(SeedGenerator seeds, int count, Action<SeedGenerator, float[]> draw) : Node
{
    private readonly float[] _values = new float[count];

    public override bool ChangesState => true;

    public override void Run(Kernels kernels)
    {
        draw(seeds, _values);
        kernels.Write(_values, Output.Buffer);
    }
}

/// <summary>y[…] = standard normal, two of each two words of the layer's generator. It depends on nothing, and has no gradient.</summary>
internal sealed class RandomNormalsNode(SeedGenerator seeds) : Node
{
    public override bool ChangesState => true;

    public override void Run(Kernels kernels)
    {
        var words = seeds.Next();
        kernels.RandomNormals(words.Key, words.Upper, Output.Size, Output.Buffer);
    }
}
