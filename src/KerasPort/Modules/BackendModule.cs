using KerasPort.Layers;

namespace KerasPort;

/// <summary><c>keras.backend</c>.</summary>
public sealed class BackendModule
{
    /// <inheritdoc cref="UtilsModule.clear_session"/>
    public void clear_session() => Names.Clear();
}
