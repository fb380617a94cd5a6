using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>Gives a layer's variable a new value, which later nodes of the list read.</summary>
    /// <exception cref="ValueError">The shapes differ.</exception>
    public void Assign(Variable variable, Tensor value)
    {
        if (value.shape != (Shape)variable.shape)
            throw new ValueError($"A variable of shape {variable.shape} can't get a value of shape {value.shape}.");
        if (Batch.IsPiece) AssignBehind(variable, value);
        else Do(new AssignNode(variable, Variable(variable), value));
    }

    /// <summary>The new values of layers' variables for when all pieces of a batch have run: the mean over the pieces.</summary>
    internal Dictionary<Variable, Tensor> Assigned { get; } = [];

    private void AssignBehind(Variable variable, Tensor value)
    {
        if (!Training || variable.trainable)
            throw new ValueError(
                $"Variable '{variable.name}' of layer '{Layer}' is given a value {(Training ? "though training changes it" : "outside of training")}: "
                + "with keras.distribution.DataParallel that can't be, train it in one process.");
        // The mean is there when the list has run; until then later nodes read this piece's value.
        value.Storage.IsKept = true;
        _variables[variable] = Assigned[variable] = value;
    }

    /// <summary>Stores a value in another tensor's memory, which keeps it from batch to batch; later nodes of the list read it.</summary>
    internal void Store(Tensor place, Tensor value) => Do(new StoreNode(place, value));
}

/// <summary>variable = value, in the variable's memory.</summary>
internal sealed class AssignNode(Variable variable, Tensor place, Tensor value) : Node(value)
{
    public Variable Variable => variable;

    public override bool HasEffect => true;

    public override IEnumerable<Tensor> Outputs => [place];

    public override void Run(Kernels kernels) => kernels.Copy(value.Buffer, place.Buffer);
}

/// <summary>place = value.</summary>
internal sealed class StoreNode(Tensor place, Tensor value) : Node(value)
{
    public override bool HasEffect => true;

    public override IEnumerable<Tensor> Outputs => [place];

    public override void Run(Kernels kernels) => kernels.Copy(value.Buffer, place.Buffer);
}
