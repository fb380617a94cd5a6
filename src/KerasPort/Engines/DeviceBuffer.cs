namespace KerasPort.Engines;

/// <summary>Floats in the memory that an engine's kernels work on, or a part of such a buffer.</summary>
public abstract class DeviceBuffer
{
    /// <summary>A buffer of that many floats.</summary>
    protected DeviceBuffer(int length) => Length = length;

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The floats from <paramref name="start"/> on, in the same memory.</summary>
    /// <exception cref="ValueError">The range isn't within the buffer.</exception>
    public DeviceBuffer Part(int start, int length) => start >= 0 && length >= 0 && start <= Length - length ? Cut(start, length)
        : throw new ValueError($"A buffer of {Length} floats has no part of {length} from {start} on.");

    /// <summary><see cref="Part"/>, with bounds already checked.</summary>
    protected abstract DeviceBuffer Cut(int start, int length);
}

/// <summary>An order of a data set's rows, loaded for an engine.</summary>
public abstract class DeviceOrder : IDisposable
{
    /// <summary>An order of these rows.</summary>
    protected DeviceOrder(ReadOnlySpan<int> rows)
    {
        (Count, Least, Most) = (rows.Length, int.MaxValue, int.MinValue);
        foreach (int row in rows) (Least, Most) = (Math.Min(Least, row), Math.Max(Most, row));
        if (Count == 0) (Least, Most) = (0, -1);
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The least number of a row in it; 0 when it is empty.</summary>
    public int Least { get; }

    /// <summary>The largest number of a row in it; -1 when it is empty.</summary>
    public int Most { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing) { }
}

/// <summary>A data set from which an engine can gather rows, until it is disposed of.</summary>
public abstract class DeviceRows : IDisposable
{
    /// <summary>The rows of that array, along its first axis.</summary>
    protected DeviceRows(NDArray array) => (Count, Width) = (array.Length, array.size / Math.Max(array.Length, 1));

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>Floats a row.</summary>
    public int Width { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing) { }
}
