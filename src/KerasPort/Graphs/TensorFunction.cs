namespace KerasPort;

/// <summary>A function of a tensor that is also an activation: <c>tf.nn.relu</c> as an argument, <c>tf.nn.relu(x)</c> as a call.</summary>
public delegate Tensor TensorFunction(Tensor x);

/// <summary>A function of a tensor with elu's argument; an activation uses the argument's default.</summary>
public delegate Tensor AlphaFunction(Tensor x, double alpha = 1.0);

/// <summary>A function of a tensor with relu's arguments; an activation uses their defaults.</summary>
public delegate Tensor ReluFunction(Tensor x, double negative_slope = 0.0, double? max_value = null, double threshold = 0.0);

/// <summary>A function of a tensor with leaky_relu's argument; an activation uses the argument's default.</summary>
public delegate Tensor SlopeFunction(Tensor x, double negative_slope = 0.2);

/// <summary>A function of a tensor along an axis, such as softmax; an activation uses the axis' default.</summary>
public delegate Tensor AxisFunction(Tensor x, int axis = -1);

/// <summary>A function of a tensor with gelu's argument; an activation uses the argument's default.</summary>
public delegate Tensor GeluFunction(Tensor x, bool approximate = false);

/// <summary>A function of a tensor with keras.ops.gelu's argument; an activation uses the argument's default.</summary>
public delegate Tensor OpsGeluFunction(Tensor x, bool approximate = true);

/// <summary>A function of a tensor with hard_shrink's argument; an activation uses the argument's default.</summary>
public delegate Tensor ShrinkFunction(Tensor x, double threshold = 0.5);

/// <summary>A function of a tensor with squareplus' argument; an activation uses the argument's default.</summary>
public delegate Tensor SquareplusFunction(Tensor x, double b = 4);

/// <summary>A function of a tensor with tf.nn.leaky_relu's argument; an activation uses the argument's default.</summary>
public delegate Tensor LeakyFunction(Tensor features, double alpha = 0.2);
