using System.Numerics.Tensors;

namespace KerasPort.Distribution;

/// <summary>
/// The order in which the results of a batch's pieces are summed. It follows from the number of pieces alone: neighbours are added in pairs, then those
/// sums in pairs, and so on; the last one of an odd number waits for the next round. A rank's pieces are neighbours: it sums the pairs among them, and
/// the remaining branches of the tree are exchanged and summed further. So the result has the same bits for any number of ranks, up to one rank per
/// piece.
/// </summary>
internal sealed class PieceSums
{
    private readonly int _pieces;
    private readonly Branch[][] _branches;

    /// <param name="pieces">The number of pieces.</param>
    /// <param name="ranks">The number of ranks that share them.</param>
    /// <param name="rank">The rank for which this is.</param>
    public PieceSums(int pieces, int ranks, int rank)
    {
        (_pieces, Pieces) = (pieces, Of(pieces, ranks, rank));
        _branches = [.. Enumerable.Range(0, ranks).Select(r => Added(Leaves(Of(pieces, ranks, r))).Left)];
        (Own, var own) = Added(Leaves(Pieces));
        OwnBranches = [.. own.Select(branch => branch.Slot)];
        (Rest, _) = Added([.. _branches.SelectMany(each => each).Select((branch, slot) => branch with { Slot = slot })]);
    }

    /// <summary>This rank's pieces.</summary>
    public Range Pieces { get; }

    /// <summary>The additions among this rank's own pieces, in order: piece From is added to piece To.</summary>
    public (int To, int From)[] Own { get; }

    /// <summary>The slots of the branches after that.</summary>
    public int[] OwnBranches { get; }

    /// <summary>The additions among the branches of all ranks, whose slots are in the order of the ranks; the result is in the first slot.</summary>
    public (int To, int From)[] Rest { get; }

    /// <summary>The number of branches of a rank.</summary>
    public int BranchesOf(int rank) => _branches[rank].Length;

    /// <summary>The pieces of a rank: their number differs from that of other ranks by at most 1.</summary>
    public static Range Of(int pieces, int ranks, int rank) => (int)((long)pieces * rank / ranks)..(int)((long)pieces * (rank + 1) / ranks);

    /// <summary>Carries out additions on runs of that length, which are adjacent in memory.</summary>
    public static void Add((int To, int From)[] additions, Span<float> values, int length)
    {
        foreach (var (to, from) in additions)
        {
            var sum = values.Slice(to * length, length);
            TensorPrimitives.Add(sum, values.Slice(from * length, length), sum);
        }
    }

    private static Branch[] Leaves(Range pieces) =>
        [.. Enumerable.Range(pieces.Start.Value, pieces.End.Value - pieces.Start.Value).Select((piece, slot) => new Branch(piece, piece + 1, slot))];

    private ((int, int)[] Additions, Branch[] Left) Added(Branch[] branches)
    {
        var additions = new List<(int, int)>();
        var left = new List<Branch>();
        foreach (var branch in branches)
        {
            left.Add(branch);
            while (left is [.., var one, var other] && ArePair(one, other))
            {
                additions.Add((one.Slot, other.Slot));
                left.RemoveAt(left.Count - 1);
                left[^1] = one with { End = other.End };
            }
        }
        return ([.. additions], [.. left]);
    }

    /// <summary>
    /// Whether two adjacent branches are the halves of a larger one: the first is complete, and the second has the same length or ends with the last piece.
    /// </summary>
    private bool ArePair(Branch one, Branch other)
    {
        int size = one.End - one.Start;
        return int.IsPow2(size) && one.Start % (2 * size) == 0 && other.End == Math.Min(one.Start + 2 * size, _pieces);
    }

    /// <summary>A sum of adjacent pieces, and its slot.</summary>
    private readonly record struct Branch(int Start, int End, int Slot);
}
