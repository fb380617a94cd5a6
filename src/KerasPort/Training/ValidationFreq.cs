using System.Collections;
using System.Globalization;

namespace KerasPort.Training;

/// <summary>The epochs after which a training evaluates: every so many, or those of a list, <c>[1, 2, 10]</c>, counted from 1.</summary>
[CollectionBuilder(typeof(ValidationFreq), nameof(Create))]
public readonly struct ValidationFreq : IEnumerable<int>
{
    private readonly int[]? _epochs;
    private readonly int _every;

    private ValidationFreq(int every, int[]? epochs) => (_every, _epochs) = (every, epochs);

    /// <summary>A list of epochs.</summary>
    public static ValidationFreq Create(ReadOnlySpan<int> epochs) => new(0, epochs.ToArray());

    /// <summary>Every so many epochs.</summary>
    /// <exception cref="ValueError">The number isn't positive.</exception>
    public static implicit operator ValidationFreq(int every) => every > 0 ? new(every, null)
        : throw new ValueError($"`validation_freq` must be a positive integer or a list of epochs. Received: validation_freq={every}");

    /// <summary>The epochs of an array.</summary>
    public static implicit operator ValidationFreq(int[] epochs) => epochs is not null ? Create(epochs)
        : throw new ValueError("`validation_freq` must be a positive integer or a list of epochs. Received: validation_freq=None");

    /// <summary>Whether there is an evaluation after an epoch, which is counted from 0.</summary>
    internal bool Includes(int epoch) => _epochs?.Contains(epoch + 1) ?? ((epoch + 1) % Every == 0);

    private int Every => Math.Max(_every, 1);

    /// <summary>The epochs of the list; empty without one.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_epochs ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As it was given.</summary>
    public override string ToString() => _epochs is null ? Every.ToString(CultureInfo.InvariantCulture) : PythonText.Str(_epochs);
}
