using KerasPort.Optimizers;
using KerasPort.Saving;

namespace KerasPort.Callbacks;

/// <summary>
/// Evaluates and predicts with the moving averages that an optimizer with <c>use_ema: true</c> keeps: swaps them with the weights before, and back after
/// an evaluation. As in Keras, they stay in the model after a prediction.
/// </summary>
public sealed class SwapEMAWeights : Callback
{
    private bool _isSwapped;

    /// <summary>Creates a callback that swaps in the averages.</summary>
    /// <param name="swap_on_epoch">
    /// Whether the model has the averages also between two epochs, for callbacks that come later, such as <see cref="ModelCheckpoint"/>.
    /// </param>
    public SwapEMAWeights(bool swap_on_epoch = false) => this.swap_on_epoch = swap_on_epoch;

    /// <summary>Whether the model has the averages also between two epochs.</summary>
    public bool swap_on_epoch { get; }

    /// <inheritdoc/>
    public override void keep_state(TrainingState state) => state.Keep("is_swapped", ref _isSwapped);

    /// <inheritdoc/>
    public override void on_epoch_begin(int epoch, Logs logs)
    {
        if (swap_on_epoch) Swap(isSwapped: false);
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs logs)
    {
        if (!swap_on_epoch || _isSwapped) return;
        Swap(isSwapped: true);
        // At the end of training the optimizer sets the weights to the averages; these must be the swapped-in values by then.
        if (epoch == model.Progress!.Epochs - 1) model.AverageFromHere();
    }

    /// <inheritdoc/>
    /// <exception cref="ValueError">The optimizer keeps no averages.</exception>
    public override void on_test_begin(Logs logs) => Swap(isSwapped: true);

    /// <inheritdoc/>
    public override void on_test_end(Logs logs) => Swap(isSwapped: false);

    /// <inheritdoc/>
    /// <exception cref="ValueError">The optimizer keeps no averages.</exception>
    public override void on_predict_begin(Logs logs) => Swap(isSwapped: true);

    private void Swap(bool isSwapped)
    {
        if (_isSwapped == isSwapped) return;
        if (!model.HasAverages)
        {
            throw new ValueError(model.optimizer is MultiOptimizer or LossScaleOptimizer { inner_optimizer: MultiOptimizer }
                ? "SwapEMAWeights must be used when at least one inner optimizer has `use_ema=True` set."
                : "SwapEMAWeights must be used when `use_ema=True` is set on the optimizer. "
                    + $"Received: use_ema={PythonText.Str((model.optimizer as LossScaleOptimizer)?.inner_optimizer.use_ema ?? model.optimizer?.use_ema)}");
        }
        model.SwapAverages();
        _isSwapped = isSwapped;
    }
}
