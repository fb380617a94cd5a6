using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Saving;
using KerasPort.Saving.Onnx;

namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>
    /// Saves the model to a file that Python Keras and <c>keras.saving.load_model</c> load: the layers, the weights, and the settings of <c>compile</c>
    /// with the optimizer's state.
    /// </summary>
    /// <param name="filepath">A name that ends in <c>.keras</c>, or in <c>.h5</c> for the legacy format.</param>
    /// <param name="overwrite">Whether an existing file may be replaced, which happens as a whole or not at all.</param>
    /// <param name="include_optimizer">Whether a <c>.h5</c> file holds the settings of <c>compile</c>; a <c>.keras</c> file always does.</param>
    /// <exception cref="ValueError">
    /// The name has another ending, the file exists and must not be replaced, or the model has a class that files can't hold.
    /// </exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <example><code>
    /// var model = keras.Sequential([keras.Input(4), keras.layers.Dense(1)]);
    /// model.save("model.keras");    // Python's keras.models.load_model reads it, too
    /// var again = keras.models.load_model("model.keras");
    /// print((again.predict(np.ones((1, 4)), verbose: 0) == model.predict(np.ones((1, 4)), verbose: 0)).all());    // True
    /// </code></example>
    public void save(string filepath, bool overwrite = true, bool include_optimizer = true)
    {
        using var turn = Turns.Take();
        ModelFile.Save(this, filepath, overwrite, include_optimizer);
    }

    /// <summary>Saves the weights, and the optimizer's state if there is one.</summary>
    /// <param name="filepath">A name that ends in <c>.weights.h5</c>.</param>
    /// <param name="overwrite">Whether an existing file may be replaced, which happens as a whole or not at all.</param>
    /// <exception cref="ValueError">The name has another ending, or the model isn't built.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void save_weights(string filepath, bool overwrite = true)
    {
        using var turn = Turns.Take();
        ModelFile.SaveWeights(this, filepath, overwrite);
    }

    /// <summary>Sets the weights to those in a file of the same layers; as in Keras, also the optimizer's state, if it has trained before.</summary>
    /// <param name="filepath">A <c>.weights.h5</c>, <c>.keras</c> or legacy <c>.h5</c> file.</param>
    /// <param name="skip_mismatch">Whether layers whose weights don't fit keep their present ones, with a warning.</param>
    /// <exception cref="ModelFormatException">The file is damaged or doesn't fit the layers; the model stays as it was.</exception>
    /// <exception cref="ValueError">There is no such file, its name has another ending, or the model isn't built.</exception>
    public void load_weights(string filepath, bool skip_mismatch = false)
    {
        using var turn = Turns.Take();
        ModelFile.LoadWeights(this, filepath, skip_mismatch);
    }

    /// <summary>Exports the model as ONNX, for inference elsewhere; inputs and outputs keep their shapes.</summary>
    /// <param name="filepath">A name that ends in <c>.onnx</c>.</param>
    /// <param name="format">"onnx".</param>
    /// <exception cref="ValueError">
    /// The name has another ending, the format isn't "onnx", the model isn't built, or ONNX has no operator for a layer.
    /// </exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void export(string filepath, string format = "onnx")
    {
        if (format != "onnx") throw new ValueError($"Models are exported to ONNX, which `format: \"onnx\"` says, and to nothing else. "
            + $"Received: format={format}");
        if (filepath?.EndsWith(".onnx", StringComparison.Ordinal) != true)
            throw new ValueError($"Models are exported to ONNX; the filename must end in `.onnx`. Received: filepath={filepath ?? "None"}");
        using var turn = Turns.Take();
        WholeFile.Write(filepath, OnnxFile.Write(this));
    }

    /// <summary>Creates a model from the configuration that <see cref="get_config"/> gives, with new weights.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public static Model from_config(JsonObject config, CustomObjects? custom_objects = null)
    {
        using var scope = CustomObjects.Within(custom_objects);
        return ModelConfig.ReadConfig<Model>(config);
    }

    /// <summary>
    /// The model's configuration: its layers with their settings, from which <c>keras.Sequential.from_config</c> creates it with new weights.
    /// </summary>
    public override JsonObject get_config()
    {
        using var turn = Turns.Take();
        return ModelConfig.Get(this);
    }

    /// <summary>
    /// The layers and the settings of <c>compile</c> as JSON, from which <c>keras.models.model_from_json</c> creates the model with new weights.
    /// </summary>
    public string to_json()
    {
        using var turn = Turns.Take();
        return ModelConfig.Serialize(this).ToJsonString();
    }

    /// <summary>The settings of <c>compile</c>, which <see cref="compile_from_config"/> takes; <c>null</c> if the model isn't compiled.</summary>
    public JsonObject? get_compile_config()
    {
        using var turn = Turns.Take();
        return optimizer is null ? null : CompilePlan.Serialize(this);
    }

    /// <summary>Compiles the model with the settings that <see cref="get_compile_config"/> gives.</summary>
    /// <exception cref="ValueError">A setting is unknown here or doesn't fit the model, which stays as it was.</exception>
    /// <exception cref="ModelFormatException">The configuration is malformed.</exception>
    public void compile_from_config(JsonObject config)
    {
        var remarks = new List<string>();
        var plan = CompilePlan.Read(JsonText.Element(config), "config", remarks) ?? throw new ValueError(string.Join("; ", remarks));
        if (plan.Apply(this, "config") is { } refusal) throw new ValueError(refusal);
    }
}
