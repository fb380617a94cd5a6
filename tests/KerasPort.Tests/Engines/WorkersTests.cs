using KerasPort.Engines.Managed;

namespace KerasPort.Tests.Engines;

/// <summary>Threads that share pieces: each piece runs once, whoever takes it.</summary>
public sealed unsafe class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Each_piece_runs_once(int threads)
    {
        using var workers = new Workers(threads);
        int[] ran = new int[40];
        fixed (int* counts = ran)
        {
            for (int round = 0; round < 2000; round++)
            {
                // Now and then the threads have gone to sleep before there is work.
                if (round % 500 == 499) Thread.Sleep(20);
                int pieces = round % ran.Length;
                workers.Run(new Counting { Counts = counts }, pieces);
                Assert.All(ran[..pieces], count => Assert.Equal(1, count));
                Assert.All(ran[pieces..], count => Assert.Equal(0, count));
                Array.Clear(ran);
            }
        }
    }

    [Fact]
    public void A_job_may_be_larger_than_the_room_beside_its_round()
    {
        using var workers = new Workers(2);
        int[] ran = new int[16];
        fixed (int* counts = ran)
        {
            var large = new LargeCounting { Of = new() { Counts = counts } };
            Assert.True(sizeof(LargeCounting) > SharedLines.RoomForJob);
            for (int round = 0; round < 100; round++) workers.Run(large, ran.Length);
        }
        Assert.All(ran, count => Assert.Equal(100, count));
    }

    [Fact]
    public void Callers_at_the_same_time_each_get_all_of_their_pieces()
    {
        using var workers = new Workers(3);
        int[][] ran = new int[3][];
        Parallel.For(0, ran.Length, new ParallelOptions { MaxDegreeOfParallelism = ran.Length }, caller =>
        {
            int[] mine = ran[caller] = new int[7];
            fixed (int* counts = mine)
                for (int round = 0; round < 3000; round++) workers.Run(new Counting { Counts = counts }, mine.Length);
        });
        Assert.All(ran, mine => Assert.All(mine, count => Assert.Equal(3000, count)));
    }

    private struct Counting : IPieces
    {
        public int* Counts;

        public readonly void Run(int piece)
        {
            Thread.SpinWait(piece % 3 * 20);
            Interlocked.Increment(ref Counts[piece]);
        }
    }

    private struct LargeCounting : IPieces
    {
        public Counting Of;
        private fixed long _rest[256];

        public readonly void Run(int piece) => Of.Run(piece);
    }
}
