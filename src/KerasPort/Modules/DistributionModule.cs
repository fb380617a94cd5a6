using KerasPort.Distribution;

namespace KerasPort;

/// <summary><c>keras.distribution</c>.</summary>
public sealed class DistributionModule
{
    /// <inheritdoc cref="Distribution.DataParallel(DeviceMesh?, IEnumerable{string}?, bool, int?)"/>
    public DataParallel DataParallel(DeviceMesh? device_mesh = null, IEnumerable<string>? devices = null, bool auto_shard_dataset = true, int? pieces = null) =>
        new(device_mesh, devices, auto_shard_dataset, pieces);

    /// <inheritdoc cref="Distribution.DeviceMesh(int[], string[], string[])"/>
    public DeviceMesh DeviceMesh(int[] shape, string[] axis_names, string[]? devices = null) => new(shape, axis_names, devices);

    /// <summary>The distribution that was set; <c>null</c> for none.</summary>
    public DataParallel? distribution() => Distribution.DataParallel.Current;

    /// <summary>The number of devices: one for each process that was started.</summary>
    /// <param name="device_type">"cpu", "gpu" or "tpu"; none is listed for the last two.</param>
    /// <exception cref="ValueError">The type is unknown.</exception>
    public int get_device_count(string? device_type = null) => list_devices(device_type).Length;

    /// <summary>The devices: one for each process that was started, "cpu:0", "cpu:1" …</summary>
    /// <param name="device_type">"cpu", "gpu" or "tpu"; none is listed for the last two.</param>
    /// <exception cref="ValueError">The type is unknown.</exception>
    public string[] list_devices(string? device_type = null) => [.. Distribution.DataParallel.Devices(OpenMpi.World(), device_type)];

    /// <summary>Sets the distribution of models that are first used from now on; <c>null</c> has each process train by itself.</summary>
    public void set_distribution(DataParallel? value) => Distribution.DataParallel.Current = value;
}
