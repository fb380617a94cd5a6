using CsCheck;

namespace KerasPort.Tests.Graphs;

/// <summary>An elementwise operation on an array of bytes is applied to the values that they stand for, and gives the same floats, to the bit.</summary>
public class EagerBytesTests
{
    private static readonly (string Name, Func<Tensor, double, Tensor> Of)[] s_functions =
    [
        ("x + a", (x, a) => x + a), ("a + x", (x, a) => a + x), ("x - a", (x, a) => x - a), ("a - x", (x, a) => a - x),
        ("x * a", (x, a) => x * a), ("a * x", (x, a) => a * x), ("x / a", (x, a) => x / a), ("a / (x + 1)", (x, a) => a / (x + 1)),
        ("(x - a) / 3", (x, a) => (x - a) / 3), ("Rescaling", (x, a) => keras.layers.Rescaling(1 / a, offset: -a).Apply(x)),
        ("tf.math.divide", (x, a) => tf.math.divide(x, a)),
    ];

    [Fact]
    public void Bytes_give_what_their_values_give() => Gen.Select(Gen.Byte.Array[1, 40], Gen.Double[0.001, 300], Gen.Int[0, s_functions.Length - 1], Gen.Bool)
        .Sample((bytes, a, function, isScaled) =>
        {
            NDArray array = new NDArray(bytes, bytes.Length, 1).astype("float32");
            if (isScaled) array = array * 0.7;
            var (name, of) = s_functions[function];
            Tensor tabled = of(array, a), plain = of(new NDArray(array.ToFloats(), bytes.Length, 1), a);
            Assert.True(plain.numpy().ToFloats().AsSpan().SequenceEqual(tabled.numpy().ToFloats()), name);
            Assert.Equal($"{plain.shape} {plain.dtype}", $"{tabled.shape} {tabled.dtype}");
            Assert.True(tabled.numpy().TryGetBytes(out var shared, out _, out _), name);
            Assert.Equal(bytes, shared);
        }, iter: 300);

    [Fact]
    public void Two_arrays_of_bytes_are_computed_with_one_by_one()
    {
        NDArray x = new NDArray(new byte[] { 1, 2, 250 }).astype("float32"), y = new NDArray(new byte[] { 3, 200, 250 }).astype("float32");
        Assert.Equal([4, 202, 500], ((Tensor)x + (Tensor)y).numpy().ToFloats());
        Assert.Equal([2, 4, 500], ((Tensor)x + (Tensor)x).numpy().ToFloats());
    }
}
