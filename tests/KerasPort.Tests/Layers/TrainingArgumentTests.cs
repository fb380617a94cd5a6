using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests.Layers;

/// <summary>
/// Whether layers train whose calls aren't told, as Keras decides it: from the layer that was told last in the outermost call. The expected values are what
/// such layers print in Keras 3.15.1, with None as False.
/// </summary>
public sealed class TrainingArgumentTests
{
    private static readonly NDArray s_x = np.ones((2, 4, 4, 3));

    [Fact]
    public void A_layer_for_images_says_so_to_those_after_it()
    {
        var i = keras.Input((4, 4, 3));
        var (a, b, c) = (new Probe(), new Probe(), new Probe());
        var model = keras.Model(i, b.Apply(keras.layers.Resizing(2, 2).Apply(a.Apply(i))));
        Said(model, null, (a, false), (b, true));
        Said(model, false, (a, false), (b, false));
        Said(model, true, (a, true), (b, true));
        model = keras.Model(i, c.Apply(keras.layers.Dropout(0.5).Apply(b.Apply(keras.layers.Resizing(2, 2).Apply(a.Apply(i))))));
        Said(model, null, (a, false), (b, true), (c, false));
        model = keras.Model(i, b.Apply(keras.layers.RandomFlip().Apply(keras.layers.Dropout(0.5).Apply(a.Apply(i)))));
        Said(model, null, (a, false), (b, true));
        model = keras.Sequential([keras.Sequential([keras.layers.RandomFlip()]), a, keras.layers.Conv2D(2, 1), keras.layers.Dropout(0.3), b]);
        Said(model, null, (a, true), (b, false));
    }

    [Fact]
    public void Batch_normalization_after_resizing_moves_its_means_when_a_model_is_applied()
    {
        var normalization = keras.layers.BatchNormalization();
        var model = keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Resizing(2, 2), normalization]);
        Assert.Equal(0, (double)model.Apply(s_x).numpy().mean(), 1e-6);
        Assert.Equal(0.01, (double)normalization.moving_mean.numpy()[0], 1e-6);
        Assert.Equal(0.99 / Math.Sqrt(0.99 + 0.001), (double)model.predict(s_x, verbose: 0).mean(), 1e-5);
    }

    /// <summary>In a class of one's own, too, what one layer is told holds for those after it.</summary>
    [Fact]
    public void A_call_that_is_told_says_so_to_those_after_it()
    {
        foreach (bool? training in (bool?[])[true, null])
        {
            var model = new Telling(isTold: false);
            Said(model, training, (model.First, training == true), (model.Told, false), (model.Last, false));
            model = new Telling(isTold: true);
            Said(model, training, (model.First, training == true), (model.Told, true), (model.Last, true));
        }
        var trained = new Telling(isTold: false);
        trained.compile("sgd", "mse");
        trained.fit(s_x, s_x, verbose: 0);
        Assert.Equal((true, false, false), (trained.First.Said, trained.Told.Said, trained.Last.Said));
    }

    private static void Said(Model model, bool? training, params (Probe Of, bool Expected)[] probes)
    {
        model.Apply(s_x);
        model.Apply(s_x, training);
        Assert.Equal(probes.Select(one => one.Expected), probes.Select(one => one.Of.Said!.Value));
    }

    private sealed class Probe : Layer
    {
        public bool? Said { get; private set; }

        public override Tensor call(Tensor x, bool training)
        {
            Said = training;
            return x;
        }
    }

    private sealed class Telling(bool isTold) : Model
    {
        public readonly Probe First = new(), Told = new(), Last = new();

        private readonly Layer scale = keras.layers.Dense(3);

        public override Tensor call(Tensor x, bool training) => Last.Apply(Told.Apply(scale.Apply(First.Apply(x)), training: isTold));
    }
}
