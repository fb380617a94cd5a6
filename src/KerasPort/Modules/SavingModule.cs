using System.Text.Json.Nodes;
using KerasPort.Models;
using KerasPort.Saving;

namespace KerasPort;

/// <summary><c>keras.saving</c>.</summary>
public sealed class SavingModule
{
    /// <summary>
    /// Makes classes and functions known to files until the result is disposed of: <c>using (keras.saving.custom_object_scope(new() { … }))</c>.
    /// </summary>
    public IDisposable custom_object_scope(CustomObjects custom_objects) => CustomObjects.Within(custom_objects
        ?? throw new ValueError("`custom_object_scope` needs custom objects. Received: custom_objects=None"))!;

    /// <inheritdoc cref="custom_object_scope"/>
    public IDisposable CustomObjectScope(CustomObjects custom_objects) => custom_object_scope(custom_objects);

    /// <summary>
    /// Creates an object from the configuration that <see cref="serialize_keras_object"/> gives: a layer, a model, a loss, a metric, an optimizer, a schedule,
    /// an initializer, a regularizer, a constraint, a function, an array, a number, a text, a list or a dictionary.
    /// </summary>
    /// <exception cref="ModelFormatException">The configuration names a class that is neither Keras' nor given.</exception>
    public object? deserialize_keras_object(JsonNode? config, CustomObjects? custom_objects = null) => AnyConfig.Read(config, custom_objects);

    /// <summary>The classes and functions that every file may name, which can be added to: <c>get_custom_objects()["name"] = typeof(Mine)</c>.</summary>
    public CustomObjects get_custom_objects() => CustomObjects.Global;

    /// <summary>The class (a <see cref="Type"/>) or function (a delegate) that files name so; <c>null</c> if there is none.</summary>
    public object? get_registered_object(string name, CustomObjects? custom_objects = null, CustomObjects? module_objects = null)
    {
        using (CustomObjects.Within(module_objects))
        using (CustomObjects.Within(custom_objects))
            return CustomObjects.Find(name)?.Value;
    }

    /// <summary>The name of a class or function in files: the one that it is registered by, else its own.</summary>
    public string get_registered_name(CustomObject obj) => CustomObjects.NameOf(obj);

    /// <inheritdoc cref="Saving.KerasFileEditor(string)"/>
    public KerasFileEditor KerasFileEditor(string filepath) => new(filepath);

    /// <inheritdoc cref="ModelsModule.load_model"/>
    public Model load_model(string filepath, CustomObjects? custom_objects = null, bool compile = true) => ModelFile.Load(filepath, custom_objects, compile);

    /// <inheritdoc cref="Model.load_weights"/>
    public void load_weights(Model model, string filepath, bool skip_mismatch = false) => model.load_weights(filepath, skip_mismatch);

    /// <summary>Registers a class, which every file may then name as <c>package>name</c>: Python's decorator of that name.</summary>
    /// <typeparam name="T">The class: a layer, a model, a loss, a metric, an optimizer, a schedule, an initializer, a regularizer or a constraint.</typeparam>
    /// <param name="package">The prefix of the name.</param>
    /// <param name="name">The name; by default the class's own.</param>
    /// <exception cref="ValueError">Another class has that name, or the class is of another kind.</exception>
    public void register_keras_serializable<T>(string package = "Custom", string? name = null) where T : class =>
        CustomObjects.Register(typeof(T), package, name);

    /// <summary>Registers a function, a loss, a metric or an activation: see <see cref="register_keras_serializable{T}"/>.</summary>
    /// <exception cref="ValueError">Another one has that name.</exception>
    public void register_keras_serializable(CustomObject function, string package = "Custom", string? name = null) =>
        CustomObjects.Register(function, package, name);

    /// <inheritdoc cref="Model.save"/>
    public void save_model(Model model, string filepath, bool overwrite = true) => model.save(filepath, overwrite);

    /// <inheritdoc cref="Model.save_weights"/>
    public void save_weights(Model model, string filepath, bool overwrite = true) => model.save_weights(filepath, overwrite);

    /// <summary>The configuration of an object of Keras, an array, a number, a text, or a list, a tuple or a dictionary of these.</summary>
    /// <exception cref="ValueError">Files can't hold such an object.</exception>
    public JsonNode? serialize_keras_object(object? obj) => AnyConfig.Write(obj);
}
