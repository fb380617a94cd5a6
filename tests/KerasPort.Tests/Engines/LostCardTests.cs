using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;
using KerasPort.Console;
using KerasPort.Cuda;
using KerasPort.Saving;

namespace KerasPort.Tests.Engines;

/// <summary>A card that is lost in the middle of a training, and stays so: the message, what is saved, and how to resume.</summary>
[Needs(Need.Pocl, Need.FashionMnist)]
[Slow]
public sealed class LostCardTests : IDisposable
{
    private readonly Lazy<Card> _opened = new(PoclCard.Another);

    private Card _card => _opened.Value;

    public void Dispose()
    {
        if (_opened.IsValueCreated) _card.Dispose();
    }

    [Fact]
    public void A_training_that_loses_its_card_goes_on_from_its_checkpoint_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var asked = new Dictionary<string, int>();
        _card.Asked = what => asked[what] = asked.GetValueOrDefault(what) + 1;
        byte[] through = Train(folder["through"]);
        // Before the first checkpoint, in the middle, and at the very end, which is in evaluate.
        (string What, int Number)[] losses = [("Launch", 20), ("Launch", asked["Launch"] / 2), ("Read", asked["Read"])];
        if (Figures.AreMany)
            losses = [.. losses, ("Launch", asked["Launch"]), ("Read", asked["Read"] / 3), ("Write", asked["Write"]), ("Allocate", 10),
                ("Allocate", asked["Allocate"])];
        foreach (var (what, number) in losses)
        {
            string at = $"{what}{number}";
            int left = number;
            bool lost = false;
            _card.Asked = now =>
            {
                lost |= now == what && --left == 0;
                if (lost) throw new CudaException("unspecified launch failure");
            };
            var error = Assert.Throws<EngineException>(() => Train(folder[at]));
            Assert.Matches(
                @"^Card pocl failed or was lost in the middle of its work; what was trained since the last save is gone "
                    + @"\(nvidia-smi and dmesg may say why\): [^\n]+$", error.Message);
            Assert.Equal(4, ExitCode.Of(error));
            _card.Asked = null;
            Assert.Empty(Directory.GetFiles(folder.Path, "*" + WholeFile.Unfinished, SearchOption.AllDirectories));
            Assert.All(Directory.GetFiles(folder.Path, at + ".keras"), file => keras.saving.load_model(file));
            Assert.Equal(through, Train(folder[at]));
        }
    }

    /// <summary>Two epochs with checkpoints and the model saved at each epoch's end, and an evaluation: weights, losses and its result.</summary>
    private byte[] Train(string name)
    {
        keras.utils.set_random_seed(7);
        var ((x, y), _) = TestModels.Data("cnn-8");
        var model = TestModels.Compiled("cnn-8", new CudaEngine(_card));
        var losses = model.fit(x[..160], y[..160], batch_size: 16, epochs: 2, verbose: 0, callbacks: [
            keras.callbacks.BackupAndRestore(name, 3, delete_checkpoint: false), keras.callbacks.ModelCheckpoint(name + ".keras")]).history["loss"];
        losses.Add(model.evaluate(x[..160], y[..160], verbose: 0)["loss"]);
        return [.. model.get_weights().SelectMany(w => MemoryMarshal.AsBytes(w.ToFloats().AsSpan()).ToArray()), .. losses.SelectMany(BitConverter.GetBytes)];
    }
}
