using KerasPort.Pipelines;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>Batches that are asked for by number, in any order: those of a <see cref="Utils.PyDataset"/> or an <see cref="Pictures.ImageFlow"/>.</summary>
internal interface IBatchSequence : INumberedPasses
{
    /// <summary>Batches of an epoch.</summary>
    int Batches { get; }

    /// <summary>Whether user code makes them.</summary>
    bool IsForeign { get; }

    /// <summary>Why another run can't give the same batches; <c>null</c> if it can.</summary>
    string? WhyNotAgain { get; }

    /// <summary>A description of the data, in one line.</summary>
    string Content { get; }

    /// <summary>The batches of these numbers, in this order. They may be made ahead, if that is allowed.</summary>
    IEnumerator<Data> Open(int[] numbers);

    /// <summary>An epoch begins.</summary>
    void BeginEpoch();

    /// <summary>An epoch has ended.</summary>
    void EndEpoch();

    /// <summary>Saves or restores the state that the batches of the current pass depend on.</summary>
    void Keep(TrainingState state);
}
