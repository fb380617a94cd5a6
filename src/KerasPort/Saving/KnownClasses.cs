using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Regularizers;
using KerasPort.Schedules;

namespace KerasPort.Saving;

/// <summary>
/// The closed list of classes that a file may name: the public layers (models have files of their own kind), initializers, losses, metrics and optimizers of this library.
/// A name from a file is looked up here and nowhere else; it never reaches the type system, and nothing can be added.
/// </summary>
internal static class KnownClasses
{
    private static readonly Dictionary<Type, string> s_modules = new()
    {
        [typeof(Layer)] = "keras.layers",
        [typeof(Initializer)] = "keras.initializers",
        [typeof(Loss)] = "keras.losses",
        [typeof(Metric)] = "keras.metrics",
        [typeof(Regularizer)] = "keras.regularizers",
        [typeof(Optimizer)] = "keras.optimizers",
        [typeof(LearningRateSchedule)] = "keras.optimizers.schedules",
    };

    // What is made of a function can't be in a file.
    private static readonly Type[] s_public =
    [
        .. typeof(KnownClasses).Assembly.GetExportedTypes().Where(t => t is { IsPublic: true, IsAbstract: false }
            && !t.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType.IsSubclassOf(typeof(Delegate))))),
    ];

    private static readonly Dictionary<Type, Dictionary<string, Type>> s_classes = s_modules.Keys.ToDictionary(kind => kind, kind => Of(kind).ToDictionary(t => t.Name));

    /// <summary>The public classes of a kind; models, which are layers, have files of their own kind.</summary>
    public static IEnumerable<Type> Of(Type kind) => s_public.Where(type => type.IsSubclassOf(kind) && !type.IsSubclassOf(typeof(Model)));

    /// <summary>The names of the classes of that kind.</summary>
    public static IReadOnlyCollection<string> Names(Type kind) => s_classes[kind].Keys;

    /// <summary>The classes of that kind.</summary>
    public static IReadOnlyCollection<Type> Types(Type kind) => s_classes[kind].Values;

    /// <summary>Keras' module of a class and its kind.</summary>
    /// <exception cref="ValueError">The class isn't one of this library's.</exception>
    public static (Type Kind, string Module) KindOf(Type type) =>
        s_modules.FirstOrDefault(entry => type.IsSubclassOf(entry.Key)) is { Key: { } kind, Value: { } module } && s_classes[kind].ContainsValue(type) ? (kind, module)
        : throw NotKnown(type);

    /// <summary>What is said of a class of one's own.</summary>
    public static ValueError NotKnown(Type type) => new($"'{type.Name}' isn't one of this library's classes, and a file may hold no other.");

    /// <summary>The class of that kind and name, in Keras' spelling or in that of its functions: GlorotUniform or glorot_uniform.</summary>
    /// <exception cref="ModelFormatException">There is none.</exception>
    public static Type Find(Type kind, string name, string place)
    {
        var classes = s_classes[kind];
        if ((classes.GetValueOrDefault(name) ?? classes.Values.FirstOrDefault(type => Layers.Names.SnakeCase(type) == name)) is { } found) return found;
        string called = Layers.Names.SnakeCase(kind).Replace('_', ' '), article = "aeiou".Contains(called[0]) ? "an" : "a";
        throw new ModelFormatException(place, $"class '{name}' is refused; {article} {called} may be {string.Join(", ", Names(kind).Order(StringComparer.Ordinal))}", isUnsupported: true);
    }
}
