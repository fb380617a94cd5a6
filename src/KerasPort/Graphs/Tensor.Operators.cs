using KerasPort.Graphs;

namespace KerasPort;

public sealed partial class Tensor
{
    /// <summary>Computes elementwise, broadcast as in numpy: an axis of length 1, or a missing one, is repeated to the length of the other's.</summary>
    public static Tensor operator +(Tensor x, Tensor y) => KerasOps.Add.OfTensorFlow(x, y);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator -(Tensor x, Tensor y) => KerasOps.Subtract.OfTensorFlow(x, y);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator *(Tensor x, Tensor y) => KerasOps.Multiply.OfTensorFlow(x, y);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator /(Tensor x, Tensor y) => KerasOps.TrueDivide.OfTensorFlow(x, y);

    /// <summary>The remainder of the floored division x / y, with the sign of y, as in Python.</summary>
    public static Tensor operator %(Tensor x, Tensor y) => KerasOps.Mod.OfTensorFlow(x, y);

    /// <summary>Python's <c>"%.4f" % x</c>: without it the text would become a tensor, because operators of a type come before those of strings.</summary>
    /// <exception cref="ValueError">There are too few or too many values, or one doesn't fit its conversion.</exception>
    public static string operator %(string template, Tensor value) => PythonPercent.Format(template, value);

    /// <summary>The negative of each element.</summary>
    public static Tensor operator -(Tensor x) => KerasOps.Negative.OfTensorFlow(x);

    /// <summary>1 where x is greater than y, else 0, element by element.</summary>
    public static Tensor operator >(Tensor x, Tensor y) => KerasOps.Greater.OfTensorFlow(x, y);

    /// <summary>1 where x is less than y, else 0, element by element.</summary>
    public static Tensor operator <(Tensor x, Tensor y) => KerasOps.Less.OfTensorFlow(x, y);

    /// <summary>1 where x is at least y, else 0, element by element.</summary>
    public static Tensor operator >=(Tensor x, Tensor y) => KerasOps.GreaterEqual.OfTensorFlow(x, y);

    /// <summary>1 where x is at most y, else 0, element by element.</summary>
    public static Tensor operator <=(Tensor x, Tensor y) => KerasOps.LessEqual.OfTensorFlow(x, y);
}
