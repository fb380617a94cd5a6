using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using KerasPort.Random;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override void RandomUnitsCore(ulong key, ulong upper, long block, int count, DeviceBuffer y) =>
        workers.Run(new DrawUnits { Key = key, Upper = upper, Block = block, To = At(y), Count = count }, Cut(count, FloatsPerPiece));

    protected override void RandomNormalsCore(ulong key, ulong upper, long block, int count, DeviceBuffer y) =>
        workers.Run(new DrawNormals { Key = key, Upper = upper, Block = block, To = At(y), Count = count }, Cut(count, FloatsPerPiece));

    /// <inheritdoc cref="DrawUnits"/>
    private struct DrawNormals : IPieces
    {
        public ulong Key, Upper;
        public long Block;
        public float* To;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int first = piece * FloatsPerPiece, count = Math.Min(FloatsPerPiece, Count - first);
            Philox.Normals(Key, Upper, Block + first / 4, new Span<float>(To + first, count));
        }
    }

    /// <summary>A piece is as many numbers as any elementwise one: whole blocks of four words.</summary>
    private struct DrawUnits : IPieces
    {
        public ulong Key, Upper;
        public long Block;
        public float* To;
        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int first = piece * FloatsPerPiece, count = Math.Min(FloatsPerPiece, Count - first), done = 0;
            if (Avx2.IsSupported)
                for (; done <= count - 16; done += 16) FourBlocks((ulong)Block + (ulong)(first + done) / 4, To + first + done);
            Philox.Units(Key, Upper, Block + (first + done) / 4, new Span<float>(To + first + done, count - done));
        }

        /// <summary>
        /// The same as <see cref="Philox.Units"/> for four blocks, each in a lane of 64 bits. Only the lanes' lower halves are multiplied, so the upper
        /// halves don't matter until the end.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void FourBlocks(ulong block, float* to)
        {
            var first = Vector256.Create(0xD2511F53ul).AsUInt32();
            var second = Vector256.Create(0xCD9E8D57ul).AsUInt32();
            var c0 = Vector256.Create(block, block + 1, block + 2, block + 3);
            Vector256<ulong> c1 = c0 >> 32, c2 = Vector256.Create(Upper), c3 = c2 >> 32;
            uint k0 = (uint)Key, k1 = (uint)(Key >> 32);
            for (int round = 0; round < 10; round++)
            {
                Vector256<ulong> p0 = Avx2.Multiply(first, c0.AsUInt32()), p1 = Avx2.Multiply(second, c2.AsUInt32());
                (c0, c1, c2, c3) = ((p1 >> 32) ^ c1 ^ Vector256.Create((ulong)k0), p1, (p0 >> 32) ^ c3 ^ Vector256.Create((ulong)k1), p0);
                k0 += 0x9E3779B9;
                k1 += 0xBB67AE85;
            }
            // The low 23 bits are the mantissa of a number in [1, 2).
            var fraction = Vector256.Create(0x7ffffful);
            Vector256<ulong> one = (c0 & fraction) | ((c1 & fraction) << 32), two = (c2 & fraction) | ((c3 & fraction) << 32);
            Vector256<ulong> even = Avx2.UnpackLow(one, two), odd = Avx2.UnpackHigh(one, two);
            Unit(Avx2.Permute2x128(even, odd, 0x20)).Store(to);
            Unit(Avx2.Permute2x128(even, odd, 0x31)).Store(to + 8);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<float> Unit(Vector256<ulong> fractions) =>
            (fractions.AsUInt32() | Vector256.Create(0x3f800000u)).AsSingle() - Vector256.Create(1f);
    }
}
