namespace KerasPort.Distribution;

/// <summary>
/// The rows of a batch that a list of nodes is made for: a piece of a batch that is shared among ranks, or all of it. What a layer or loss computes of a
/// batch as a whole is summed over its pieces.
/// </summary>
/// <param name="First">The first row.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Of">The number of rows of the batch; 0 if this is all of it.</param>
/// <param name="Index">The index of the piece.</param>
internal readonly record struct BatchPart(int First, int Rows, int Of, int Index)
{
    /// <summary>The most rows of a piece, if that makes four or more of them.</summary>
    private const int MostRows = 32, Fewest = 4;

    /// <summary>Whether there are other pieces.</summary>
    public bool IsPiece => Of > 0;

    /// <summary>The share of the batch's rows.</summary>
    public float Share => IsPiece ? (float)Rows / Of : 1;

    /// <summary>The default number of pieces for a batch: four, or as many as have at most 32 rows; a power of two.</summary>
    public static int PiecesOf(int batchSize)
    {
        int pieces = Fewest;
        while ((long)pieces * MostRows < batchSize) pieces *= 2;
        return pieces;
    }

    /// <summary>A piece of a batch, which may be empty.</summary>
    public static BatchPart Piece(int rows, int pieces, int index)
    {
        int first = (int)((long)rows * index / pieces);
        return new BatchPart(first, (int)((long)rows * (index + 1) / pieces) - first, rows, index);
    }
}
