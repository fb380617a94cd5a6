using KerasPort.Layers;

namespace KerasPort.Engines;

/// <summary>y = max pool(relu(x ∗ kernel + bias)) as one kernel. It keeps what the backward pass needs of the forward pass, until it is disposed of.</summary>
public abstract class ConvReluPool : IDisposable
{
    private readonly Window2D _convolution, _pooling;
    private readonly int _images;

    /// <summary>The kernel for these windows and at most so many images at a time.</summary>
    protected ConvReluPool(in Window2D convolution, in Window2D pooling, int images) => (_convolution, _pooling, _images) = (convolution, pooling, images);

    /// <summary>y from x. <see cref="Backward"/> can follow if <paramref name="train"/> is true.</summary>
    /// <exception cref="ValueError">There are more images than it was made for, or a buffer is too short.</exception>
    public void Forward(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, DeviceBuffer y, bool train)
    {
        Require(images, x, kernel, bias, y);
        ForwardCore(images, x, kernel, bias, y, train);
    }

    /// <summary>The gradients, for the x, kernel and y of the last <see cref="Forward"/>; dx only where it isn't null.</summary>
    /// <exception cref="ValueError">There are more images than it was made for, or a buffer is too short.</exception>
    public void Backward(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dkernel, DeviceBuffer? dbias,
        DeviceBuffer? dx)
    {
        Require(images, x, kernel, dbias, y);
        Require(images, dx ?? x, dkernel, dbias, dy);
        BackwardCore(images, x, kernel, y, dy, dkernel, dbias, dx);
    }

    /// <summary><see cref="Forward"/>, with lengths already checked.</summary>
    protected abstract void ForwardCore(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, DeviceBuffer y, bool train);

    /// <summary><see cref="Backward"/>, with lengths already checked.</summary>
    protected abstract void BackwardCore(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dkernel,
        DeviceBuffer? dbias, DeviceBuffer? dx);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing) { }

    private void Require(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, DeviceBuffer y)
    {
        if (images < 0 || images > _images) throw new ValueError($"ConvReluPool was made for up to {_images} images, not {images}.");
        bool longEnough = x.Length >= (long)images * _convolution.InputSize && kernel.Length >= (long)_convolution.Depth * _convolution.Filters
            && (bias is null || bias.Length >= _convolution.Filters) && y.Length >= (long)images * _pooling.OutputSize;
        if (!longEnough)
            throw new ValueError(
                $"ConvReluPool works on {images} images, but a buffer is too short for them: x {x.Length}, kernel {kernel.Length}, bias {bias?.Length}, y "
                    + $"{y.Length} floats.");
    }
}
