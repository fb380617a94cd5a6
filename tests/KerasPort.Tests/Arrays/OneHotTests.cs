using CsCheck;

namespace KerasPort.Tests.Arrays;

/// <summary><c>keras.utils.to_categorical</c> and <c>normalize</c>: values that Keras gave.</summary>
public class OneHotTests
{
    [Fact]
    public void Classes_become_rows_as_in_Keras()
    {
        Assert.Equal("[[1. 0. 0.]\n [0. 0. 1.]\n [0. 1. 0.]]", PythonText.Str(keras.utils.to_categorical(np.array([0, 2, 1]))));
        Assert.Equal("float64", PythonText.Str(keras.utils.to_categorical(np.array([0, 2, 1])).dtype));
        Assert.Equal("[[1. 0.]\n [0. 1.]]", PythonText.Str(keras.utils.to_categorical(np.array([[0], [1]]))));
        Assert.Equal("[[[1. 0. 0.]\n  [0. 1. 0.]]\n\n [[0. 0. 1.]\n  [1. 0. 0.]]]", PythonText.Str(keras.utils.to_categorical(np.array([[0, 1], [2, 0]]))));
        Assert.Equal("[0. 0. 0. 1.]", PythonText.Str(keras.utils.to_categorical(3)));
        Assert.Equal("[[0. 1.]\n [1. 0.]]", PythonText.Str(keras.utils.to_categorical(np.array([1.7, 0.2]))));
        Assert.Equal("[[0. 0. 1.]\n [0. 0. 1.]]", PythonText.Str(keras.utils.to_categorical(np.array([-1, 2]))));
        Assert.Equal("[[1. 0. 0.]\n [0. 1. 0.]]", PythonText.Str(keras.utils.to_categorical(np.array([0, 1]), 3)));
        Assert.Equal("[[1. 0.]\n [0. 1.]]", PythonText.Str(keras.utils.to_categorical(np.array([0, 1]), num_classes: 0)));
        Assert.Equal((2, 3, 10), keras.utils.to_categorical(np.zeros([2, 3, 1]), 10).shape);
        foreach (int wrong in new[] { 3, -5 })
            Assert.Contains("class numbers from 0 to 2", Assert.Throws<ValueError>(() => keras.utils.to_categorical(np.array([wrong]), 3)).Message);
        Assert.Contains("num_classes", Assert.Throws<ValueError>(() => keras.utils.to_categorical(np.array(Array.Empty<int>()))).Message);
    }

    [Fact]
    public void Rows_take_a_byte_a_number()
    {
        var classes = np.arange(60_000) % 10;
        var rows = np.zeros(1);
        Assert.InRange(Allocations.Of(() => rows = keras.utils.to_categorical(classes, 10)), 600_000, 605_000);
        Assert.Equal(("float64", (60_000, 10), 60_000), (rows.dtype.name, (rows.shape[0], rows.shape[1]), (int)rows.sum()));
    }

    [Fact]
    public void The_largest_of_a_row_is_its_class() => Gen.Int[0, 9].Array[1, 20].Sample(classes =>
        Assert.Equal(classes, keras.utils.to_categorical(np.array(classes), 10).argmax(-1).ToInts()));

    [Fact]
    public void Rows_get_norm_1_as_in_Keras()
    {
        var x = np.array([[1, 2, 3], [4, 5, 6]]);
        void Same(double[] expected, double order) => Assert.Equal(expected, keras.utils.normalize(x, order: order).ToDoubles());
        Same([0.16666666666666666, 0.3333333333333333, 0.5, 0.26666666666666666, 0.3333333333333333, 0.4], 1);
        Same([0.2672612419124244, 0.5345224838248488, 0.8017837257372732, 0.4558423058385518, 0.5698028822981898, 0.6837634587578276], 2);
        Same([0.30285343213869, 0.60570686427738, 0.90856029641607, 0.5406401773843024, 0.6758002217303779, 0.8109602660764534], 3);
        Same([0.3333333333333333, 0.6666666666666666, 1.0, 0.6666666666666666, 0.8333333333333334, 1.0], double.PositiveInfinity);
        Assert.Equal([0.0, 0.0], keras.utils.normalize(np.zeros([1, 2])).ToDoubles());
        Assert.Equal("[[0.6 0.8]]", PythonText.Str(keras.utils.normalize(np.array([3.0, 4.0]))));
        Assert.Equal("float32", PythonText.Str(keras.utils.normalize(np.ones([2, 3, 4], "float32"), axis: 2).dtype));
        Assert.Equal([0.6, 1, 0.8, 0], keras.utils.normalize(np.array([[3.0, 1.0], [4.0, 0.0]]), axis: -2).ToDoubles());
        Assert.Throws<ValueError>(() => keras.utils.normalize(x, axis: 2));
    }
}
