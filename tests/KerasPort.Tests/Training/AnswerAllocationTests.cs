using KerasPort.Engines;
using KerasPort.Engines.Managed;
using KerasPort.Models;

namespace KerasPort.Tests.Training;

/// <summary>The prediction of a row, repeated as in a service, allocates only the result.</summary>
public class AnswerAllocationTests
{
    private const int Times = 50;

    private static Model Small(Engine engine)
    {
        var model = keras.Sequential(
        [
            keras.Input((8, 8, 1)), keras.layers.Conv2D(4, 3, activation: "relu"), keras.layers.MaxPooling2D(2), keras.layers.Flatten(),
            keras.layers.Dense(30, activation: "relu"), keras.layers.Dense(5, activation: "softmax"),
        ]);
        model.compile("adam", "sparse_categorical_crossentropy", engine: engine);
        return model;
    }

    private static NDArray Row(bool pixels) => pixels ? np.array(new byte[64]).reshape(1, 8, 8, 1) / 255.0 : np.ones([1, 8, 8, 1]).astype("float32");

    private static long Allocated(Action action) => Allocations.Of(() =>
    {
        for (int i = 0; i < Times; i++) action();
    });

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void An_answer_allocates_itself(int threads, bool pixels)
    {
        using var engine = new ManagedEngine(threads);
        var (model, row) = (Small(engine), Row(pixels));
        int[] shape = [1, 5];
        // Kept alive, since the compiler removes unused arrays, or puts them on the stack.
        long answer = Allocated(() => GC.KeepAlive(NDArray.Over(new float[5], shape))), data = Allocated(() => GC.KeepAlive((Data)row));
        Assert.Equal(answer, Allocated(() => model.predict_on_batch(row)));
        Assert.Equal(answer + data, Allocated(() => model.predict(row, verbose: 0)));
        Assert.Equal(answer + data, Allocated(() => model.predict(row, batch_size: 1, verbose: 0)));
    }

    /// <summary>To the last bit the result of a prediction with callbacks; and a new array each time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(32)]
    public void The_quick_way_gives_what_the_general_one_gives(int rows)
    {
        using var engine = new ManagedEngine(2);
        var model = Small(engine);
        var (x, y) = SyntheticData.Rows(rows, 8, 8, 1);
        var general = model.predict(x, verbose: 0, steps: 1);
        NDArray[] quick =
        [
            model.predict_on_batch(x), model.predict(x, verbose: 0), model.predict_on_batch(x), model.predict((Data)x, batch_size: 40, verbose: 0),
        ];
        Assert.All(quick, answer => Assert.Equal(general.ToFloats(), answer.ToFloats()));
        Assert.All(quick, answer => Assert.Equal(general.shape, answer.shape));
        quick[0][0, 0] = 7;
        Assert.Equal(general.ToFloats(), quick[2].ToFloats());
        Assert.Equal(general.ToFloats(), model.predict_on_batch(x).ToFloats());
        // The next prediction uses the new weights.
        model.fit(x, y, verbose: 0);
        Assert.Equal(model.predict(x, verbose: 0, steps: 1).ToFloats(), model.predict_on_batch(x).ToFloats());
        Assert.NotEqual(general.ToFloats(), model.predict_on_batch(x).ToFloats());
    }

    [Fact]
    public void The_quick_way_refuses_what_the_general_one_refuses()
    {
        using var engine = new ManagedEngine(1);
        var model = Small(engine);
        model.predict_on_batch(Row(pixels: false));
        model.predict_on_batch(Row(pixels: false));
        Assert.Contains("expected shape", Assert.Throws<ValueError>(() => model.predict_on_batch(np.ones([1, 7, 8, 1]))).Message);
        Assert.Contains("at least one sample", Assert.Throws<ValueError>(() => model.predict_on_batch(np.ones([0, 8, 8, 1]))).Message);
        Assert.Contains("None", Assert.Throws<ValueError>(() => model.predict_on_batch((NDArray)null!)).Message);
        Assert.Contains("batch_size", Assert.Throws<ValueError>(() => model.predict(np.ones([1, 8, 8, 1]), batch_size: 0, verbose: 0)).Message);
        Assert.Equal((1, 5), model.predict_on_batch(np.ones([1, 8, 8])).shape);
    }
}
