using KerasPort.Layers;

namespace KerasPort.Engines;

/// <summary>
/// What an engine must be able to compute, at the grain of cuDNN: layers, losses and optimizers are written on these.
/// Row-major, images as [image, height, width, channel], kernels as [height, width, in, out]; float32.
/// The order of every sum follows from the shapes alone, so that the same input gives the same bits on any number of threads.
/// </summary>
public abstract class Kernels : IDisposable
{
    /// <summary>A buffer of that many floats, all zero, with room behind them for a whole vector. It lives as long as the kernels.</summary>
    public abstract DeviceBuffer Allocate(int length);

    /// <summary>Copies to the device.</summary>
    public abstract void Write(ReadOnlySpan<float> source, DeviceBuffer target);

    /// <summary>Copies from the device, after all that was started before.</summary>
    public abstract void Read(DeviceBuffer source, Span<float> target);

    /// <summary>Copies on the device.</summary>
    public abstract void Copy(DeviceBuffer source, DeviceBuffer target);

    /// <summary>Makes an array's rows (its first axis) available to <see cref="Gather"/>.</summary>
    public abstract DeviceRows Load(NDArray array);

    /// <summary>Makes an order of rows available to <see cref="Gather"/>.</summary>
    public abstract DeviceOrder Load(ReadOnlySpan<int> order);

    /// <summary>Copies rows one behind the other: <paramref name="count"/> of the order's, from its <paramref name="start"/>-th on.</summary>
    public abstract void Gather(DeviceRows source, DeviceOrder order, int start, int count, DeviceBuffer target);

    /// <summary>Gathers the same rows of inputs and targets, which an engine may do as one.</summary>
    public virtual void GatherBatch(DeviceRows inputs, DeviceRows targets, DeviceOrder order, int start, int count, DeviceBuffer x, DeviceBuffer y)
    {
        Gather(inputs, order, start, count, x);
        Gather(targets, order, start, count, y);
    }

    /// <summary>
    /// Batches whose results may wait on the device when nobody acts on each of them: 1 where reading costs nothing, more where
    /// it means waiting for all that was started before.
    /// </summary>
    public virtual int ResultsAtATime => 1;

    /// <summary>y = x ∗ kernel + bias, at least 0 with <paramref name="relu"/>.</summary>
    public abstract void Conv2D(in Window2D window, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y);

    /// <summary>dx of <see cref="Conv2D"/> from dy.</summary>
    public abstract void Conv2DInputGradient(in Window2D window, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx);

    /// <summary>dkernel of <see cref="Conv2D"/> from x and dy.</summary>
    public abstract void Conv2DKernelGradient(in Window2D window, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel);

    /// <summary>y = the largest x of each window.</summary>
    public abstract void MaxPooling2D(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y);

    /// <summary>dx of <see cref="MaxPooling2D"/>: each dy goes to the first x of its window that equals y.</summary>
    public abstract void MaxPooling2DGradient(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx);

    /// <summary>
    /// One kernel for a convolution, its relu and the max pooling behind it, which never stores what the pooling throws away;
    /// <c>null</c> where the engine has none for these windows, and the layers then run one by one.
    /// </summary>
    /// <param name="convolution">The convolution's window.</param>
    /// <param name="pooling">The pooling's window.</param>
    /// <param name="images">The most images at a time.</param>
    /// <param name="inputGradient">Whether the gradient of its input will be asked for.</param>
    public virtual ConvReluPool? ConvReluPool(in Window2D convolution, in Window2D pooling, int images, bool inputGradient) => null;

    /// <summary>y[rows, outputs] = x[rows, inputs] · kernel[inputs, outputs] + bias, at least 0 with <paramref name="relu"/>.</summary>
    public abstract void Dense(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y);

    /// <summary>dx = dy · kernelᵀ.</summary>
    public abstract void DenseInputGradient(int rows, int inputs, int outputs, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx);

    /// <summary>dkernel = xᵀ · dy.</summary>
    public abstract void DenseKernelGradient(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel);

