using System.Diagnostics.CodeAnalysis;

namespace KerasPort.Activations;

// What may be written where a layer takes an activation.
public abstract partial class ActivationFunction
{
    /// <summary>The activation of that Keras name.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator ActivationFunction?(string? name) =>
        name is null ? null : Named.Make<ActivationFunction>(name, "activation function", [Layers.Names.SnakeCase]);

    /// <summary>A layer without weights, such as <c>layers.LeakyReLU(0.1)</c>.</summary>
    /// <exception cref="ValueError">The layer isn't one that is a function of its input.</exception>
    [return: NotNullIfNotNull(nameof(layer))]
    public static implicit operator ActivationFunction?(Layers.Layer? layer) => layer is null ? null : new LayerFunction(layer);

    /// <summary>A function of <c>tf.nn</c>, <c>keras.activations</c> or <c>keras.ops</c>, or one of your own: <c>(TensorFunction)(x => x * 2)</c>.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(TensorFunction? function) =>
        function is null ? null : function.Target as ActivationFunction ?? new OwnFunction(function);

    /// <summary>The function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(AlphaFunction? function) => Of((Delegate?)function);

    /// <summary>The function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(ReluFunction? function) => Of((Delegate?)function);

    /// <summary>The function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(SlopeFunction? function) => Of((Delegate?)function);

    /// <summary>The function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(AxisFunction? function) => Of((Delegate?)function);

    /// <summary>The function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(GeluFunction? function) => Of((Delegate?)function);

    /// <summary>The function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(OpsGeluFunction? function) => Of((Delegate?)function);

    /// <summary>The function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(ShrinkFunction? function) => Of((Delegate?)function);

    /// <summary>The function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(SquareplusFunction? function) => Of((Delegate?)function);

    /// <summary>The function with its defaults.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(LeakyFunction? function) => Of((Delegate?)function);

    [return: NotNullIfNotNull(nameof(function))]
    private static ActivationFunction? Of(Delegate? function) => function is null ? null
        : function.Target as ActivationFunction ?? throw new ValueError("An activation is a name, an object, a layer, or a "
            + "function of `keras.activations`, `tf.nn` or `keras.ops`.");
}
