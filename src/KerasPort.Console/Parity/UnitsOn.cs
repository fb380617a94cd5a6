namespace KerasPort.Console.Parity;

/// <summary>Which relu units were on in the batches before Python's losses parted from the port's, as <c>codelab.py --beside</c> writes it.</summary>
/// <param name="Parted">The step whose loss parted, counted from 0; null when none did.</param>
/// <param name="Layers">The layers that have such units.</param>
/// <param name="Batches">The last batches, the one that parted included.</param>
internal sealed record UnitsOn(int? Parted, string[] Layers, UnitsOn.Batch[] Batches)
{
    /// <summary>One batch before its step, layer by layer.</summary>
    internal sealed record Batch(int Step, Units[] Layers);

    /// <param name="On">A bit for each unit, image after image, the first in a byte's highest.</param>
    /// <param name="Near">By how much those are on that are so by next to nothing, by their number.</param>
    internal sealed record Units(byte[] On, Dictionary<int, double> Near);
}
