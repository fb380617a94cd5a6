using System.Runtime.CompilerServices;
using KerasPort.Random;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override void RandomUnitsCore(ulong key, ulong upper, int count, DeviceBuffer y) =>
        workers.Run(new DrawUnits { Key = key, Upper = upper, To = At(y), Count = count }, Cut(count, FloatsPerPiece));

    /// <summary>A piece is as many numbers as any elementwise one: whole blocks of four words.</summary>
    private struct DrawUnits : IPieces
    {
        public ulong Key, Upper;
        public float* To;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int first = piece * FloatsPerPiece, count = Math.Min(FloatsPerPiece, Count - first);
            Philox.Units(Key, Upper, first / 4, new Span<float>(To + first, count));
        }
    }
}
