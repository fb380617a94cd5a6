namespace KerasPort.Engines.Managed;

/// <summary>Rows × columns floats that pieces of work write. A part is the rows that some pieces write together, each some of their columns.</summary>
internal unsafe struct WrittenRows
{
    public float* At;
    public int Rows, Columns, Parts;
}

/// <summary>What one piece writes: some columns of a part's rows.</summary>
internal struct WrittenPanel
{
    public int Part, Row, Rows, Column, Columns;
}

/// <summary>Pieces of work that write rows, so that these rows can be summed while they are in the cache.</summary>
internal interface IRowPieces : IPieces
{
    /// <summary>What all pieces write together; nothing where that aren't whole rows of one buffer.</summary>
    WrittenRows Written { get; }

    /// <summary>What a piece writes.</summary>
    WrittenPanel PanelOf(int piece);
}
