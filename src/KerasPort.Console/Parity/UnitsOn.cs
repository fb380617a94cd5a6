namespace KerasPort.Console.Parity;

/// <summary>The relu units that were on in the batches before Python's losses parted from the port's, as <c>codelab.py --beside</c> writes them.</summary>
/// <param name="Parted">The step whose loss parted, counted from 0; null when none did.</param>
/// <param name="Layers">The layers with relu units.</param>
/// <param name="Batches">The last batches, including the one whose loss parted.</param>
internal sealed record UnitsOn(int? Parted, string[] Layers, UnitsOn.Batch[] Batches)
{
    /// <summary>The units of one batch before its step, per layer.</summary>
    internal sealed record Batch(int Step, Units[] Layers);

    /// <param name="On">One bit per unit, image after image, the first in a byte's highest bit.</param>
    /// <param name="Near">The activations just above zero, by the unit's index.</param>
    internal sealed record Units(byte[] On, Dictionary<int, double> Near);
}
