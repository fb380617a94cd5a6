using System.Buffers;
using KerasPort.Saving;
using KerasPort.Training;

namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>The state of the running <see cref="fit"/>; <c>null</c> outside of one.</summary>
    internal Progress? Progress { get; private set; }

    /// <summary>Keeps everything in a model that training changes: the weights, the optimizer's slots, and whether a callback stopped it.</summary>
    internal void Keep(TrainingState state)
    {
        using var turn = Turns.Take();
        var running = Running();
        var all = variables;
        if (!state.Restores) FetchWeights();
        for (int i = 0; i < all.Count; i++)
        {
            state.Keep($"weights/{i}", all[i].Host);
            if (state.Restores) running.SetWeight(i, all[i].Host);
        }
        if (state.Restores) _engineIsAhead = false;
        state.Within("random_states", KeepRandomStates);

        optimizer!.Keep(state);
        if (state.Restores && optimizer.Batches > 0) BuildOptimizer();
        for (int slot = 0; slot < optimizer.SlotCount; slot++)
        {
            foreach (var (weight, i) in TrainedPlaces())
            {
                var values = ArrayPool<float>.Shared.Rent(weight.size);
                var used = values.AsSpan(0, weight.size);
                if (!state.Restores) running.GetSlot(slot, i, used);
                state.Keep($"slots/{slot}/{i}", used);
                if (state.Restores) running.SetSlot(slot, i, used);
                ArrayPool<float>.Shared.Return(values);
            }
        }
        bool stops = stop_training;
        state.Keep("stop_training", ref stops);
        stop_training = stops;
    }
}
