using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Saving;

/// <summary><c>.keras</c>: a zip of metadata.json, config.json and model.weights.h5, uncompressed.</summary>
internal static class KerasFile
{
    /// <summary>The version of Keras whose format this is.</summary>
    public const string KerasVersion = "3.15.1";

    public const string Config = "config.json", Metadata = "metadata.json", Weights = "model.weights.h5";

    // A fixed time stamp, so that the same model gives the same bytes.
    private static readonly DateTimeOffset s_timeStamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Write(Model model)
    {
        var config = ModelConfig.Serialize(model);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, Metadata, Encoding.UTF8.GetBytes(new JsonObject { ["keras_version"] = KerasVersion }.ToJsonString()));
            Add(zip, Config, Encoding.UTF8.GetBytes(config.ToJsonString()));
            Add(zip, Weights, WeightsFile.Write(model));
            foreach (var (place, layer) in WeightsFile.PlacesOf(model))
                if (layer is IVocabularyLayer { Vocabulary: { } words }) Add(zip, Vocabulary(place), Encoding.UTF8.GetBytes(string.Join('\n', words)));
        }
        return stream.ToArray();
    }

    /// <summary>Gives lookup layers the vocabularies that they adapted to, from the archive.</summary>
    /// <exception cref="ModelFormatException">A vocabulary doesn't fit its layer.</exception>
    public static void ReadVocabularies(ZipMembers zip, Model model)
    {
        var members = zip.Names.ToHashSet();
        foreach (var (place, layer) in WeightsFile.PlacesOf(model))
            if (layer is IVocabularyLayer words && members.Contains(Vocabulary(place))) ReadVocabulary(zip, Vocabulary(place), words);
    }

    /// <summary>Gives a layer the vocabulary in a member of the archive.</summary>
    /// <exception cref="ModelFormatException">It doesn't fit the layer.</exception>
    public static void ReadVocabulary(ZipMembers zip, string member, IVocabularyLayer words)
    {
        string[] lines = Encoding.UTF8.GetString(zip.Read(member, JsonText.MostBytes)).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        ObjectConfig.Guarded(member, () =>
        {
            words.Read(lines);
            return true;
        });
    }

    private static string Vocabulary(string place) => $"assets/{place}vocabulary.txt";

    /// <summary>The configuration of the model, with that of its training.</summary>
    /// <exception cref="ModelFormatException">The archive has none.</exception>
    public static JsonElement Configuration(ZipMembers zip)
    {
        if (zip.Names.Contains(Metadata)) JsonText.Parse(zip.Read(Metadata, JsonText.MostBytes), Metadata);
        return JsonText.Parse(zip.Read(Config, JsonText.MostBytes), Config);
    }

    /// <summary>Adds a member, uncompressed.</summary>
    public static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = s_timeStamp;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
