using KerasPort.Models;
using KerasPort.Saving;
using static KerasPort.Python;

namespace KerasPort.Console;

/// <summary>A saved model that is named on the command line.</summary>
internal static class ModelArgument
{
    /// <summary>Loads the model from that file.</summary>
    /// <exception cref="ModelFormatException">There is no such file, or it isn't that of a model that can be loaded.</exception>
    public static Model Load(string path, bool compile)
    {
        Require(path);
        if (ModelFile.FormatOf(path) == ModelFile.Format.Weights)
            throw Refused(path, "this file holds weights alone; expected a model as model.save writes it, .keras, .h5 or .hdf5");
        try
        {
            return keras.saving.load_model(path, compile: compile);
        }
        catch (ValueError e)
        {
            throw Refused(path, e.Message);
        }
    }

    /// <summary>Refuses a file by its path, before its content is read.</summary>
    /// <exception cref="ModelFormatException">There is no such file, it can't be read, or its name isn't that of a model.</exception>
    public static void Require(string path)
    {
        if (Directory.Exists(path)) throw Refused(path, "this is a folder, expected a saved model, .keras, .h5 or .hdf5");
        if (!File.Exists(path)) throw Refused(path, "there is no such file, expected a saved model, .keras, .h5 or .hdf5");
        if (ModelFile.FormatOf(path) == ModelFile.Format.Other) throw Refused(path, "expected a saved model, whose name ends in .keras, .h5 or .hdf5");
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.CanSeek && file.Length == 0) throw Refused(path, "this file is empty, expected a saved model");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, "cannot be read: " + FilePath.Unreadable(path, e));
        }
    }

    private static ModelFormatException Refused(string path, string why) => new(null, why, file: path);
}
