using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>Where the batches of a fit, an evaluation or a prediction come from, epoch after epoch, until it is disposed of.</summary>
internal abstract class BatchSource : IDisposable
{
    /// <summary>Batches of an epoch, as callbacks are told; <c>null</c> where nobody knows.</summary>
    public abstract int? Steps { get; }

    /// <summary>Batches of the epoch that has begun; <c>null</c> where its end is seen when it comes.</summary>
    public virtual int? Due => Steps;

    /// <summary>Rows in all; <c>null</c> where nobody knows.</summary>
    public virtual int? Rows => null;

    /// <summary>Whether somebody's own code gives the batches: it may use the model, so that it must see what each batch changed.</summary>
    public virtual bool IsForeign => false;

    /// <summary>Looks at the first batch before it is due, where only that tells what the data is like.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    public virtual void Peek() { }

    /// <summary>An epoch begins.</summary>
    /// <param name="orderKey">What its random order follows from.</param>
    public virtual void BeginEpoch(long orderKey) { }

    /// <summary>The batches of the epoch that has begun, from the <paramref name="first"/>-th on.</summary>
    public abstract IEnumerable<Portion> Batches(int first);

    /// <summary>An epoch goes on behind its <paramref name="first"/> batches, which are all that are due.</summary>
    public virtual void Skip(int first) { }

    /// <summary>What the batches are made of, in a line that says how: a training that is resumed has the same.</summary>
    public abstract string Cut { get; }

    /// <summary>The data's own mark, such as a hash: a training that is resumed has the same.</summary>
    public abstract string Content { get; }

    /// <summary>Refuses a training that is to be resumed, where this source couldn't go on at the same place.</summary>
    /// <exception cref="ValueError">It couldn't.</exception>
    public virtual void RequireResumable() { }

    /// <summary>Names where it is.</summary>
    public virtual void Keep(TrainingState state) { }

    /// <inheritdoc/>
    public virtual void Dispose() { }

    /// <summary>Says that there was less than was asked for.</summary>
    protected static void WarnOfEnd() => Console.Error.WriteLine(
        "UserWarning: Your input ran out of data; interrupting training. Make sure that your dataset or generator can generate "
        + "at least `steps_per_epoch * epochs` batches. "
        + "You may need to use the `.repeat()` function when building your dataset.");
}
