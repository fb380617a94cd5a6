using KerasPort.Graphs;

namespace KerasPort.Layers;

public abstract partial class Layer
{
    /// <summary>What comes out for such inputs, as symbolic tensors of no model: shapes and types, without values.</summary>
    /// <param name="inputs">Such as <c>keras.KerasTensor(shape: (null, 3))</c>: tensors that have shapes.</param>
    /// <exception cref="ValueError">The layer doesn't take such inputs.</exception>
    public Tensor compute_output_spec(Tensors inputs)
    {
        using var turn = Turns.Take();
        Shape[] shapes = [.. inputs.Select(x => x.shape)];
        shapes = [.. Take(inputs.Arrangement, shapes.Length).Select(place => shapes[place])];
        if (!built) Build(shapes);
        return Gives.Together([.. OutputShapes(shapes).Select((shape, i) => Python.keras.KerasTensor(shape, OutputTypeOf(i)))]);
    }

    /// <summary>What the layer gives with these values in its variables, and what those become that gradients don't change. Its own stay as they are.</summary>
    /// <param name="trainable_variables">Values of <see cref="trainable_variables"/>, in their order.</param>
    /// <param name="non_trainable_variables">Values of <see cref="non_trainable_variables"/>.</param>
    /// <param name="inputs">What goes in: arrays.</param>
    /// <param name="training">Whether layers do what they do in training.</param>
    /// <exception cref="ValueError">The layer isn't built, or has others than these.</exception>
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
