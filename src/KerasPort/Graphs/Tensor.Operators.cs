using KerasPort.Graphs;

namespace KerasPort;

public sealed partial class Tensor
{
    /// <summary>Element by element; one row or one column of either counts for all of the other.</summary>
    public static Tensor operator +(Tensor x, Tensor y) => Operation.Apply("add", (g, t) => g.Add(t[0], t[1]), x, y);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator -(Tensor x, Tensor y) => Operation.Apply("subtract", (g, t) => g.Subtract(t[0], t[1]), x, y);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator *(Tensor x, Tensor y) => Operation.Apply("multiply", (g, t) => g.Multiply(t[0], t[1]), x, y);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator /(Tensor x, Tensor y) => Operation.Apply("divide", (g, t) => g.Divide(t[0], t[1]), x, y);

    /// <summary>Each element and a number.</summary>
    public static Tensor operator +(Tensor x, double y) => Operation.Apply("add", (g, t) => g.Shift(t[0], (float)y), x);

    /// <inheritdoc cref="operator +(Tensor, double)"/>
    public static Tensor operator +(double x, Tensor y) => y + x;

    /// <inheritdoc cref="operator +(Tensor, double)"/>
    public static Tensor operator -(Tensor x, double y) => Operation.Apply("subtract", (g, t) => g.Shift(t[0], -(float)y), x);

    /// <inheritdoc cref="operator +(Tensor, double)"/>
    public static Tensor operator -(double x, Tensor y) => Operation.Apply("subtract", (g, t) => g.Shift(g.Scale(t[0], -1), (float)x), y);

    /// <inheritdoc cref="operator +(Tensor, double)"/>
    public static Tensor operator *(Tensor x, double y) => Operation.Apply("multiply", (g, t) => g.Scale(t[0], (float)y), x);

    /// <inheritdoc cref="operator +(Tensor, double)"/>
    public static Tensor operator *(double x, Tensor y) => y * x;

    /// <inheritdoc cref="operator +(Tensor, double)"/>
    public static Tensor operator /(Tensor x, double y) => x / Number(y);

    /// <inheritdoc cref="operator +(Tensor, double)"/>
    public static Tensor operator /(double x, Tensor y) => Number(x) / y;

    /// <summary>Each element with the other sign.</summary>
    public static Tensor operator -(Tensor x) => Operation.Apply("negative", (g, t) => g.Scale(t[0], -1), x);

    /// <summary>1 where x is greater than y, else 0, element by element.</summary>
    public static Tensor operator >(Tensor x, Tensor y) => Operation.Apply("greater", (g, t) => g.Greater(t[0], t[1]), x, y);

    /// <summary>1 where x is less than y, else 0, element by element.</summary>
    public static Tensor operator <(Tensor x, Tensor y) => y > x;

    /// <summary>1 where x is at least y, else 0, element by element.</summary>
    public static Tensor operator >=(Tensor x, Tensor y) => Operation.Apply("greater_equal", (g, t) => g.Add(g.Greater(t[0], t[1]), g.Equal(t[0], t[1])), x, y);

    /// <summary>1 where x is at most y, else 0, element by element.</summary>
    public static Tensor operator <=(Tensor x, Tensor y) => y >= x;

    /// <inheritdoc cref="operator &gt;(Tensor, Tensor)"/>
    public static Tensor operator >(Tensor x, double y) => x > Number(y);

    /// <inheritdoc cref="operator &lt;(Tensor, Tensor)"/>
    public static Tensor operator <(Tensor x, double y) => x < Number(y);

    /// <inheritdoc cref="operator &gt;=(Tensor, Tensor)"/>
    public static Tensor operator >=(Tensor x, double y) => x >= Number(y);

    /// <inheritdoc cref="operator &lt;=(Tensor, Tensor)"/>
    public static Tensor operator <=(Tensor x, double y) => x <= Number(y);

    private static Tensor Number(double value) => new NDArray((float[])[(float)value], 1);
}
