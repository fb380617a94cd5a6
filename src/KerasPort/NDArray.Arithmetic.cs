namespace KerasPort;

public sealed partial class NDArray
{
    /// <summary>Every element plus <paramref name="b"/>, in float32.</summary>
    public static NDArray operator +(NDArray a, double b) => a.Map(b, (v, number) => v + number);

    /// <inheritdoc cref="op_Addition(NDArray, double)"/>
    public static NDArray operator +(double b, NDArray a) => a.Map(b, (v, number) => number + v);

    /// <summary>Every element minus <paramref name="b"/>, in float32.</summary>
    public static NDArray operator -(NDArray a, double b) => a.Map(b, (v, number) => v - number);

    /// <summary><paramref name="b"/> minus every element, in float32.</summary>
    public static NDArray operator -(double b, NDArray a) => a.Map(b, (v, number) => number - v);

    /// <summary>The negated elements, in float32.</summary>
    public static NDArray operator -(NDArray a) => a.Map(0, (v, _) => -v);

    /// <summary>Every element times <paramref name="b"/>, in float32.</summary>
    public static NDArray operator *(NDArray a, double b) => a.Map(b, (v, number) => v * number);

    /// <inheritdoc cref="op_Multiply(NDArray, double)"/>
    public static NDArray operator *(double b, NDArray a) => a.Map(b, (v, number) => number * v);

    /// <summary>Every element divided by <paramref name="b"/>, in float32.</summary>
    public static NDArray operator /(NDArray a, double b) => a.Map(b, (v, number) => v / number);

    /// <summary><paramref name="b"/> divided by every element, in float32.</summary>
    public static NDArray operator /(double b, NDArray a) => a.Map(b, (v, number) => number / v);

    /// <summary>The sums, element by element, in float32; shapes are broadcast as numpy does.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator +(NDArray a, NDArray b) => Zip(a, b, (x, y) => x + y);

    /// <summary>The differences, element by element, in float32; shapes are broadcast as numpy does.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator -(NDArray a, NDArray b) => Zip(a, b, (x, y) => x - y);

    /// <summary>The products, element by element, in float32; shapes are broadcast as numpy does.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator *(NDArray a, NDArray b) => Zip(a, b, (x, y) => x * y);

    /// <summary>The quotients, element by element, in float32; shapes are broadcast as numpy does.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator /(NDArray a, NDArray b) => Zip(a, b, (x, y) => x / y);

    /// <summary>The array of one number, without a dimension.</summary>
    public static implicit operator NDArray(double value) => new(new[] { (float)value }, null, 0, []);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(float[] values) => new(values);

    /// <summary>A vector, its values rounded to float32.</summary>
    public static implicit operator NDArray(double[] values) => new(Array.ConvertAll(values, v => (float)v));

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(int[] values) => new(values);

    /// <summary>A vector.</summary>
    public static implicit operator NDArray(byte[] values) => new(values);

    /// <summary>A matrix.</summary>
    public static implicit operator NDArray(float[,] values) => new([.. values.Cast<float>()], values.GetLength(0), values.GetLength(1));

    /// <summary>A matrix, its values rounded to float32.</summary>
    public static implicit operator NDArray(double[,] values) =>
        new([.. values.Cast<double>().Select(v => (float)v)], values.GetLength(0), values.GetLength(1));

    /// <summary>The number in an array of size 1.</summary>
    public static explicit operator double(NDArray a) => a.item();

    private NDArray Map(double number, Func<double, double, double> combine)
    {
        if (_elements is byte[])
            return new NDArray(_elements, Array.ConvertAll(_table ?? Identity, v => combine(v, number)), _offset, _shape);
        if (_elements is float[]) number = (float)number;   // as numpy takes a number beside float32
        return new NDArray(Convert(v => (float)combine(v, number)), null, 0, _shape);
    }

    private static NDArray Zip(NDArray a, NDArray b, Func<double, double, double> combine)
    {
        int rank = Math.Max(a.ndim, b.ndim);
        var shape = new int[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            int m = axis <= a.ndim ? a._shape[^axis] : 1, n = axis <= b.ndim ? b._shape[^axis] : 1;
            if (m != n && m != 1 && n != 1)
                throw new ValueError($"operands could not be broadcast together with shapes {Text(a._shape)} {Text(b._shape)}");
            shape[^axis] = m == 1 ? n : m;
        }
        var result = new float[SizeOf(shape)];
        for (int i = 0; i < result.Length; i++)
        {
            int rest = i, atA = 0, atB = 0, stepA = 1, stepB = 1;
            for (int axis = 1; axis <= rank; axis++)
            {
                int k = rest % shape[^axis];
                rest /= shape[^axis];
                if (axis <= a.ndim) { if (a._shape[^axis] > 1) atA += k * stepA; stepA *= a._shape[^axis]; }
                if (axis <= b.ndim) { if (b._shape[^axis] > 1) atB += k * stepB; stepB *= b._shape[^axis]; }
            }
            result[i] = (float)combine(a.ElementAt(atA), b.ElementAt(atB));
        }
        return new NDArray(result, null, 0, shape);
    }
}
