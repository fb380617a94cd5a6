using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort;

/// <summary><c>keras.saving</c>.</summary>
public sealed class SavingModule
{
    /// <inheritdoc cref="ModelFile.Load"/>
    public Model load_model(string filepath, bool compile = true) => ModelFile.Load(filepath, compile);

    /// <inheritdoc cref="Model.load_weights"/>
    public void load_weights(Model model, string filepath) => model.load_weights(filepath);

    /// <inheritdoc cref="Model.save"/>
    public void save_model(Model model, string filepath, bool overwrite = true) => model.save(filepath, overwrite);

    /// <inheritdoc cref="Model.save_weights"/>
    public void save_weights(Model model, string filepath, bool overwrite = true) => model.save_weights(filepath, overwrite);
}
