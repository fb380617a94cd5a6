namespace KerasPort.Engines.Managed;

/// <summary>Rows × columns floats that pieces of work write. A part is a run of pieces that together write all columns of some rows.</summary>
internal unsafe struct WrittenRows
{
    public float* At;
    public int Rows, Columns, Parts;
}

/// <summary>What one piece writes: some columns of a part's rows, which are given as runs.</summary>
internal struct WrittenPanel
{
    public int Part, Column, Columns, Runs;
}

/// <summary>Pieces of work that write rows, so that these rows can be summed while they are in the cache.</summary>
internal interface IRowPieces : IPieces
{
    /// <summary>What all pieces write together; nothing where that aren't whole rows of one buffer.</summary>
    WrittenRows Written { get; }

    /// <summary>What a piece writes.</summary>
    WrittenPanel PanelOf(int piece);

    /// <summary>One of the runs of rows that a piece writes. It may be empty.</summary>
    (int First, int Count) RowsOf(int piece, int run);
}
