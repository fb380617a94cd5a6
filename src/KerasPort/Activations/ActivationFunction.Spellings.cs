using System.Diagnostics.CodeAnalysis;

namespace KerasPort.Activations;

// Conversions from everything that a layer takes as an activation.
public abstract partial class ActivationFunction
{
    /// <summary>Converts the Keras name of an activation.</summary>
    /// <exception cref="ValueError">There is no activation of that name.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator ActivationFunction?(string? name) =>
        name is null ? null : Named.Make<ActivationFunction>(name, "activation function", [Layers.Names.SnakeCase]);

    /// <summary>Converts a layer without weights, such as <c>layers.LeakyReLU(0.1)</c>.</summary>
    /// <exception cref="ValueError">The layer isn't a function of its input alone.</exception>
    [return: NotNullIfNotNull(nameof(layer))]
    public static implicit operator ActivationFunction?(Layers.Layer? layer) => layer is null ? null : new LayerFunction(layer);

    /// <summary>
    /// Converts a function of <c>tf.nn</c>, <c>keras.activations</c> or <c>keras.ops</c>, or of the program: <c>(TensorFunction)(x => x * 2)</c>.
    /// </summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(TensorFunction? function) =>
        function is null ? null : function.Target as ActivationFunction ?? new OwnFunction(function);

    /// <summary>Converts the function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(AlphaFunction? function) => Of((Delegate?)function);

    /// <summary>Converts the function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(ReluFunction? function) => Of((Delegate?)function);

    /// <summary>Converts the function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(SlopeFunction? function) => Of((Delegate?)function);

    /// <summary>Converts the function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(AxisFunction? function) => Of((Delegate?)function);

    /// <summary>Converts the function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(GeluFunction? function) => Of((Delegate?)function);

    /// <summary>Converts the function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(OpsGeluFunction? function) => Of((Delegate?)function);

    /// <summary>Converts the function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(ShrinkFunction? function) => Of((Delegate?)function);

    /// <summary>Converts the function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(SquareplusFunction? function) => Of((Delegate?)function);

    /// <summary>Converts the function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(LeakyFunction? function) => Of((Delegate?)function);

    [return: NotNullIfNotNull(nameof(function))]
    private static ActivationFunction? Of(Delegate? function) => function is null ? null
        : function.Target as ActivationFunction ?? throw new ValueError("An activation is a name, an object, a layer, or a "
            + "function of `keras.activations`, `tf.nn` or `keras.ops`.");
}
