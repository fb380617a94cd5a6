using KerasPort.Graphs;

namespace KerasPort;

public sealed partial class Tensor
{
    /// <summary>Element by element, as numpy's: an axis of length 1, or one that isn't there, counts for every place of the other's.</summary>
    public static Tensor operator +(Tensor x, Tensor y) => KerasOps.Add.Of(x, y);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator -(Tensor x, Tensor y) => KerasOps.Subtract.Of(x, y);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator *(Tensor x, Tensor y) => KerasOps.Multiply.Of(x, y);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator /(Tensor x, Tensor y) => KerasOps.TrueDivide.Of(x, y);

    /// <summary>Each element with the other sign.</summary>
    public static Tensor operator -(Tensor x) => KerasOps.Negative.Of(x);

    /// <summary>1 where x is greater than y, else 0, element by element.</summary>
    public static Tensor operator >(Tensor x, Tensor y) => KerasOps.Greater.Of(x, y);

    /// <summary>1 where x is less than y, else 0, element by element.</summary>
    public static Tensor operator <(Tensor x, Tensor y) => KerasOps.Less.Of(x, y);

    /// <summary>1 where x is at least y, else 0, element by element.</summary>
    public static Tensor operator >=(Tensor x, Tensor y) => KerasOps.GreaterEqual.Of(x, y);

    /// <summary>1 where x is at most y, else 0, element by element.</summary>
    public static Tensor operator <=(Tensor x, Tensor y) => KerasOps.LessEqual.Of(x, y);
}
