using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Saving;
using KerasPort.Saving.Onnx;

namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>
    /// Writes the model to a file that Python Keras loads, and <c>keras.saving.load_model</c>: layers, weights, and how it is trained with the
    /// optimizer's state.
    /// </summary>
    /// <param name="filepath">A name that ends in <c>.keras</c>, or in <c>.h5</c> for the legacy format.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced. It's replaced whole or stays as it was.</param>
    /// <param name="include_optimizer">Whether a <c>.h5</c> file says how to train; a <c>.keras</c> file always does.</param>
    /// <exception cref="ValueError">The name has another ending, or the model a class that isn't this library's.</exception>
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

    /// <summary>Writes the weights, and the optimizer's state if there is one.</summary>
    /// <param name="filepath">A name that ends in <c>.weights.h5</c>.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced. It's replaced whole or stays as it was.</param>
    /// <exception cref="ValueError">The name has another ending, or the model isn't built.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void save_weights(string filepath, bool overwrite = true)
    {
        using var turn = Turns.Take();
        ModelFile.SaveWeights(this, filepath, overwrite);
    }

    /// <summary>Sets the weights to those in a file of the same layers; as in Keras also the optimizer's state, if it has trained before.</summary>
    /// <param name="filepath">A <c>.weights.h5</c>, <c>.keras</c> or legacy <c>.h5</c> file.</param>
    /// <param name="skip_mismatch">Whether layers whose weights don't fit keep what they have, with a word about them.</param>
    /// <exception cref="ModelFormatException">The file is damaged, or of other layers; the model stays as it was.</exception>
    /// <exception cref="ValueError">There is no such file, its name has another ending, or the model isn't built.</exception>
    public void load_weights(string filepath, bool skip_mismatch = false)
    {
        using var turn = Turns.Take();
        ModelFile.LoadWeights(this, filepath, skip_mismatch);
    }

    /// <summary>Writes the model for inference elsewhere, as ONNX; input and output are as here.</summary>
    /// <param name="filepath">A name that ends in <c>.onnx</c>.</param>
    /// <param name="format">"onnx".</param>
    /// <exception cref="ValueError">The name has another ending, the format is another, the model isn't built, or has a layer of your own.</exception>
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

    /// <summary>A model of the layers that <see cref="get_config"/> described, with new weights.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static Model from_config(JsonObject config, CustomObjects? custom_objects = null)
    {
        using var scope = CustomObjects.Within(custom_objects);
        return ModelConfig.ReadConfig<Model>(JsonText.Element(config), "config");
    }

    /// <summary>The layers with their settings, from which <c>keras.Sequential.from_config</c> makes the same model with other weights.</summary>
    public override JsonObject get_config()
    {
        using var turn = Turns.Take();
        return ModelConfig.Get(this);
    }

    /// <summary>The layers and how to train as JSON, from which <c>keras.models.model_from_json</c> makes the same model with other weights.</summary>
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

    /// <summary>Compiles the model as <see cref="get_compile_config"/> wrote it down.</summary>
    /// <exception cref="ValueError">It needs what isn't here, or doesn't fit the model, which stays as it was.</exception>
    /// <exception cref="ModelFormatException">It is something else.</exception>
    public void compile_from_config(JsonObject config)
    {
        var remarks = new List<string>();
        var plan = CompilePlan.Read(JsonText.Element(config), "config", remarks) ?? throw new ValueError(string.Join("; ", remarks));
        if (plan.Apply(this, "config") is { } refusal) throw new ValueError(refusal);
    }
}
