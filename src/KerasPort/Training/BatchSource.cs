using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>The source of the batches of a fit, an evaluation or a prediction, epoch after epoch, until it is disposed of.</summary>
internal abstract class BatchSource : IDisposable
{
    /// <summary>Batches of an epoch, as callbacks are told; <c>null</c> where nobody knows.</summary>
    public abstract int? Steps { get; }

    /// <summary>Batches of the current epoch; <c>null</c> if its end is known only when it is reached.</summary>
    public virtual int? Due => Steps;

    /// <summary>Rows in all; <c>null</c> where nobody knows.</summary>
    public virtual int? Rows => null;

    /// <summary>Whether user code makes the batches. It may use the model, and must then see what each batch changed.</summary>
    public virtual bool IsForeign => false;

    /// <summary>The last batch, if the epoch met the data's end where nobody knew that it would come; else <c>null</c>.</summary>
    public Portion? EndedAfter { get; protected set; }

    /// <summary>Reads the first batch before it is due, if the data's form is known only from it.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    public virtual void Peek() { }

    /// <summary>An epoch begins.</summary>
    /// <param name="orderKey">The key of its random order.</param>
    public virtual void BeginEpoch(long orderKey) { }

    /// <summary>The batches of the epoch that has begun, from the <paramref name="first"/>-th on.</summary>
    public abstract IEnumerable<Portion> Batches(int first);

    /// <summary>Ends an epoch whose <paramref name="first"/> batches had all run before the training was resumed.</summary>
    public virtual void Skip(int first) { }

    /// <summary>How the data is cut into batches, in one line. A resumed training must have the same.</summary>
    public abstract string Cut { get; }

    /// <summary>Identifies the data, such as by a hash. A resumed training must have the same.</summary>
    public abstract string Content { get; }

    /// <summary>Refuses a training that is to be resumable, if this source can't continue from a saved position.</summary>
    /// <exception cref="ValueError">It can't.</exception>
    public virtual void RequireResumable() { }

    /// <summary>Saves or restores the position.</summary>
    public virtual void Keep(TrainingState state) { }

    /// <inheritdoc/>
    public virtual void Dispose() { }

    /// <summary>Warns that the data ended before the number of steps was reached.</summary>
    protected static void WarnOfEnd() => Console.Error.WriteLine(
        "UserWarning: Your input ran out of data; interrupting training. Make sure that your dataset or generator can generate "
        + "at least `steps_per_epoch * epochs` batches. "
        + "You may need to use the `.repeat()` function when building your dataset.");
}
