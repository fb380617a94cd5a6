namespace KerasPort;

/// <summary><c>tf.nn</c>.</summary>
public sealed class TensorFlowNNModule
{
    /// <inheritdoc cref="OpsModule.relu"/>
    public TensorFunction relu => Python.keras.ops.relu;

    /// <inheritdoc cref="OpsModule.sigmoid"/>
    public TensorFunction sigmoid => Python.keras.ops.sigmoid;

    /// <inheritdoc cref="OpsModule.softmax"/>
    public TensorFunction softmax => Python.keras.ops.softmax;

    /// <inheritdoc cref="OpsModule.tanh"/>
    public TensorFunction tanh => Python.keras.ops.tanh;
}
