using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort;

/// <content>Keras' properties whose names a class can't have beside <c>get_weights()</c>; inside of one's own class it is <c>this.weights</c>.</content>
public static partial class Python
{
    extension(Layer layer)
    {
        /// <summary>The weights, in Keras' order.</summary>
        public IReadOnlyList<Variable> weights => layer.variables;

        /// <summary>The weights that training changes: all, since no layer here can be frozen.</summary>
        public IReadOnlyList<Variable> trainable_weights => layer.variables;

        /// <summary>The weights that training changes, under Keras' other name.</summary>
        public IReadOnlyList<Variable> trainable_variables => layer.variables;
    }

    extension(Model model)
    {
        /// <summary>All weights, layer by layer.</summary>
        public IReadOnlyList<Variable> weights => model.variables;

        /// <summary>The weights that training changes: all, since no layer here can be frozen.</summary>
        public IReadOnlyList<Variable> trainable_weights => model.variables;

        /// <summary>The weights that training changes, under Keras' other name.</summary>
        public IReadOnlyList<Variable> trainable_variables => model.variables;
    }
}