    /// <summary>
    /// All gradients of a dense layer, which may overwrite dy: behind a relu, whose output <paramref name="y"/> then is, dy counts only
    /// where y is above 0; dkernel, dbias and dx only where they aren't null. An engine with fewer, larger kernels overrides it.
    /// </summary>
    public virtual void DenseGradients(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? y, DeviceBuffer dy, DeviceBuffer? dkernel, DeviceBuffer? dbias, DeviceBuffer? dx)
    {
        if (y is not null) ReluGradient(rows * outputs, y, dy);
        if (dkernel is not null) DenseKernelGradient(rows, inputs, outputs, x, dy, dkernel);
        if (dbias is not null) BiasGradient(rows, outputs, dy, dbias);
        if (dx is not null) DenseInputGradient(rows, inputs, outputs, dy, kernel, dx);
    }

    /// <summary>dbias = the sum of the rows of dy.</summary>
    public abstract void BiasGradient(int rows, int columns, DeviceBuffer dy, DeviceBuffer dbias);

    /// <summary>y = max(y, 0), NaN staying NaN.</summary>
    public abstract void Relu(int count, DeviceBuffer y);

    /// <summary>dy = 0 where y is not above 0.</summary>
    public abstract void ReluGradient(int count, DeviceBuffer y, DeviceBuffer dy);

    /// <summary>y = tanh(y).</summary>
    public abstract void Tanh(int count, DeviceBuffer y);

    /// <summary>dy = dy ∘ (1 - y²); y is the tanh.</summary>
    public abstract void TanhGradient(int count, DeviceBuffer y, DeviceBuffer dy);

    /// <summary>Softmax of each row, in place.</summary>
    public abstract void Softmax(int rows, int columns, DeviceBuffer y);

    /// <summary>dy = y ∘ (dy - Σ dy ∘ y), row by row; y is the softmax.</summary>
    public abstract void SoftmaxGradient(int rows, int columns, DeviceBuffer y, DeviceBuffer dy);

    /// <summary>losses = log Σ exp(z) - z[label] of each row of logits; gradient = (softmax(z) - onehot(label)) / rows.</summary>
    public abstract void SparseCrossentropyOfLogits(int rows, int classes, DeviceBuffer logits, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient);

    /// <summary>
    /// The same of z = log(q), q = p clipped to [1e-7, 1 - 1e-7]; gradient by p, 0 where p was clipped.
    /// </summary>
    public abstract void SparseCrossentropyOfProbabilities(int rows, int classes, DeviceBuffer probabilities, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient);

    /// <summary>values = 1 where the first of a row's largest outputs is the label's, else 0.</summary>
    public abstract void SparseAccuracy(int rows, int classes, DeviceBuffer outputs, DeviceBuffer labels, DeviceBuffer values);

    /// <summary>m += (g - m)·oneMinusBeta1, v += (g² - v)·oneMinusBeta2, w -= m·alpha / (√v + epsilon).</summary>
    public abstract void Adam(int count, DeviceBuffer w, DeviceBuffer g, DeviceBuffer m, DeviceBuffer v, float alpha, float oneMinusBeta1, float oneMinusBeta2, float epsilon);

    /// <summary>
    /// Values below 1e-32 become 0. What an optimizer remembers of weights that never fire would decay into denormals, which cost a
    /// processor a hundred cycles each; where they cost nothing, there is nothing to do.
    /// </summary>
    public virtual void DropSmall(int count, DeviceBuffer values) { }

    /// <summary>The limit of <see cref="DropSmall"/>: far below what counts beside epsilon, far enough above denormals for some steps.</summary>
    protected const float Small = 1e-32f;

    /// <summary>Whether there is a <see cref="DenseKernelAdam"/> for these shapes.</summary>
    public virtual bool HasDenseKernelAdam(int rows, int inputs, int outputs) => false;

    /// <summary><see cref="DenseKernelGradient"/> and <see cref="Adam"/> on the kernel as one, the gradient never being stored.</summary>
    public virtual void DenseKernelAdam(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer w, DeviceBuffer m, DeviceBuffer v, float alpha, float oneMinusBeta1, float oneMinusBeta2, float epsilon) =>
        throw new NotSupportedException();

    /// <summary>Frees the device's memory and threads.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing) { }
}
