using System.Collections.Concurrent;
using KerasPort.Constraints;
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
/// The closed list of classes that a file may name: this library's public layers, initializers, losses, metrics, optimizers and the like (models are
/// read by <see cref="ModelReader"/>). A name from a file is looked up here and nowhere else: it never reaches the type system, and nothing can be
/// added.
/// </summary>
internal static class KnownClasses
{
    private static readonly Dictionary<Type, string> s_modules = new()
    {
        [typeof(Layer)] = "keras.layers",
        [typeof(Initializer)] = "keras.initializers",
        [typeof(Loss)] = "keras.losses",
        [typeof(Metric)] = "keras.metrics",
        [typeof(Constraint)] = "keras.constraints",
        [typeof(Regularizer)] = "keras.regularizers",
        [typeof(Optimizer)] = "keras.optimizers",
        [typeof(LearningRateSchedule)] = "keras.optimizers.schedules",
    };

    // A message names all classes of a kind that has at most as many.
    private const int MostListed = 40;

    private static readonly Type[] s_public = typeof(KnownClasses).Assembly.GetExportedTypes();

    private static readonly ConcurrentDictionary<Type, Dictionary<string, Type>> s_classes = [];

    /// <summary>
    /// The public classes of a kind. Models are left out, which files describe in another way, and classes made of a function, which files don't hold.
    /// </summary>
    /// <param name="kind">Their base class.</param>
    /// <param name="isAsked">Selects classes; asked before constructors are reflected on, which takes longer.</param>
    public static List<Type> Of(Type kind, Func<Type, bool>? isAsked = null)
    {
        var found = new List<Type>();
        foreach (var type in s_public)
        {
            // CompileMetrics stands for several metrics of a model and is never in a file.
            bool isOfKind = type is { IsPublic: true, IsAbstract: false } && type.IsSubclassOf(kind) && !type.IsSubclassOf(typeof(Model))
                && type != typeof(CompileMetrics);
            if (isOfKind && isAsked?.Invoke(type) != false && !IsMadeOfFunction(type)) found.Add(type);
        }
        return found;
    }

    private static bool IsMadeOfFunction(Type type)
    {
        foreach (var constructor in type.GetConstructors())
            foreach (var parameter in constructor.GetParameters())
                if (parameter.ParameterType.IsSubclassOf(typeof(Delegate))) return true;
        return false;
    }

    /// <summary>The names of the classes of that kind.</summary>
    public static IReadOnlyCollection<string> Names(Type kind) => ClassesOf(kind).Keys;

    /// <summary>The classes of that kind.</summary>
    public static IReadOnlyCollection<Type> Types(Type kind) => ClassesOf(kind).Values;

    /// <summary>Keras' module of a class; <c>null</c> for one of the program's own.</summary>
    /// <exception cref="ValueError">The class is of a kind that files don't hold, or one of this library's that Keras doesn't have.</exception>
    public static string? ModuleOf(Type type) => s_modules.FirstOrDefault(entry => type.IsSubclassOf(entry.Key)) is { Key: { } kind, Value: { } module }
        ? IsOwn(type) ? null : ClassesOf(kind).ContainsValue(type) ? module : throw NotKnown(type) : throw NotKnown(type);

    /// <summary>Whether a class is of a kind that files hold.</summary>
    public static bool IsOfAKind(Type type) => s_modules.Keys.Any(type.IsSubclassOf);

    /// <summary>The kind of the classes in a module of Keras; layers, for models. <c>null</c> for another module.</summary>
    public static Type? KindOf(string? module, string className) => module is null ? null
        : ModelConfig.IsModel(className) ? typeof(Layer) : s_modules.FirstOrDefault(entry => entry.Value == module).Key;

    /// <summary>Whether a class is the program's own.</summary>
    public static bool IsOwn(Type type) => type.Assembly != typeof(KnownClasses).Assembly;

    /// <summary>The exception for a class that files can't hold.</summary>
    public static ValueError NotKnown(Type type) => new(IsMadeOfFunction(type)
        ? $"'{type.Name}' is made of a function, which no file can hold: write it as a class of its own, and register that."
        : $"'{type.Name}' isn't a class that a file may hold: a layer, model, loss, metric, optimizer, schedule, "
            + "initializer, regularizer or constraint with a name.");

    /// <summary>The class of that kind and name, in Keras' spelling or in that of its functions: GlorotUniform or glorot_uniform.</summary>
    /// <exception cref="ModelFormatException">There is no such class.</exception>
    public static Type Find(Type kind, string name, string place)
    {
        var classes = ClassesOf(kind);
        // Keras compares the names of optimizers without regard to case.
        bool IsCalledSo(Type type) => Layers.Names.SnakeCase(type) == name || Named.Aliases(type).Contains(name)
            || (kind == typeof(Optimizer) && type.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if ((classes.GetValueOrDefault(name) ?? classes.Values.FirstOrDefault(IsCalledSo)) is { } found) return found;
        string called = Layers.Names.SnakeCase(kind).Replace('_', ' '), article = "aeiou".Contains(called[0]) ? "an" : "a";
        string[] names = [.. Names(kind).Order(StringComparer.Ordinal)];
        throw new ModelFormatException(place, $"class '{name}' is refused; " + (names.Length <= MostListed
            ? $"{article} {called} may be {string.Join(", ", names)}"
            : $"there is no such {called} here{Spelling.Nearest(name, names)}; docs/python.md lists those that there are"), isUnsupported: true);
    }

    private static Dictionary<string, Type> ClassesOf(Type kind) => s_classes.GetOrAdd(kind, static k => Of(k).ToDictionary(t => t.Name));
}
