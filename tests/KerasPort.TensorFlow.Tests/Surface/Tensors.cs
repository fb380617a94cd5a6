using Tensorflow.NumPy;

namespace Tensorflow
{
    public class Shape(params int[] dims)
    {
        public long[] dims { get; } = [.. dims.Select(d => (long)d)];

        public long this[int n] => dims[n];

        public static implicit operator Shape((int, int) dims) => new(dims.Item1, dims.Item2);

        public static implicit operator Shape((int, int, int) dims) => new(dims.Item1, dims.Item2, dims.Item3);

        public static implicit operator Shape((int, int, int, int) dims) => new(dims.Item1, dims.Item2, dims.Item3, dims.Item4);
    }

    /// <summary>Values of any type, as floats.</summary>
    public class Tensor
    {
        public Shape shape { get; protected init; } = new();

        internal float[] Values { get; init; } = [];

        public T[] ToArray<T>() where T : unmanaged => (T[])(object)Values.Clone();

        public static explicit operator float(Tensor tensor) => tensor.Values.Single();
    }

    public class Tensors
    {
        internal Tensor Single { get; private init; } = new();

        public static implicit operator Tensors(Tensor tensor) => new() { Single = tensor };

        public static implicit operator Tensors(NDArray nd) => new() { Single = nd };

        public static implicit operator Tensor(Tensors tensors) => tensors.Single;
    }

    public interface IVariableV1
    {
        Shape shape { get; }

        Tensor assign<T>(T value, bool use_locking = false, string? name = null, bool read_value = true);

        NDArray numpy();
    }

    internal sealed class RecordedVariable(Shape shape) : IVariableV1
    {
        public Shape shape { get; } = shape;

        public float[] Values { get; private set; } = new float[shape.dims.Aggregate(1L, (product, d) => product * d)];

        public Tensor assign<T>(T value, bool use_locking = false, string? name = null, bool read_value = true)
        {
            var given = (Tensor)(object)value!;
            if (!given.shape.dims.SequenceEqual(shape.dims)) throw new ArgumentException("The value has another shape.");
            return new NDArray(Values = [.. given.Values], shape);
        }

        public NDArray numpy() => new((Array)Values, shape);
    }
}

namespace Tensorflow.NumPy
{
    public class NDArray : Tensor
    {
        public NDArray(float value) => Values = [value];

        public NDArray(Array value, Shape? shape = null)
        {
            Values = [.. (float[])value];
            this.shape = shape ?? new Shape(value.Length);
        }

        public NDArray(int[] value, Shape? shape = null)
        {
            Values = [.. value.Select(v => (float)v)];
            this.shape = shape ?? new Shape(value.Length);
        }

        public static implicit operator NDArray(float value) => new(value);

        public static NDArray operator /(NDArray lhs, NDArray rhs) => new((Array)Array.ConvertAll(lhs.Values, v => v / rhs.Values.Single()), lhs.shape);

        /// <summary>One dimension may be -1, to be inferred.</summary>
        public NDArray reshape(Shape newshape)
        {
            int known = newshape.dims.Where(d => d > 0).Aggregate(1, (product, d) => product * (int)d);
            return new((Array)Values, new Shape([.. newshape.dims.Select(d => d < 0 ? Values.Length / known : (int)d)]));
        }

        /// <summary>A copy of some rows.</summary>
        internal NDArray Rows(int start, int count)
        {
            int width = Values.Length / (int)shape[0];
            return new NDArray((Array)Values[(start * width)..((start + count) * width)], new Shape([count, .. shape.dims[1..].Select(d => (int)d)]));
        }
    }
}
