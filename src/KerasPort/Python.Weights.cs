using KerasPort.Layers;

namespace KerasPort;

/// <content>Keras' properties whose names a class can't have beside <c>get_weights()</c>; inside of one's own class it is <c>this.weights</c>.</content>
public static partial class Python
{
    extension(Layer layer)
    {
        /// <summary>The weights, in Keras' order.</summary>
        public IReadOnlyList<Variable> weights => layer.variables;

        /// <summary>The type that the layer computes in.</summary>
        public string dtype => DType.float32.name;

        /// <summary>The weight of that name: a dense or convolutional layer's matrix or filters.</summary>
        /// <exception cref="ValueError">The layer has none, or isn't built.</exception>
        public Variable kernel => Named(layer, "kernel");

        /// <summary>The weight of that name: what is added behind the kernel.</summary>
        /// <exception cref="ValueError">The layer has none, or isn't built.</exception>
        public Variable bias => Named(layer, "bias");

        /// <summary>The weight of that name: what a normalization's outputs are multiplied by.</summary>
        /// <exception cref="ValueError">The layer has none, or isn't built.</exception>
        public Variable gamma => Named(layer, "gamma");

        /// <summary>The weight of that name: what is added to a normalization's outputs.</summary>
        /// <exception cref="ValueError">The layer has none, or isn't built.</exception>
        public Variable beta => Named(layer, "beta");

        /// <summary>The weight of that name: the mean that batch normalization keeps of what it saw.</summary>
        /// <exception cref="ValueError">The layer has none, or isn't built.</exception>
        public Variable moving_mean => Named(layer, "moving_mean");

        /// <summary>The weight of that name: the variance that batch normalization keeps of what it saw.</summary>
        /// <exception cref="ValueError">The layer has none, or isn't built.</exception>
        public Variable moving_variance => Named(layer, "moving_variance");
    }

    private static Variable Named(Layer layer, string name) => layer.variables.FirstOrDefault(weight => weight.name == name)
        ?? throw new ValueError($"'{layer.GetType().Name}' object has no attribute '{name}': layer '{layer.name}' "
            + (!layer.built ? "isn't built." : layer.variables.Count == 0 ? "has no weights."
                : $"has {string.Join(", ", layer.variables.Select(w => w.name))}."));
}
