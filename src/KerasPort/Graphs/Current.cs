using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[] = the number that the function gives when the batch runs, such as the learning rate.</summary>
    internal Tensor Current(Func<float> number) => Add(new CurrentNode(number), new Shape());

    /// <summary>Passes a number to the host once the nodes before have run.</summary>
    internal void Tell(Tensor number, Action<float> told) => Do(new TellNode(number, told));
}

/// <summary>y[] = the function's value. It has no inputs and no gradient.</summary>
internal sealed class CurrentNode(Func<float> number) : Node
{
    public override void Run(Kernels kernels) => kernels.Map(new Unary<Constant>(new(number())), 1, Output.Buffer, Output.Buffer);
}

/// <summary>Reads one number, for which the host waits on engines that run ahead.</summary>
internal sealed class TellNode(Tensor x, Action<float> told) : Node(x)
{
    private readonly float[] _value = new float[1];

    public override bool HasEffect => true;

    public override void Run(Kernels kernels)
    {
        kernels.Read(x.Buffer, _value);
        told(_value[0]);
    }
}
