namespace KerasPort.Engines;

/// <summary>y = max pool(relu(x ∗ kernel + bias)) as one kernel, with what its backward pass needs of the forward pass.</summary>
public abstract class ConvReluPool
{
    /// <summary>y from x; with <paramref name="train"/> <see cref="Backward"/> can follow.</summary>
    public abstract void Forward(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, DeviceBuffer y, bool train);

    /// <summary>The gradients, for the x, kernel and y of the last <see cref="Forward"/>; dx only where it isn't null.</summary>
    public abstract void Backward(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dkernel, DeviceBuffer? dbias, DeviceBuffer? dx);
}
