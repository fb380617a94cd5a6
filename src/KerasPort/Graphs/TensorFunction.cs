namespace KerasPort;

/// <summary>A function of a tensor that is also an activation: <c>tf.nn.relu</c> as an argument, <c>tf.nn.relu(x)</c> as a call.</summary>
public delegate Tensor TensorFunction(Tensor x);
