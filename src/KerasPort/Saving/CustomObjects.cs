using System.Collections;
using System.Collections.Concurrent;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Saving;

/// <summary>
/// Classes and functions of the program's own, by their names in files: <c>new() { ["MyLayer"] = typeof(MyLayer), ["my_loss"] = new(MyLoss) }</c>.
/// Beside Keras' own classes, a file may name only these; its names are looked up nowhere else.
/// </summary>
public sealed class CustomObjects : IEnumerable<string>
{
    // Objects registered for the whole process, by the name that files use: package>name.
    private static readonly ConcurrentDictionary<string, CustomObject> s_registered = [];

    // The innermost scope: the objects that are known during a call or until a scope is disposed of.
    private static readonly AsyncLocal<Scope?> s_scope = new();

    private readonly IDictionary<string, CustomObject> _all;

    /// <summary>Creates an empty collection.</summary>
    public CustomObjects() : this(new Dictionary<string, CustomObject>()) { }

    private CustomObjects(IDictionary<string, CustomObject> all) => _all = all;

    /// <summary>The objects that every file may name: the registered ones and those that are added here.</summary>
    internal static CustomObjects Global { get; } = new(s_registered);

    private sealed record Scope(CustomObjects Objects, Scope? Outer);

    /// <summary>The object that files name so.</summary>
    /// <exception cref="ValueError">There is no such object when it is read, or the class is of a kind that files don't hold.</exception>
    public CustomObject this[string name]
    {
        get => _all.TryGetValue(name, out var found) ? found : throw new ValueError($"There is no '{name}' among these custom objects.");
        set => _all[name] = value;
    }

    /// <summary>Adds the objects of another collection, as Python's <c>dict.update</c> does.</summary>
    public void update(CustomObjects others)
    {
        foreach (string name in others) this[name] = others[name];
    }

    /// <summary>Removes the object of that name.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name) => _all.Remove(name);

    /// <summary>The names.</summary>
    public IEnumerator<string> GetEnumerator() => _all.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Registers a class or function, which every file may name from now on as <c>package>name</c>.</summary>
    /// <exception cref="ValueError">Another one has that name.</exception>
    internal static void Register(CustomObject what, string package, string? name)
    {
        string called = $"{package}>{name ?? what.Name}";
        if (s_registered.GetOrAdd(called, what) != what)
            throw new ValueError($"{called} has already been registered to {s_registered[called].Name}. Register {what.Name} by another name.");
    }

    /// <summary>The name of a class or function in files: the one that it is registered by, else its own.</summary>
    internal static string NameOf(CustomObject what) => s_registered.FirstOrDefault(entry => entry.Value == what).Key ?? what.Name;

    /// <summary>Makes these objects known to this thread, and to tasks that it starts, until the result is disposed of.</summary>
    internal static IDisposable? Within(CustomObjects? objects)
    {
        if (objects is null) return null;
        var outer = s_scope.Value;
        s_scope.Value = new Scope(objects, outer);
        return new Ending(outer);
    }

    /// <summary>The program's object of one of these names, searched from the innermost scope outwards.</summary>
    internal static CustomObject? Find(params ReadOnlySpan<string?> names)
    {
        foreach (string? name in names)
        {
            if (string.IsNullOrEmpty(name)) continue;
            for (var scope = s_scope.Value; scope is not null; scope = scope.Outer)
                if (scope.Objects._all.TryGetValue(name, out var found)) return found;
            if (s_registered.TryGetValue(name, out var registered)) return registered;
        }
        return null;
    }

    private sealed class Ending(Scope? outer) : IDisposable
    {
        public void Dispose() => s_scope.Value = outer;
    }
}

/// <summary>A class or a function of a program's own.</summary>
public readonly record struct CustomObject
{
    /// <summary>A class: a layer, a model, a loss, a metric, an optimizer, a schedule, an initializer, a regularizer or a constraint.</summary>
    /// <exception cref="ValueError">The class is abstract, of a kind that files don't hold, or one of this library's, which files may always name.</exception>
    public CustomObject(Type type)
    {
        if (type is null) throw new ValueError("A custom object is a class or a function. Received: None");
        if (type.IsAbstract || type.ContainsGenericParameters || type.Assembly == typeof(CustomObject).Assembly || !KnownClasses.IsOfAKind(type))
            throw new ValueError("A custom object must be a class of your own that can be made: a layer, model, loss, metric, optimizer, schedule, "
                + $"initializer, regularizer or constraint. Received: {type.Name}");
        Value = type;
    }

    /// <summary>A loss or a metric: a function of targets and outputs.</summary>
    public CustomObject(Func<Tensor, Tensor, Tensor> function) =>
        Value = function ?? throw new ValueError("A custom object is a class or a function. Received: None");

    /// <summary>An activation: a function of a layer's output.</summary>
    public CustomObject(TensorFunction function) =>
        Value = function ?? throw new ValueError("A custom object is a class or a function. Received: None");

    /// <summary>The class or the function.</summary>
    internal object? Value { get; }

    /// <summary>Its name in the program, for files and messages.</summary>
    internal string Name => Value switch { Type type => type.Name, Delegate function => Named.Function(function), _ => "None" };

    /// <summary>Converts a class.</summary>
    public static implicit operator CustomObject(Type type) => new(type);

    /// <summary>Converts a function of targets and outputs.</summary>
    public static implicit operator CustomObject(Func<Tensor, Tensor, Tensor> function) => new(function);

    /// <summary>Converts an activation.</summary>
    public static implicit operator CustomObject(TensorFunction function) => new(function);
}
