using System.Numerics.Tensors;

namespace KerasPort.Distribution;

/// <summary>
/// The order in which what the pieces of a batch give is added up. It follows from the number of pieces alone: neighbours are added in pairs, then
/// those sums in pairs, and so on; the last one of an odd number waits for the next round. A rank's pieces are neighbours: it adds up the pairs among
/// them, and the branches of the tree that are left are exchanged and added up further. So the bits are the same for any number of ranks, up to a
/// rank for each piece.
/// </summary>
internal sealed class PieceSums
{
    private readonly int _pieces;
    private readonly Branch[][] _branches;

    /// <param name="pieces">The number of pieces.</param>
    /// <param name="ranks">How many ranks share them.</param>
    /// <param name="rank">The rank whose part of the work this is.</param>
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

    /// <summary>The additions among this rank's own pieces, in their order: the piece From is added to the piece To.</summary>
    public (int To, int From)[] Own { get; }

    /// <summary>Where the branches then lie.</summary>
    public int[] OwnBranches { get; }

    /// <summary>What is added up of the branches of all ranks, one behind the other; the sum is where the first one lies.</summary>
    public (int To, int From)[] Rest { get; }

    /// <summary>How many branches a rank has.</summary>
    public int BranchesOf(int rank) => _branches[rank].Length;

    /// <summary>The pieces of a rank: as many as the others', or one more or less.</summary>
    public static Range Of(int pieces, int ranks, int rank) => (int)((long)pieces * rank / ranks)..(int)((long)pieces * (rank + 1) / ranks);

    /// <summary>Adds up runs of that length, one behind the other.</summary>
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

    /// <summary>Whether two neighbours are the halves of a larger branch: the first is whole, and the second as long or ends with the last piece.</summary>
    private bool ArePair(Branch one, Branch other)
    {
        int size = one.End - one.Start;
        return int.IsPow2(size) && one.Start % (2 * size) == 0 && other.End == Math.Min(one.Start + 2 * size, _pieces);
    }

    /// <summary>The sum of neighbouring pieces, and where it lies.</summary>
    private readonly record struct Branch(int Start, int End, int Slot);
}
