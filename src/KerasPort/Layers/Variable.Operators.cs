using KerasPort.Graphs;

namespace KerasPort.Layers;

// A variable beside a tensor, an array, a number or another variable, as a tensor is.
public sealed partial class Variable
{
    /// <summary>Arithmetic with the variable's value: in a <c>call</c> that of each batch.</summary>
    public static Tensor operator +(Variable x, Tensor y) => (Tensor)x + y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator +(Tensor x, Variable y) => x + (Tensor)y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator +(Variable x, Variable y) => (Tensor)x + y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator -(Variable x, Tensor y) => (Tensor)x - y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator -(Tensor x, Variable y) => x - (Tensor)y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator -(Variable x, Variable y) => (Tensor)x - y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator *(Variable x, Tensor y) => (Tensor)x * y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator *(Tensor x, Variable y) => x * (Tensor)y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator *(Variable x, Variable y) => (Tensor)x * y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator /(Variable x, Tensor y) => (Tensor)x / y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator /(Tensor x, Variable y) => x / (Tensor)y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator /(Variable x, Variable y) => (Tensor)x / y;

    /// <inheritdoc cref="operator +(Variable, Tensor)"/>
    public static Tensor operator -(Variable x) => -(Tensor)x;
}
