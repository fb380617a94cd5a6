using CsCheck;

namespace KerasPort.Tests.Arrays;

public class ShapeTests
{
    /// <summary>Every way in which a program gives a shape: as in Python, but for a single open dimension, which has no tuple.</summary>
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

    /// <summary>Programs' expressions on an array's shape, whose dimensions are numbers, never open.</summary>
    [Fact]
    public void The_shape_of_an_array_is_used_as_in_Python()
    {
        var x = new NDArray(new float[24], 2, 3, 4);
        var (images, height, width) = x.shape;
        Assert.Equal((2, 3, 4), (images, height, width));
        int rows = x.shape[0];
        Assert.Equal(2, rows);
        Assert.Equal(4, x.shape[^1]);
        Assert.True(x.shape == (2, 3, 4) && x.shape != (2, 3) && x.shape is [2, _, 4]);
        Assert.True(x.shape.Equals(x.reshape(x.shape).shape) && x.shape.Equals((object)(Shape)(2, 3, 4)) && ((Shape)(2, 3, 4)).Equals((object)x.shape));
        Assert.Equal(x.shape.GetHashCode(), ((Shape)(2, 3, 4)).GetHashCode());
        Assert.Equal("(3, 4)", $"{x.shape[1..]}");
        Assert.Equal((null, 3, 4), ((Shape)x.shape[1..]).WithBatch(null));
        Assert.Equal((2, 12), x.reshape((x.shape[0], -1)).shape);
        Assert.Equal((2, 12), x.reshape(x.shape[0], x.shape[1] * x.shape[2]).shape);
        Assert.Equal(24, x.shape.Aggregate(1, (size, d) => size * d));
        Assert.Equal([2, 3, 4], new NDArray(new float[24], x.shape).shape);
        Assert.Equal(0, new NDArray([1f], default(ArrayShape)).ndim);
        Assert.Equal("too many values to unpack (expected 2): the shape is (2, 3, 4)", Assert.Throws<ValueError>(() => { var (_, _) = x.shape; }).Message);
        Assert.Equal("not enough values to unpack (expected 4, got 3)", Assert.Throws<ValueError>(() => { var (_, _, _, _) = x.shape; }).Message);
    }

    [Fact]
    public void A_shape_with_an_open_dimension_is_taken_apart()
    {
        Shape shape = (null, 28, 1);
        var (batch, height, _) = shape;
        Assert.Null(batch);
        Assert.Equal(28, height);
        Assert.Equal("not enough values to unpack (expected 4, got 3)", Assert.Throws<ValueError>(() => { var (_, _, _, _) = shape; }).Message);
    }

    private static string Text(Shape shape) => shape.ToString();

    /// <summary>-1 is the last dimension, as in Python, and indices out of range are refused at either end.</summary>
    [Fact]
    public void Dimensions_are_counted_from_either_end()
    {
        ArrayShape array = (2, 3, 5);
        Shape shape = (null, 3, 5);
        Assert.Equal((5, 2, 5, 2), (array[-1], array[-3], array[^1], array[^3]));
        Assert.Equal((5, null, 5, null), (shape[-1], shape[-3], shape[^1], shape[^3]));
        Assert.Equal("tuple index out of range: the shape is (2, 3, 5), the index 3", Assert.Throws<ValueError>(() => array[3]).Message);
        Assert.Equal("tuple index out of range: the shape is (None, 3, 5), the index -4", Assert.Throws<ValueError>(() => shape[-4]).Message);
        foreach (var beyond in (Index[])[^4, ^0, 3])
        {
            Assert.Throws<ValueError>(() => array[beyond]);
            Assert.Throws<ValueError>(() => shape[beyond]);
        }
    }
}
