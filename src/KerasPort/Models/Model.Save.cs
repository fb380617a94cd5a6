using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Saving;
using KerasPort.Saving.Onnx;

namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>Writes the model to a file that Python Keras loads, and <c>keras.saving.load_model</c>: layers, weights, and how it is trained with the optimizer's state.</summary>
    /// <param name="filepath">A name that ends in <c>.keras</c>, or in <c>.h5</c> for the legacy format.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced. It's replaced whole or stays as it was.</param>
    /// <param name="include_optimizer">Whether a <c>.h5</c> file says how to train; a <c>.keras</c> file always does.</param>
    /// <exception cref="ValueError">The name has another ending, or the model a class that isn't this library's.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
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
    /// <exception cref="ModelFormatException">The file is damaged, or of other layers; the model stays as it was.</exception>
    /// <exception cref="ValueError">There is no such file, its name has another ending, or the model isn't built.</exception>
    public void load_weights(string filepath)
    {
        using var turn = Turns.Take();
        ModelFile.LoadWeights(this, filepath);
    }

    /// <summary>Writes the model for inference elsewhere, as ONNX; input and output are as here.</summary>
    /// <param name="filepath">A name that ends in <c>.onnx</c>.</param>
    /// <exception cref="ValueError">The name has another ending, the model isn't built, or has a layer of one's own.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void export(string filepath)
    {
        if (filepath?.EndsWith(".onnx", StringComparison.Ordinal) != true) throw new ValueError($"Models are exported to ONNX; the filename must end in `.onnx`. Received: filepath={filepath ?? "None"}");
        using var turn = Turns.Take();
        WholeFile.Write(filepath, OnnxFile.Write(this));
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
}
