using System.Text.Json.Nodes;
using KerasPort.Saving;

namespace KerasPort;

// The functions of keras.saving that keras.utils has, too, under the same names.
public sealed partial class UtilsModule
{
    /// <inheritdoc cref="SavingModule.custom_object_scope"/>
    public IDisposable CustomObjectScope(CustomObjects custom_objects) => Python.keras.saving.custom_object_scope(custom_objects);

    /// <inheritdoc cref="SavingModule.custom_object_scope"/>
    public IDisposable custom_object_scope(CustomObjects custom_objects) => Python.keras.saving.custom_object_scope(custom_objects);

    /// <inheritdoc cref="SavingModule.deserialize_keras_object"/>
    public object? deserialize_keras_object(JsonNode? config, CustomObjects? custom_objects = null) => AnyConfig.Read(config, custom_objects);

    /// <inheritdoc cref="SavingModule.get_custom_objects"/>
    public CustomObjects get_custom_objects() => CustomObjects.Global;

    /// <inheritdoc cref="SavingModule.get_registered_name"/>
    public string get_registered_name(CustomObject obj) => CustomObjects.NameOf(obj);

    /// <inheritdoc cref="SavingModule.get_registered_object"/>
    public object? get_registered_object(string name, CustomObjects? custom_objects = null, CustomObjects? module_objects = null) =>
        Python.keras.saving.get_registered_object(name, custom_objects, module_objects);

    /// <inheritdoc cref="SavingModule.register_keras_serializable{T}"/>
    public void register_keras_serializable<T>(string package = "Custom", string? name = null) where T : class =>
        Python.keras.saving.register_keras_serializable<T>(package, name);

    /// <inheritdoc cref="SavingModule.register_keras_serializable(CustomObject, string, string?)"/>
    public void register_keras_serializable(CustomObject function, string package = "Custom", string? name = null) =>
        Python.keras.saving.register_keras_serializable(function, package, name);

    /// <inheritdoc cref="SavingModule.serialize_keras_object"/>
    public JsonNode? serialize_keras_object(object? obj) => AnyConfig.Write(obj);
}
