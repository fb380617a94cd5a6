using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>Arrays in memory: one portion an epoch. An epoch of fewer steps than the arrays have batches is continued by the next epoch, as in Keras.</summary>
/// <param name="x">Inputs.</param>
/// <param name="y">Targets.</param>
/// <param name="weights">Weights of samples.</param>
/// <param name="batchSize">Rows a batch.</param>
/// <param name="shuffle">Whether each pass over the rows has a random order.</param>
/// <param name="steps">Batches an epoch; <c>null</c> for all of a pass.</param>
/// <param name="startsAnew">Whether each epoch starts with the first row, as the evaluations of a training do.</param>
internal sealed class ArraySource(NDArray[] x, NDArray[] y, NDArray[] weights, int batchSize, Shuffle shuffle, int? steps, bool startsAnew = false)
    : BatchSource
{
    // Values of x up to which a single batch is written straight to the plan: so little data isn't worth a gather.
    private const int MostToWrite = 1 << 15;

    private readonly int[] _order = Portion.InOrder(x[0].Length);
    private readonly int _inPass = (x[0].Length - 1) / batchSize + 1;
    private int _before, _due;      // batches of this pass: before this epoch, and in it
    private long _passKey;
    private bool _warned;

    public override int? Steps => steps ?? _inPass;

    public override int? Due => _due;

    public override int? Rows => (int)Math.Min(_order.Length, (long)Steps!.Value * batchSize);

    public override string Cut =>
        $"{batchSize} rows, {(shuffle.OfRows ? "shuffled" : shuffle.InBatches ? "shuffled within batches" : "in order")}"
            + (steps is null ? "" : $", {steps} an epoch");

    public override string Content => Hash([.. x, .. y, .. weights]);

    public override void BeginEpoch(long orderKey)
    {
        _before += _due;
        if (startsAnew || _before is 0 || _before == _inPass) (_before, _passKey) = (0, orderKey);
        _due = Math.Min(steps ?? _inPass, _inPass - _before);
    }

    public override IEnumerable<Portion> Batches(int first)
    {
        if (shuffle.OfRows) Seeds.Shuffle(_order, _passKey);
        else if (shuffle.InBatches) ShuffleBatches();
        int start = (_before + first) * batchSize, end = Math.Min((_before + _due) * batchSize, _order.Length);
        yield return shuffle is { OfRows: false, InBatches: false } && end - start == _order.Length && end <= batchSize && x[0].size <= MostToWrite
            ? new Portion(x, y, weights)
            : new Portion(x, y, weights, _order.AsMemory(start..end), batchSize);
        if (_due == Steps || _warned) yield break;
        _warned = true;
        WarnOfEnd();
    }

    /// <summary>Gives the rows of each batch of a pass another order among themselves.</summary>
    private void ShuffleBatches()
    {
        for (int start = 0, batch = 0; start < _order.Length; start += batchSize, batch++)
        {
            var rows = _order.AsSpan(start, Math.Min(batchSize, _order.Length - start));
            Seeds.Shuffle(rows, new Philox((uint)_passKey, (uint)batch, int.MaxValue, 0));
            foreach (ref int row in rows) row += start;
        }
    }

    public override void Keep(TrainingState state)
    {
        state.Keep("before", ref _before);
        state.Keep("due", ref _due);
        state.Keep("pass_key", ref _passKey);
    }

    /// <summary>A hash of the arrays' values and shapes.</summary>
    internal static string Hash(NDArray[] arrays)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var array in arrays)
        {
            hash.AppendData(MemoryMarshal.AsBytes(array.shape.AsSpan()));
            if (array.TryGetBytes(out byte[]? bytes, out var values, out int offset))
            {
                hash.AppendData(MemoryMarshal.AsBytes(values));
                hash.AppendData(bytes, offset, array.size);
                continue;
            }
            var part = new float[Math.Min(1 << 16, array.size)];
            for (int at = 0; at < array.size; at += part.Length)
            {
                var filled = part.AsSpan(0, Math.Min(part.Length, array.size - at));
                array.CopyTo(at, filled);
                hash.AppendData(MemoryMarshal.AsBytes(filled));
            }
        }
        return $"SHA-256 {Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}…";
    }
}
