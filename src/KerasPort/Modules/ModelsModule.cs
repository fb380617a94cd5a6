using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort;

/// <summary><c>keras.models</c>.</summary>
public sealed class ModelsModule
{
    /// <summary>A model of new layers with the same configuration and new weights; compiled if the original is.</summary>
    /// <param name="model">A Sequential or functional model, or one of a derived class, which is recreated from its configuration.</param>
    /// <param name="input_tensors">The inputs of the new model; by default new ones.</param>
    /// <param name="clone_function">Creates the new layer for a layer; by default with the same configuration.</param>
    /// <param name="call_function">Applies a new layer to its inputs, and may add others around it; only for functional models.</param>
    /// <param name="recursive">Whether models among the layers are cloned layer by layer, rather than by their configuration.</param>
    /// <exception cref="ValueError">The model's class doesn't support an argument.</exception>
    public Model clone_model(Model model, Tensors? input_tensors = null, Func<Layer, Layer>? clone_function = null,
        Func<Layer, Tensors, Tensor>? call_function = null, bool recursive = false) =>
        ModelClone.Of(model, input_tensors, clone_function, call_function, recursive);

    /// <summary>Loads a model from a file, compiled as it was when it was saved.</summary>
    /// <param name="filepath">A <c>.keras</c> or legacy <c>.h5</c> file, also one of Python's Keras.</param>
    /// <param name="custom_objects">The program's own classes and functions by their names in the file, which may name no others.</param>
    /// <param name="compile">Whether to compile the model as it was saved.</param>
    /// <exception cref="ModelFormatException">The file is damaged, or contains something that isn't supported.</exception>
    /// <exception cref="ValueError">There is no such file, or its name has another ending.</exception>
    /// <example><code>
    /// keras.Sequential([keras.Input(4), keras.layers.Dense(1)]).save("model.keras");
    /// var model = keras.models.load_model("model.keras");
    /// print(model.output_shape);    // (None, 1)
    /// </code></example>
    public Model load_model(string filepath, CustomObjects? custom_objects = null, bool compile = true) => ModelFile.Load(filepath, custom_objects, compile);

    /// <inheritdoc cref="Model.save"/>
    public void save_model(Model model, string filepath, bool overwrite = true) => model.save(filepath, overwrite);

    /// <summary>Creates a model from the text that <see cref="Model.to_json"/> gives, with new weights.</summary>
    /// <exception cref="ModelFormatException">The text isn't that of a model.</exception>
    public Model model_from_json(string json_string, CustomObjects? custom_objects = null) => ModelFile.FromJson(json_string, custom_objects);

    /// <inheritdoc cref="Functional(Tensors, Tensors, string?)"/>
    public Models.Model Model(Tensors inputs, Tensors outputs, string? name = null) => new Functional(inputs, outputs, name);

    /// <inheritdoc cref="Models.Sequential(IEnumerable{Layer}?, string?)"/>
    public Sequential Sequential(IEnumerable<Layer>? layers = null, string? name = null) => new(layers, name);
}
