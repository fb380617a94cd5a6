using System.Globalization;

namespace KerasPort.Console.Parity;

/// <summary>
/// A relu unit near zero that is on in one program and off in the other. Up to it the weights differ by rounding alone; then one program has
/// a gradient for the unit and the other none, and the trainings part.
/// </summary>
/// <param name="Step">The step, counted from 1 over all epochs.</param>
/// <param name="Layer">The unit's layer.</param>
/// <param name="Unit">The unit's index in a dense layer, the filter's in a convolution.</param>
/// <param name="Place">Row and column in a convolution's output; null in a dense layer.</param>
/// <param name="Row">The image's index in the batch.</param>
/// <param name="OnInPython">Whether the unit is on in Python and off in the port, rather than the reverse.</param>
/// <param name="Value">The activation in the program where the unit is on; null when it is more than a little above zero.</param>
/// <param name="PartedStep">The first step, counted from 1, whose losses differ by more than rounding.</param>
internal sealed record Flip(int Step, string Layer, int Unit, (int Row, int Column)? Place, int Row, bool OnInPython, double? Value, int PartedStep)
{
    /// <summary>The flip in words, such as 'step 31, unit 17 of dense'.</summary>
    public string Name => $"step {Step}, {(Place is { } at ? $"filter {Unit} at {at.Row}, {at.Column}" : $"unit {Unit}")} of {Layer}";

    public string Sentence => string.Create(CultureInfo.InvariantCulture,
        $"{Name}: {(OnInPython ? "on in Python and off here" : "on here and off in Python")}{(Value is { } value ? $", by {value:0.0e-0}" : "")}" +
        $", for image {Row} of the batch; losses part at step {PartedStep}");
}
