namespace KerasPort;

/// <summary><c>tf</c>.</summary>
public sealed class TensorFlowModule
{
    /// <summary><c>tf.keras</c>.</summary>
    public KerasModule keras => Python.keras;

    /// <summary><c>tf.nn</c>.</summary>
    public TensorFlowNNModule nn { get; } = new();
}
