using System.Text.Json;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Optimizers;

public sealed partial class RecordedOptimizerTests
{
    /// <summary>
    /// Files from the middle of a training, some from the middle of an accumulation, continue in the real Keras as here, and vice versa. Except
    /// for MultiOptimizer, whose state Keras doesn't find again in its own files either.
    /// </summary>
    [Fact]
    [Slow]
    [Needs(Need.RealKeras)]
    public void Keras_goes_on_from_files_and_back()
    {
        var (x, y) = Data();
        double Epoch(Model model) => model.fit(x, y, batch_size: 8, shuffle: false, verbose: 0).history["loss"][0];
        JsonElement[] all =
        [
            .. s_recorded.GetProperty("trainings").EnumerateArray().Skip(36).Where(one => one.GetProperty("class_name").GetString() != nameof(MultiOptimizer)),
        ];
        using var folder = new TemporaryFolder();
        var models = new List<Model>();
        foreach (var (i, recorded) in all.Index())
        {
            keras.utils.clear_session();
            var model = Model(recorded);
            model.compile(Make<Optimizer>(recorded), "mse");
            var first = recorded.GetProperty("w0").EnumerateArray();
            model.set_weights([.. first.Zip(model.variables, (w, variable) => new NDArray(Fixtures.Floats(w), variable.shape))]);
            Epoch(model);
            model.save(folder[$"{i}.keras"]);
            models.Add(model);
        }
        var answer = RealKeras.Ask("optimizers_both_ways.py", [folder[""]]);
        float[] trained = Fixtures.Floats(answer.GetProperty("trained")), resumed = Fixtures.Floats(answer.GetProperty("resumed"));
        Assert.Equal(all.Length, trained.Length);
        for (int i = 0; i < all.Length; i++)
        {
            string what = all[i].GetProperty("config").ToString();
            Assert.True(Math.Abs(Epoch(models[i]) - trained[i]) <= 2e-5 * trained[i], $"{what}, there");
            double here = Epoch(keras.models.load_model(folder[$"there-{i}.keras"]));
            Assert.True(Math.Abs(here - resumed[i]) <= 2e-5 * resumed[i], $"{what}, here {here}, Keras {resumed[i]}");
        }
    }
}
