using CsCheck;
using KerasPort.Distribution;

namespace KerasPort.Tests.Distribution;

/// <summary>The results of pieces are added up in one order, whichever process has which pieces.</summary>
public sealed class ReductionTests
{
    [Fact]
    public void The_sum_over_pieces_is_the_same_bits_for_any_number_of_ranks() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 70], Gen.Int).Sample((pieces, length, seed) =>
        {
            float[][] given = [.. Enumerable.Range(0, pieces).Select(piece => Numbers(seed + piece, length))];
            float[] alone = Sum(given, 1, length)[0];
            for (int i = 0; i < length; i++) Assert.Equal(given.Sum(piece => (double)piece[i]), alone[i], 1e-3);
            for (int ranks = 2; ranks <= Math.Min(pieces, 7); ranks++)
                foreach (float[] sum in Sum(given, ranks, length)) Assert.Equal(alone, sum);
        }, iter: 20);

    [Theory]
    [InlineData(4, "0+1 2+3 0+2")]
    [InlineData(6, "0+1 2+3 0+2 4+5 0+4")]
    [InlineData(7, "0+1 2+3 0+2 4+5 4+6 0+4")]
    public void Neighbours_are_added_in_pairs(int pieces, string expected) =>
        Assert.Equal(expected, string.Join(' ', new PieceSums(pieces, 1, 0).Own.Select(pair => $"{pair.To}+{pair.From}")));

    [Fact]
    public void A_rank_sends_whole_branches_of_the_tree()
    {
        var second = new PieceSums(6, 2, 1);
        Assert.Equal((3..6, 2), (second.Pieces, second.BranchesOf(1)));
        Assert.Equal([(1, 2)], second.Own);
    }

    [Fact]
    public void All_have_what_the_first_has()
    {
        byte[]?[] bytes = ThreadRanks.Run(3, ranks => ranks.FromFirst(ranks.IsFirst ? new byte[] { 1, 2, 3, 4, 5 } : null));
        Assert.All(bytes, each => Assert.Equal(new byte[] { 1, 2, 3, 4, 5 }, each!));
        Assert.All(ThreadRanks.Run(3, ranks => ranks.FromFirst(ranks.IsFirst ? null : new byte[] { 1 })), Assert.Null);
        Assert.All(ThreadRanks.Run(3, ranks => ranks.FromFirst(long.MaxValue - ranks.Rank)), number => Assert.Equal(long.MaxValue, number));
    }

    [Fact]
    public void Who_does_not_answer_is_named()
    {
        using var sent = new Barrier(3);
        string[] said = ThreadRanks.Run(4, ranks =>
        {
            ranks.Patience = TimeSpan.FromSeconds(0.1);
            if (ranks.Rank == 2) return "";
            var all = new Gathering(ranks, [1, 1, 1, 1]);
            all.Begin();
            sent.SignalAndWait();
            return Assert.Throws<DistributionException>(all.Wait).Message;
        });
        Assert.Matches(@"^rank 2 has not answered rank 3 for \d+(\.\d)? s: it died, hangs or was stopped$", said[3]);
    }

    [Fact]
    public void What_one_asks_for_all_know_at_the_same_time()
    {
        var heard = ThreadRanks.Run(3, ranks =>
        {
            if (ranks.Rank == 1) ranks.AskToEnd(143);
            Assert.Equal(ranks.Rank == 1, ranks.Patience < TimeSpan.FromSeconds(1));
            ranks.Patience = TimeSpan.FromMinutes(1);
            var all = new Gathering(ranks, [0, 2, 1]);
            all.Begin();
            all.Wait();
            return ranks.Ending;
        });
        Assert.All(heard, ending => Assert.Equal((1, 143), ending));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(32, 4)]
    [InlineData(128, 4)]
    [InlineData(129, 8)]
    [InlineData(2048, 64)]
    public void Pieces_follow_from_the_size_of_a_batch(int batchSize, int pieces)
    {
        Assert.Equal(pieces, BatchPart.PiecesOf(batchSize));
        BatchPart[] all = [.. Enumerable.Range(0, pieces).Select(piece => BatchPart.Piece(batchSize, pieces, piece))];
        Assert.Equal(Enumerable.Range(0, batchSize), all.SelectMany(part => Enumerable.Range(part.First, part.Rows)));
    }

    private static float[][] Sum(float[][] pieces, int ranks, int length) => ThreadRanks.Run(ranks, all =>
    {
        var order = new PieceSums(pieces.Length, all.Count, all.Rank);
        var sum = new Reduction(all, order, length, Tags.Gradients);
        float[] result = [];
        // Twice: the reduction can be restarted.
        for (int turn = 0; turn < 2; turn++)
        {
            foreach (var (i, piece) in pieces[order.Pieces].Index()) piece.CopyTo(sum.Of(i));
            sum.Begin();
            while (!sum.IsDone()) Thread.Yield();
            sum.Wait();
            result = sum.Sum.ToArray();
        }
        return result;
    }, pieces.Length);

    private static float[] Numbers(int seed, int count)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 20 - 10)];
    }
}
