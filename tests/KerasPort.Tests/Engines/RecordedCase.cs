using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Optimizers;
using KerasPort.Saving;
using PureHDF;

namespace KerasPort.Tests.Engines;

/// <summary>Keras' recording of one layer, loss or optimizer (layers*.h5), with the class and the configuration that Keras wrote.</summary>
internal static class RecordedCase
{
    /// <summary>
    /// Cases of classes and settings that the library lacks so far, by kind. They must be refused, and all others must hold: whoever
    /// adds a class removes its cases here, and whoever breaks one is told.
    /// </summary>
    private static readonly Dictionary<Type, string[]> s_notHere = new()
    {
        [typeof(Layer)] = [],
        [typeof(Loss)] = [],
        [typeof(Optimizer)] = [],
    };

    /// <summary>Checks each recorded case of a kind.</summary>
    public static void Each<T>(Action<string, T, IH5Group> check) where T : class => Each(typeof(T), (name, made, group) => check(name, (T)made, group));

    /// <inheritdoc cref="Each{T}"/>
    public static void Each(Type kind, Action<string, object, IH5Group> check)
    {
        var (refused, failed) = (new List<string>(), new List<string>());
        foreach (string file in Hdf5.Files(".", "layers*.h5"))
        {
            using var h5 = H5File.OpenRead(file);
            foreach (string name in h5.Children().Select(c => c.Name).Where(name => KindOf(name) == kind))
            {
                var (className, config) = h5.Group(name).Config();
                if (s_notHere[kind].Contains(name))
                {
                    Assert.Throws<ModelFormatException>(() => Make(kind, className, config));
                    refused.Add(name);
                }
                else if (Record.Exception(() => check(name, Make(kind, className, config), h5.Group(name))) is { } failure) failed.Add(
                    $"{name}: {failure.Message}");
            }
        }
        Assert.True(failed.Count == 0, string.Join('\n', failed));
        Assert.Equal(s_notHere[kind], refused);
    }

    /// <summary>The first configuration of a class.</summary>
    public static JsonObject ConfigOf(string className)
    {
        foreach (string file in Hdf5.Files(".", "layers*.h5"))
        {
            using var h5 = H5File.OpenRead(file);
            foreach (string name in h5.Children().Select(c => c.Name))
                if (h5.Group(name).Config() is var (found, config) && found == className) return JsonNode.Parse(config.GetRawText())!.AsObject();
        }
        throw new ArgumentException($"There is no recorded case of {className}.");
    }

    /// <summary>Whether the case is of the layer in training mode.</summary>
    public static bool IsOfTraining(string name) => name.EndsWith("_train", StringComparison.Ordinal);

    private static Type KindOf(string name) => name[..(name.IndexOf('_') is > 0 and var end ? end : name.Length)] switch
    {
        "loss" => typeof(Loss),
        "opt" => typeof(Optimizer),
        _ => typeof(Layer),
    };

    private static object Make(Type kind, string className, JsonElement config) =>
        ObjectConfig.Create(KnownClasses.Find(kind, className, className), config, className);
}
