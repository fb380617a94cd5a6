namespace KerasPort.Training;

/// <summary>The order of the rows of arrays in an epoch: all shuffled, shuffled within each batch ("batch"), or as they are.</summary>
public readonly record struct Shuffle
{
    private const string Batch = "batch";

    private readonly bool _inOrder;

    private Shuffle(bool inOrder, bool inBatches) => (_inOrder, InBatches) = (inOrder, inBatches);

    /// <summary>Whether all rows change places.</summary>
    internal bool OfRows => !_inOrder && !InBatches;

    /// <summary>Whether rows change places within their batch.</summary>
    internal bool InBatches { get; }

    /// <summary>All rows or none.</summary>
    public static implicit operator Shuffle(bool shuffle) => new(!shuffle, false);

    /// <summary>"batch": rows are shuffled within their batch.</summary>
    /// <exception cref="ValueError">It isn't "batch".</exception>
    public static implicit operator Shuffle(string shuffle) => shuffle == Batch ? new(false, true)
        : throw new ValueError($"`shuffle` must be True, False or \"batch\". Received: shuffle={PythonText.Repr(shuffle)}");

    /// <summary>The value in Python.</summary>
    public override string ToString() => InBatches ? Batch : _inOrder ? "False" : "True";
}
