using CsCheck;
using Xunit;

namespace KerasPort.Tests;

public class ShapeTests
{
    /// <summary>Every way in which a program gives a shape: as in Python, but for one open dimension, which has no tuple.</summary>
    [Fact]
    public void Shapes_are_written_as_in_Python()
    {
        Assert.Equal("(28,)", Text(28));
        Assert.Equal("(28, 28)", Text((28, 28)));
        Assert.Equal("(28, 28, 1)", Text((28, 28, 1)));
        Assert.Equal("(None, 784)", Text((null, 784)));
        Assert.Equal("(None, 28, 28)", Text((null, 28, 28)));
        Assert.Equal("(None, 28, 28, 1)", Text((null, 28, 28, 1)));
        Assert.Equal("(None,)", Text([null]));
        Assert.Equal("(None, 28, 28)", Text([null, 28, 28]));
        Assert.Equal("(2, 3, 4, 5, 6)", Text([2, 3, 4, 5, 6]));
        Assert.Equal("()", Text([]));
        Assert.Equal("()", Text(default));
        int[] array = [3, 4];
        Assert.Equal("(3, 4)", Text(array));
        Assert.Equal("(3, 4)", Text(new NDArray(new float[12], 3, 4).shape));
    }

    [Fact]
    public void Shapes_with_the_same_dimensions_are_equal() =>
        Gen.Select(Gen.Int[0, 2].Array[0, 3], Gen.Int[0, 2].Array[0, 3]).Sample((a, b) =>
        {
            Shape x = a, y = b;
            Assert.Equal(a.SequenceEqual(b), x == y);
            Assert.Equal(a.SequenceEqual(b), x.Equals((object)y));
            Assert.Equal(x == y, !(x != y));
            if (x == y) Assert.Equal(x.GetHashCode(), y.GetHashCode());
        });

    [Fact]
    public void An_open_dimension_is_not_0()
    {
        Shape open = (null, 3), none = (0, 3);
        Assert.NotEqual(open, none);
        Assert.Equal(default, new Shape());
    }

    [Fact]
    public void A_shape_has_parts_and_a_size()
    {
        Shape shape = (null, 28, 28, 3);
        Assert.Equal(4, shape.Rank);
        Assert.Null(shape[0]);
        Assert.Equal(3, shape[^1]);
        Assert.Equal((28, 28, 3), shape[1..]);
        Assert.Equal(28 * 28 * 3, shape.Size);
        Assert.Equal((32, 28, 28, 3), shape[1..].WithBatch(32));
        Assert.Equal([28, 28, 3], shape[1..].ToArray());
        Assert.Equal([null, 28, 28, 3], shape);
    }

    private static string Text(Shape shape) => shape.ToString();
}
