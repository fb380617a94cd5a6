namespace KerasPort.Distribution;

/// <summary>
/// Which rows of a batch a list of nodes is made for: a piece of a batch that ranks share, or all of it. Whatever a layer or loss says of a batch
/// as a whole is added up over its pieces.
/// </summary>
/// <param name="First">The first row.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Of">Rows of the batch; 0 where these are all.</param>
/// <param name="Index">Which piece it is.</param>
internal readonly record struct BatchPart(int First, int Rows, int Of, int Index)
{
    /// <summary>Pieces of at most so many rows each, where a batch makes four or more.</summary>
    private const int MostRows = 32, Fewest = 4;

    /// <summary>Whether there are other pieces.</summary>
    public bool IsPiece => Of > 0;

    /// <summary>The share of the batch's rows.</summary>
    public float Share => IsPiece ? (float)Rows / Of : 1;

    /// <summary>How many a batch of so many rows has where nobody says: four, or as many as have 32 rows at the most; a power of two.</summary>
    public static int PiecesOf(int batchSize)
    {
        int pieces = Fewest;
        while ((long)pieces * MostRows < batchSize) pieces *= 2;
        return pieces;
    }

    /// <summary>A piece of a batch, which may have no row.</summary>
    public static BatchPart Piece(int rows, int pieces, int index)
    {
        int first = (int)((long)rows * index / pieces);
        return new BatchPart(first, (int)((long)rows * (index + 1) / pieces) - first, rows, index);
    }
}
