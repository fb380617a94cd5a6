namespace KerasPort.Engines.Managed;

/// <summary>
/// The fused kernel for layers of many channels: forward by Winograd's minimal filtering, backward over lists of the gradients that aren't zero.
/// </summary>
internal sealed unsafe class DeepConvReluPool<S, V> : FusedConvReluPool where S : struct, ISimd<V> where V : struct
{
    // The sums of a kernel's gradient are taken in as many parts, each over some images; more parts cost more to add up.
    private const int MostParts = 16, ImagesInFewParts = 32, FewParts = 8;

    private readonly Winograd<S, V> _winograd;
    private readonly SparseBackward<S, V> _backward;
    private readonly float* _transformed, _turned, _kernelParts, _biasParts;

    public DeepConvReluPool(Workers workers, in PooledConvolution shape, int images) : base(workers, shape, images)
    {
        _transformed = Allocate((long)Winograd<S, V>.Points * Winograd<S, V>.KernelPitch(shape));
        _winograd = new Winograd<S, V> { Shape = shape, Kernel = _transformed };
        _winograd.Scratch = Allocate(workers.Threads * _winograd.ScratchSize);

        _turned = Allocate((long)shape.Depth * shape.Filters);
        _kernelParts = Allocate((long)Parts(images) * shape.Depth * shape.Filters);
        _biasParts = Allocate((long)Parts(images) * shape.Filters);
        _backward = new SparseBackward<S, V> { Shape = shape, Which = Which, Turned = _turned, KernelParts = _kernelParts, BiasParts = _biasParts };
        _backward.Scratch = Allocate(workers.Threads * _backward.ScratchSize);
    }

    private static int Parts(int images) => images > ImagesInFewParts ? MostParts : Math.Min((images + 1) / 2, FewParts);

    public override void Forward(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, DeviceBuffer y, bool train)
    {
        var transform = new WinogradKernel<S, V> { From = At(kernel), To = _transformed, Shape = Shape };
        Workers.Run(transform, transform.Pieces);
        var forward = _winograd with { Images = images, X = At(x), Bias = At(bias), Y = At(y), Which = train ? Which : null };
        Workers.Run(forward, forward.Pieces);
        GC.KeepAlive(this);
    }

    public override void Backward(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dkernel, DeviceBuffer? dbias, DeviceBuffer? dx)
    {
        if (dx is not null)
            Workers.Run(new TurnForGradient<S, V> { From = At(kernel), To = _turned, Shape = Shape }, PooledConvolution.Taps);
        int parts = Parts(images);
        Workers.Run(_backward with { Images = images, Parts = parts, X = At(x), Y = At(y), DY = At(dy), DX = At(dx) }, parts);
        Workers.Run(new SumAndTurn<S, V> { From = _kernelParts, To = At(dkernel), Parts = parts, Depth = Shape.Depth, Filters = Shape.Filters }, SumAndTurn<S, V>.Pieces(Shape.Depth));
        if (dbias is not null)
        {
            var sum = new SumOfParts<S, V> { From = _biasParts, Parts = parts, Pitch = Shape.Filters, To = At(dbias), Count = Shape.Filters };
            Workers.Run(sum, sum.Pieces);
        }
        GC.KeepAlive(this);
    }
}
