using CsCheck;
using KerasPort.Saving;

namespace KerasPort.Tests.Saving;

public class TrainingStateTests
{
    private sealed class Everything
    {
        public int Number = 3;
        public double? Maybe = double.NaN, Nothing;
        public bool Yes = true;
        public string? Text = "Zürich ≈ 🦊", NoText;
        public List<double> List = [1, double.NegativeInfinity, double.Epsilon];
        public float[]? Array = [float.NaN, -0f];
        public NDArray[]? Weights = [new NDArray([1f, 2f], 2, 1), new NDArray(new float[0], 0, 4)];
        public Logs? Logs = new() { ["b"] = 1, ["a"] = double.NaN };
        public Dictionary<string, List<double>> History = new() { ["loss"] = [2, 1], ["val_loss"] = [3] };

        public void Keep(TrainingState state)
        {
            state.Keep("number", ref Number);
            state.Keep("maybe", ref Maybe);
            state.Keep("nothing", ref Nothing);
            state.Keep("yes", ref Yes);
            state.Keep("text", ref Text);
            state.Keep("no_text", ref NoText);
            state.Keep("list", List);
            state.Keep("array", ref Array);
            state.Keep("weights", ref Weights);
            state.Keep("logs", ref Logs);
            state.Keep("history", History);
        }
    }

    [Fact]
    public void Everything_comes_back_bit_for_bit()
    {
        byte[] saved = Save(new Everything());
        var other = new Everything
        {
            Number = 0, Maybe = 1, Nothing = 2, Yes = false, Text = null, NoText = "x", List = [9], Array = null, Weights = null,
            Logs = null, History = new() { ["old"] = [1] }
        };
        new TrainingState(saved).Within("it", other.Keep);
        Assert.Equal(saved, Save(other));
        Assert.Equal((3, (double?)double.NaN, (double?)null, true, "Zürich ≈ 🦊", (string?)null),
            (other.Number, other.Maybe, other.Nothing, other.Yes, other.Text, other.NoText));
        Assert.Equal(["b", "a"], other.Logs!.Keys);
        Assert.Equal(["loss", "val_loss"], other.History.Keys);
        Assert.Equal([0, 4], other.Weights![1].shape);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        var state = new TrainingState(Save(new Everything()));
        long number = 1;
        Assert.Equal("it holds no 'it/number' with 1 values",
            Assert.Throws<CheckpointException>(() => state.Within("it", s => s.Keep("number", ref number))).Message);
    }

    /// <summary>A checksum precedes the state; even without one, bytes that are no state are refused in a single way.</summary>
    [Fact]
    public void Damaged_bytes_give_one_exception()
    {
        byte[] saved = Save(new Everything());
        Gen.Select(Gen.Int[0, saved.Length - 1], Gen.Byte, Gen.Int[0, saved.Length]).Sample((at, value, cut) =>
        {
            byte[] broken = [.. saved];
            broken[at] = value;
            var e = Record.Exception(() => new TrainingState(broken.AsSpan(0, cut)).Within("it", new Everything().Keep));
            Assert.True(e is null or CheckpointException, e?.ToString());
        }, iter: 20_000);
    }

    private static byte[] Save(Everything everything)
    {
        var state = new TrainingState();
        state.Within("it", everything.Keep);
        return [.. state.ToBytes().SelectMany(piece => piece.ToArray())];
    }
}
