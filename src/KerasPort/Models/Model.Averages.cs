namespace KerasPort.Models;

// Moving averages of the weights (use_ema), which the optimizer keeps.
public abstract partial class Model
{
    /// <summary>Whether the optimizer keeps averages, which it does once it is built.</summary>
    internal bool HasAverages => optimizer_is_built && Trained.Any(weight => optimizer.AverageOf(weight) is not null);

    /// <summary>Sets each weight to its average.</summary>
    private void TakeAverages() => ChangeAverages((_, average) => (average, average));

    /// <summary>Swaps each weight with its average.</summary>
    internal void SwapAverages() => ChangeAverages((weight, average) => (average, weight));

    /// <summary>Sets each average to its weight.</summary>
    internal void AverageFromHere() => ChangeAverages((weight, _) => (weight, weight));

    private void ChangeAverages(Func<float[], float[], (float[] Weight, float[] Average)> change)
    {
        if (!HasAverages) return;
        using var turn = Turns.Take();
        var running = Running();
        foreach (var (weight, index) in TrainedPlaces())
        {
            if (optimizer.AverageOf(weight) is not { } slot) continue;
            var (value, average) = (new float[weight.size], new float[weight.size]);
            running.GetWeight(index, value);
            running.GetSlot(slot, index, average);
            (value, average) = change(value, average);
            running.SetWeight(index, value);
            running.SetSlot(slot, index, average);
        }
        _engineIsAhead = true;
    }
}
