using System.Runtime.Intrinsics;
using KerasPort.Engines.Managed;

namespace KerasPort.Tests.Engines;

/// <summary>Sums over pieces of work don't depend on which thread ran which piece.</summary>
public unsafe class PieceSumsTests
{
    private const int Size = CacheLines.Floats;

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 4)]
    [InlineData(9, 4)]
    [InlineData(16, 4)]
    [InlineData(16, 16)]
    [InlineData(37, 5)]
    public void Sums_have_the_same_bits_whichever_thread_runs_a_piece(int pieces, int groups)
    {
        var random = new System.Random(pieces);
        float[] values = [.. Enumerable.Range(0, pieces * Size).Select(_ => random.NextSingle() - 0.5f)];
        int fewest = int.MaxValue;
        foreach (int threads in (int[])[1, 2, 3, 4, 16])
        {
            using var workers = new Workers(threads);
            for (int run = 0; run < 20; run++)
            {
                int places = Sum(workers, values, pieces, groups, uneven: run > 0, out float[] sums);
                fewest = Math.Min(fewest, places);
                Assert.InRange(places, Math.Min(pieces, groups), pieces);
                Assert.Equal(Expected(values, pieces, Math.Min(pieces, groups)), sums);
            }
        }
        // A single thread adds each group's sums in one place.
        Assert.Equal(Math.Min(pieces, groups), fewest);
    }

    private static int Sum(Workers workers, float[] values, int pieces, int groups, bool uneven, out float[] sums)
    {
        // What an earlier run left behind must not matter.
        float[] room = new float[PieceSums.Room(pieces, Size, workers.Threads)];
        Array.Fill(room, 3);
        sums = new float[Size];
        fixed (float* from = values, memory = room, to = sums)
        {
            var all = new PieceSums(memory, pieces, Size, workers.Threads).For(pieces, groups);
            for (int again = 0; again < 2; again++)
            {
                workers.Run(new Piece { From = from, Sums = all, IsUneven = uneven }, pieces);
                all.Close();
                var sum = new SumOfPieces<Simd128, Vector128<float>> { From = all, To = to, Count = Size };
                workers.Run(sum, sum.Pieces);
            }
            return all.Places;
        }
    }

    private static float[] Expected(float[] values, int pieces, int groups)
    {
        float[] sums = new float[Size];
        for (int i = 0; i < Size; i++)
            for (int group = 0; group < groups; group++)
            {
                int first = pieces * group / groups;
                float sum = values[first * Size + i];
                for (int piece = first + 1; piece < pieces * (group + 1) / groups; piece++) sum += values[piece * Size + i];
                sums[i] = group == 0 ? sum : sums[i] + sum;
            }
        return sums;
    }

    private struct Piece : IPieces
    {
        public float* From;
        public PieceSums Sums;
        public bool IsUneven;

        public readonly void Run(int piece)
        {
            // Some pieces take so long that other threads take those behind them.
            if (IsUneven && piece % 3 == 1) Thread.SpinWait(2000);
            float* to = Sums.Place(piece, Workers.IsFirst(), out bool add);
            for (int i = 0; i < Size; i++) to[i] = add ? to[i] + From[piece * Size + i] : From[piece * Size + i];
        }
    }
}
