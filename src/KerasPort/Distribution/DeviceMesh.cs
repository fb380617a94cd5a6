namespace KerasPort.Distribution;

/// <summary>Devices in a grid whose axes have names, as Keras has them.</summary>
public sealed class DeviceMesh
{
    /// <summary>A grid of devices.</summary>
    /// <param name="shape">How many there are along each axis.</param>
    /// <param name="axis_names">The axes' names, such as "batch".</param>
    /// <param name="devices">The devices; all of <c>keras.distribution.list_devices()</c> without.</param>
    /// <exception cref="ValueError">There are others than that many, or as many names.</exception>
    public DeviceMesh(int[] shape, string[] axis_names, string[]? devices = null)
    {
        if (shape is not { Length: > 0 } || axis_names is not { Length: > 0 })
            throw new ValueError("Shape and axis_names cannot be empty. Received: "
                + $"shape={PythonText.Repr(shape)}, axis_names={PythonText.Repr(axis_names)}");
        if (shape.Length != axis_names.Length)
            throw new ValueError(
                $"Shape and axis_names should have same size, got shape={PythonText.Repr(shape)} and axis_names={PythonText.Repr(axis_names)}");
        devices ??= [.. DataParallel.Devices(OpenMpi.World(), null)];
        if (shape.Aggregate(1L, (product, size) => product * size) != devices.Length)
            throw new ValueError("Shape does not match the number of devices. "
                + $"Received: shape={PythonText.Repr(shape)}; devices.shape=({devices.Length},)");
        (this.shape, this.axis_names, this.devices) = (shape, axis_names, devices);
    }

    /// <summary>How many devices there are along each axis.</summary>
    public int[] shape { get; }

    /// <summary>The axes' names.</summary>
    public string[] axis_names { get; }

    /// <summary>The devices.</summary>
    public string[] devices { get; }
}
