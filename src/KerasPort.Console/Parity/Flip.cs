using System.Globalization;

namespace KerasPort.Console.Parity;

/// <summary>
/// A relu unit near zero that is on in one program and off in the other: from the same weights but for rounding, its gradient is there in
/// one and not in the other, and from there on each trains its own way.
/// </summary>
/// <param name="Step">Counted from 1 over all epochs.</param>
/// <param name="Layer">The unit's layer.</param>
/// <param name="Unit">Its number in a dense layer, its filter in a convolution.</param>
/// <param name="Place">Row and column in a convolution's output; null in a dense layer.</param>
/// <param name="Row">The image, by its place in the batch.</param>
/// <param name="OnInPython">Whether it is on there and off here.</param>
/// <param name="Value">By how much it is on, where it is; null when that is more than a little.</param>
/// <param name="PartedStep">The first step, counted from 1, whose losses differ by more than rounding.</param>
internal sealed record Flip(int Step, string Layer, int Unit, (int Row, int Column)? Place, int Row, bool OnInPython, double? Value, int PartedStep)
{
    /// <summary>As in 'step 31, unit 17 of dense'.</summary>
    public string Name => $"step {Step}, {(Place is { } at ? $"filter {Unit} at {at.Row}, {at.Column}" : $"unit {Unit}")} of {Layer}";

    public string Sentence => string.Create(CultureInfo.InvariantCulture,
        $"{Name}: {(OnInPython ? "on in Python and off here" : "on here and off in Python")}{(Value is { } value ? $", by {value:0.0e-0}" : "")}" +
        $", for image {Row} of the batch; losses part at step {PartedStep}");
}
