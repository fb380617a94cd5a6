using KerasPort.Engines;
using KerasPort.Random;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y = numbers that a layer draws on the processor, whatever the engine; each run draws anew.</summary>
    internal Tensor Drawn(SeedGenerator seeds, Shape shape, Action<SeedGenerator, float[]> draw) =>
        Add(new DrawnNode(seeds, shape.Size, draw, Batch.Index), shape);

    /// <summary>Likewise for numbers that a program draws in a layer of its own, from a random state that this library doesn't know.</summary>
    /// <exception cref="ValueError">The batch is cut into pieces, whose draws can't be coordinated.</exception>
    internal Tensor Drawn(Shape shape, Action<float[]> draw) => !Batch.IsPiece ? Add(new ProgramDrawnNode(shape.Size, draw), shape)
        : throw new ValueError("What a layer of one's own draws by `keras.random` or `tf.random` the pieces of a batch can't share: "
            + "use a layer that draws, or train in one process.");

    /// <summary>y = numbers from the standard normal distribution, as TensorFlow's stateless normal gives; each run draws anew.</summary>
    internal Tensor RandomNormals(SeedGenerator seeds, Shape shape) => Add(new RandomNormalsNode(seeds, FirstOf(shape)), shape);
}

/// <summary>A node that draws from a random state. All pieces of a batch start from the state before that batch.</summary>
internal interface IDraws
{
    /// <summary>The random state.</summary>
    SeedGenerator Seeds { get; }
}

/// <summary>y[…] = drawn numbers, different for each piece of a batch. It has no inputs and no gradient.</summary>
internal sealed class DrawnNode(SeedGenerator seeds, int count, Action<SeedGenerator, float[]> draw, int piece) : Node, IDraws
{
    private readonly float[] _values = new float[count];

    public SeedGenerator Seeds => seeds;

    public override bool ChangesState => true;

    public override void Run(Kernels kernels)
    {
        seeds.Move(piece);
        draw(seeds, _values);
        seeds.Move(-piece);
        kernels.Write(_values, Output.Buffer);
    }
}

/// <summary>y[…] = numbers that a program draws. It has no inputs and no gradient.</summary>
internal sealed class ProgramDrawnNode(int count, Action<float[]> draw) : Node
{
    private readonly float[] _values = new float[count];

    public override bool ChangesState => true;

    public override void Run(Kernels kernels)
    {
        draw(_values);
        kernels.Write(_values, Output.Buffer);
    }
}

/// <summary>
/// Numbers from the words of the layer's generator. A piece of a batch gets those that the whole batch would get for its rows. It has no inputs and no
/// gradient.
/// </summary>
internal abstract class WordsNode(SeedGenerator seeds, long first) : Node, IDraws
{
    private const int InBlock = 4;

    private DeviceBuffer? _room;

    public SeedGenerator Seeds => seeds;

    public override bool ChangesState => true;

    public sealed override void Run(Kernels kernels)
    {
        var words = seeds.Next();
        int before = (int)(first % InBlock), count = before + Output.Size;
        var drawn = before == 0 ? Output.Buffer : _room ??= kernels.Allocate(count);
        Draw(kernels, words, count, drawn, first / InBlock);
        if (before > 0) kernels.Copy(drawn.Part(before, Output.Size), Output.Buffer);
    }

    /// <summary>Fills a buffer with numbers, from a block of words on.</summary>
    protected abstract void Draw(Kernels kernels, Philox words, int count, DeviceBuffer y, long block);
}

/// <summary>y[…] = standard normal numbers, two from each two words.</summary>
internal sealed class RandomNormalsNode(SeedGenerator seeds, long first) : WordsNode(seeds, first)
{
    protected override void Draw(Kernels kernels, Philox words, int count, DeviceBuffer y, long block) =>
        kernels.RandomNormals(words.Key, words.Upper, count, y, block);
}
