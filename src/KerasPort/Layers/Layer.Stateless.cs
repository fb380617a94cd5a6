using KerasPort.Graphs;

namespace KerasPort.Layers;

public abstract partial class Layer
{
    /// <summary>The shapes and types of the outputs for such inputs, as symbolic tensors that belong to no model.</summary>
    /// <param name="inputs">Tensors that have shapes, such as <c>keras.KerasTensor(shape: (null, 3))</c>.</param>
    /// <exception cref="ValueError">The layer doesn't take such inputs.</exception>
    public Tensor compute_output_spec(Tensors inputs)
    {
        using var turn = Turns.Take();
        Shape[] shapes = [.. inputs.Select(x => x.shape)];
        shapes = [.. Take(inputs.Arrangement, shapes.Length).Select(place => shapes[place])];
        if (!built) Build(shapes);
        return Gives.Together([.. OutputShapes(shapes).Select((shape, i) => Python.keras.KerasTensor(shape, OutputTypeOf(i)))]);
    }

    /// <summary>Applies the layer with these values in place of its variables' own, which don't change; gives the new non-trainable values too.</summary>
    /// <param name="trainable_variables">Values of <see cref="trainable_variables"/>, in their order.</param>
    /// <param name="non_trainable_variables">Values of <see cref="non_trainable_variables"/>.</param>
    /// <param name="inputs">The inputs: arrays.</param>
    /// <param name="training">Whether layers such as Dropout are active.</param>
    /// <exception cref="ValueError">The layer isn't built, or the values don't fit its variables.</exception>
    public (Tensor outputs, NDArray[] non_trainable_variables) stateless_call(IReadOnlyList<NDArray> trainable_variables,
        IReadOnlyList<NDArray> non_trainable_variables, Tensors inputs, bool? training = null)
    {
        if (!built) throw new ValueError($"To call stateless_call, layer '{name}' must be built (i.e. its variables must have been already created).");
        using var turn = Turns.Take();
        var (learned, others) = (this.trainable_variables, this.non_trainable_variables);
        NDArray[] before = get_weights();
        try
        {
            Variable.AssignAll(name, learned, trainable_variables);
            Variable.AssignAll(name, others, non_trainable_variables);
            var outputs = Apply(inputs, training);
            return (outputs, [.. others.Select(variable => variable.numpy())]);
        }
        finally
        {
            set_weights(before);
        }
    }
}
