using KerasPort.Pipelines;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>
/// Batches that are asked for by their numbers, in whichever order: a <see cref="Utils.PyDataset"/>'s or an <see cref="Pictures.ImageFlow"/>'s.
/// </summary>
internal interface IBatchSequence : INumberedPasses
{
    /// <summary>Batches of an epoch.</summary>
    int Batches { get; }

    /// <summary>Whether code of somebody's own makes them.</summary>
    bool IsForeign { get; }

    /// <summary>Why another run couldn't give the same batches; <c>null</c> where it can.</summary>
    string? WhyNotAgain { get; }

    /// <summary>What they are made of, in a line.</summary>
    string Content { get; }

    /// <summary>The batches of these numbers, in their order, made ahead where that is allowed.</summary>
    IEnumerator<Data> Open(int[] numbers);

    /// <summary>An epoch begins.</summary>
    void BeginEpoch();

    /// <summary>An epoch has ended.</summary>
    void EndEpoch();

    /// <summary>Names what the batches of a pass that has begun depend on.</summary>
    void Keep(TrainingState state);
}
