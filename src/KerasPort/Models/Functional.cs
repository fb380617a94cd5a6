using System.Text.Json.Nodes;
using KerasPort.Saving;

namespace KerasPort.Models;

/// <summary>A functional model, <c>keras.Model(inputs: …, outputs: …)</c>: any graph of layers between inputs and outputs.</summary>
/// <example><code>
/// var inputs = keras.Input(8);
/// var x = keras.layers.Dense(16, activation: "relu").Apply(inputs);
/// var outputs = keras.layers.Add().Apply([keras.layers.Dense(8).Apply(x), inputs]);
/// var model = keras.Model(inputs: inputs, outputs: outputs);
/// print(model.output_shape);    // (None, 8)
/// </code></example>
public sealed class Functional : Model
{
    /// <summary>A model of all layers between these symbolic tensors.</summary>
    /// <param name="inputs">The inputs: results of <c>keras.Input</c>, or a layer's outputs.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="name">The name, or the next free one.</param>
    /// <exception cref="ValueError">An output doesn't depend on the inputs alone, or two layers have the same name.</exception>
    public Functional(Tensors inputs, Tensors outputs, string? name = null) : base(inputs, outputs, name) { }

    /// <summary>Creates a model from the configuration that <see cref="Model.get_config"/> gives, with new weights.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public static new Functional from_config(JsonObject config, CustomObjects? custom_objects = null)
    {
        using var scope = CustomObjects.Within(custom_objects);
        return ModelConfig.ReadConfig<Functional>(config);
    }
}
