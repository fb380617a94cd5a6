namespace KerasPort.Engines;

/// <summary>Floats where an engine's kernels work on them, or a part of such a buffer.</summary>
public abstract class DeviceBuffer
{
    /// <summary>A buffer of that many floats.</summary>
    protected DeviceBuffer(int length) => Length = length;

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The floats from <paramref name="start"/> on, in the same memory.</summary>
    public abstract DeviceBuffer Part(int start, int length);
}

/// <summary>An order of a data set's rows where an engine can read it.</summary>
public abstract class DeviceOrder : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing) { }
}

/// <summary>A data set where an engine can gather its rows from.</summary>
public abstract class DeviceRows
{
    /// <summary>Rows of that many floats.</summary>
    protected DeviceRows(int width) => Width = width;

    /// <summary>Floats a row.</summary>
    public int Width { get; }
}
