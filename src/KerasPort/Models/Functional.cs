using System.Text.Json.Nodes;
using KerasPort.Saving;

namespace KerasPort.Models;

/// <summary>What <c>keras.Model(inputs: …, outputs: …)</c> gives: any graph of layers between inputs and outputs.</summary>
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
    /// <param name="inputs">What goes in: of <c>keras.Input</c>, or what a layer gave.</param>
    /// <param name="outputs">What comes out.</param>
    /// <param name="name">The name, or the next free one.</param>
    /// <exception cref="ValueError">An output doesn't come of the inputs, or two layers have one name.</exception>
    public Functional(Tensors inputs, Tensors outputs, string? name = null) : base(inputs, outputs, name) { }

    /// <summary>A model of the layers that <see cref="Model.get_config"/> described, with new weights.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static new Functional from_config(JsonObject config, CustomObjects? custom_objects = null)
    {
        using var scope = CustomObjects.Within(custom_objects);
        return ModelConfig.ReadConfig<Functional>(JsonText.Element(config), "config");
    }
}
