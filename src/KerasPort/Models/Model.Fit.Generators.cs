using KerasPort.Callbacks;
using KerasPort.Training;

namespace KerasPort.Models;

public abstract partial class Model
{
    /// <summary>Trains the model on batches that a generator makes on demand: (inputs, targets) or (inputs, targets, sample weights).</summary>
    /// <remarks>
    /// No batch is pulled that isn't trained on. Without <paramref name="steps_per_epoch"/>, each epoch enumerates the generator anew. With it, an epoch
    /// continues where the one before it ended, and a generator that ends within an epoch starts anew in the next.
    /// </remarks>
    /// <param name="x">The batches.</param>
    /// <param name="y">Not allowed with a generator: targets are part of its batches.</param>
    /// <param name="batch_size">Not allowed with a generator, which decides the size of its batches.</param>
    /// <param name="epochs">The epoch to end with: the number of epochs if <paramref name="initial_epoch"/> is 0.</param>
    /// <param name="verbose">"auto" or 1: a progress bar; 2: a line per epoch; 0: nothing.</param>
    /// <param name="callbacks">Callbacks that are called during training.</param>
    /// <param name="validation_split">Not allowed with a generator.</param>
    /// <param name="validation_data">Inputs, targets and weights to evaluate on after each epoch.</param>
    /// <param name="shuffle">Without effect, as in Keras: the generator decides the order.</param>
    /// <param name="class_weight">Not allowed with a generator: sample weights may be part of its batches.</param>
    /// <param name="sample_weight">Not allowed with a generator: sample weights may be part of its batches.</param>
    /// <param name="initial_epoch">The epoch to begin with, counted from 0.</param>
    /// <param name="steps_per_epoch">Batches per epoch; by default all that the generator gives.</param>
    /// <param name="validation_steps">Batches per evaluation; all by default.</param>
    /// <param name="validation_batch_size">Samples per step of evaluation; 32 by default.</param>
    /// <param name="validation_freq">
    /// The number of epochs from one evaluation to the next, or a list of the epochs, counted from 1, after which to evaluate.
    /// </param>
    /// <returns>The losses and metrics of each epoch.</returns>
    /// <exception cref="ValueError">The data doesn't fit the model, the generator gives no batch, or the model isn't compiled.</exception>
    public History fit<T>(IEnumerable<T> x, Data? y = null, int? batch_size = null, int epochs = 1, Verbose? verbose = null, CallbackList? callbacks = null,
        double validation_split = 0, Data? validation_data = null, bool? shuffle = null, Dictionary<int, double>? class_weight = null,
        Data? sample_weight = null, int initial_epoch = 0, int? steps_per_epoch = null, int? validation_steps = null, int? validation_batch_size = null,
        ValidationFreq validation_freq = default) where T : struct, ITuple =>
        Fit(() => OpenTraining(x, steps_per_epoch, y, batch_size, validation_split, shuffle, sample_weight, class_weight),
            () => OpenValidation(null, validation_data, validation_batch_size, validation_steps),
            epochs, verbose, callbacks, initial_epoch, validation_freq, (steps_per_epoch, validation_steps));

    /// <summary>Trains the model on arrays, and after each epoch evaluates it on batches from a generator, which is enumerated anew each time.</summary>
    /// <inheritdoc cref="fit(Data, Data?, int?, int, Verbose?, CallbackList?, double, Data?, Shuffle, Dictionary{int, double}?, Data?, int, int?, int?, int?,
    /// ValidationFreq)"/>
    public History fit<V>(Data x, Data? y, IEnumerable<V> validation_data, int? batch_size = null, int epochs = 1, Verbose? verbose = null,
        CallbackList? callbacks = null, Shuffle shuffle = default, Dictionary<int, double>? class_weight = null, Data? sample_weight = null,
        int initial_epoch = 0,
        int? steps_per_epoch = null, int? validation_steps = null, ValidationFreq validation_freq = default) where V : struct, ITuple =>
        Fit(() =>
        {
            var arrays = Weighted(InOrder(x, y, sample_weight, compares: true), class_weight);
            RequirePositive(batch_size, nameof(batch_size));
            return SourceOf(arrays, batch_size, steps_per_epoch, shuffle, size => StaticBatch(arrays.X[0].Length, size));
        }, () => OpenValidation(validation_data, validation_steps),
        epochs, verbose, callbacks, initial_epoch, validation_freq, (steps_per_epoch, validation_steps));

    /// <summary>Trains the model on batches from a generator, and evaluates it on those of another one.</summary>
    /// <inheritdoc cref="fit{T}(IEnumerable{T}, Data?, int?, int, Verbose?, CallbackList?, double, Data?, bool?, Dictionary{int, double}?, Data?, int, int?,
    /// int?, int?, ValidationFreq)"/>
    public History fit<T, V>(IEnumerable<T> x, IEnumerable<V> validation_data, int epochs = 1, Verbose? verbose = null, CallbackList? callbacks = null,
        bool? shuffle = null, int initial_epoch = 0, int? steps_per_epoch = null, int? validation_steps = null, ValidationFreq validation_freq = default)
        where T : struct, ITuple where V : struct, ITuple =>
        Fit(() => OpenTraining(x, steps_per_epoch, null, null, 0, shuffle, null, null), () => OpenValidation(validation_data, validation_steps),
            epochs, verbose, callbacks, initial_epoch, validation_freq, (steps_per_epoch, validation_steps));

    /// <summary>Opens a generator to train on; refuses arguments that Keras doesn't take with one, with its messages.</summary>
    private GeneratorSource OpenTraining<T>(IEnumerable<T> x, int? steps, Data? y, int? batch_size, double validation_split, bool? shuffle, Data? sample_weight,
        Dictionary<int, double>? class_weight)
    {
        RefuseBesideBatches("generator", y, validation_split, sample_weight);
        if (class_weight is not null)
            throw new ValueError(
                "Argument `class_weight` is not supported for generators: let it yield weights of samples, as (inputs, targets, sample_weights).");
        if (batch_size is not null)
            throw new ValueError($"The `batch_size` argument must not be specified for a generator, "
                + $"whose batches are as large as it makes them. Received: batch_size={batch_size}");
        if (shuffle == true)
            Console.Error.WriteLine("UserWarning: `shuffle=True` was passed, but will be ignored since the data `x` was provided as "
                + "a generator. The generator is expected to yield already-shuffled data.");
        return SourceOf(Batches(x, nameof(x)), steps, startsAnew: false, compares: true);
    }

    private GeneratorSource OpenValidation<V>(IEnumerable<V> data, int? steps) =>
        SourceOf(Batches(data, "validation_data"), steps, startsAnew: true, compares: true);
}
