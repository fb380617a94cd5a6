using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort;

/// <summary><c>keras.models</c>.</summary>
public sealed class ModelsModule
{
    /// <inheritdoc cref="ModelClone.Of"/>
    public Model clone_model(Model model, Tensors? input_tensors = null, Func<Layer, Layer>? clone_function = null,
        Func<Layer, Tensors, Tensor>? call_function = null, bool recursive = false) =>
        ModelClone.Of(model, input_tensors, clone_function, call_function, recursive);

    /// <inheritdoc cref="ModelFile.Load"/>
    public Model load_model(string filepath, CustomObjects? custom_objects = null, bool compile = true) => ModelFile.Load(filepath, custom_objects, compile);

    /// <inheritdoc cref="Model.save"/>
    public void save_model(Model model, string filepath, bool overwrite = true) => model.save(filepath, overwrite);

    /// <summary>The model that <see cref="Model.to_json"/> described, with new weights.</summary>
    /// <exception cref="ModelFormatException">The text is of something else.</exception>
    public Model model_from_json(string json_string, CustomObjects? custom_objects = null) => ModelFile.FromJson(json_string, custom_objects);

    /// <inheritdoc cref="Functional(Tensors, Tensors, string?)"/>
    public Functional Model(Tensors inputs, Tensors outputs, string? name = null) => new(inputs, outputs, name);

    /// <inheritdoc cref="Models.Sequential(IEnumerable{Layer}?, string?)"/>
    public Sequential Sequential(IEnumerable<Layer>? layers = null, string? name = null) => new(layers, name);
}
