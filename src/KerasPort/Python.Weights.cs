using KerasPort.Layers;

namespace KerasPort;

/// <content>Keras' properties whose names a class can't have beside <c>get_weights()</c>; inside of one's own class it is <c>this.weights</c>.</content>
public static partial class Python
{
    extension(Layer layer)
    {
        /// <summary>The weights, in Keras' order.</summary>
        public IReadOnlyList<Variable> weights => layer.variables;
    }
}
