namespace KerasPort.Distribution;

/// <summary>Devices in a grid with named axes, as in Keras.</summary>
public sealed class DeviceMesh
{
    /// <summary>Creates a grid of devices.</summary>
    /// <param name="shape">The number of devices along each axis.</param>
    /// <param name="axis_names">The axes' names, such as "batch".</param>
    /// <param name="devices">The devices; by default all of <c>keras.distribution.list_devices()</c>.</param>
    /// <exception cref="ValueError">The number of devices or of names doesn't match the shape.</exception>
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

    /// <summary>The number of devices along each axis.</summary>
    public int[] shape { get; }

    /// <summary>The axes' names.</summary>
    public string[] axis_names { get; }

    /// <summary>The devices.</summary>
    public string[] devices { get; }
}
