using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// The fused kernel for layers of many channels. The forward pass uses Winograd's minimal filtering with a tile for each window of 2 × 2, or
/// <see cref="PooledProduct{S, V}"/>. The backward pass uses lists of the gradients that aren't zero.
/// </summary>
internal sealed unsafe class DeepConvReluPool<S, V> : FusedConvReluPool where S : struct, ISimd<V> where V : struct
{
    // A kernel's gradient is summed in parts, each over some images: the more parts, the more there is to add up. With few images each part is summed at
    // once, and neighbouring parts form groups.
    private const int MostParts = 16, Groups = 4;

    private readonly Winograd<S, V> _winograd;
    private readonly PooledProduct<S, V> _product;
    private readonly float* _transformed;
    private SparseBackward<S, V> _backward;
    private float* _turned;

    public DeepConvReluPool(Workers workers, in PooledConvolution shape, int images, in Window2D convolution, in Window2D pooling)
        : base(workers, shape, images, convolution, pooling)
    {
        _product.Shape = shape;
        bool byImage = shape.Kernel != Winograd<S, V>.Kernel || shape.Pool != 2 || shape.Dilation > 1 || _product.SavesProducts;
        if (byImage)
        {
            if (_product.FitsWinograd) _transformed = Room(TilesKernel(default));
            _product.Scratch = Allocate(workers.Threads * _product.ScratchSize);
            return;
        }
        _transformed = Room(WindowsKernel(default));
        _winograd = new Winograd<S, V> { Shape = shape };
        _winograd.Scratch = Allocate(workers.Threads * _winograd.ScratchSize);
    }

    protected override void AllocateBackward()
    {
        int kernel = Shape.Depth * Shape.Filters;
        _backward = new SparseBackward<S, V>
        {
            Shape = Shape, Which = Which,
            KernelSums = new PieceSums(Allocate(PieceSums.Room(Parts(Images), kernel, Workers.Threads)), Parts(Images), kernel, Workers.Threads),
            BiasParts = Allocate((long)Parts(Images) * Shape.Filters),
        };
        _backward.Scratch = Allocate(Workers.Threads * _backward.ScratchSize);
        _turned = Room(Turned(default));
    }

    private static int Parts(int images) => Math.Min((images + SparseBackward<S, V>.ImagesAtATime - 1) / SparseBackward<S, V>.ImagesAtATime, MostParts);

    private float* Room<T>(in T transform) where T : unmanaged, ITransform => Allocate(ThreadTransform<T>.Room(transform.Size, Workers.Threads));

    private WinogradKernel<S, V> WindowsKernel(float* kernel) => new()
    {
        From = kernel, To = _transformed, Channels = Shape.Channels, Filters = Shape.Filters, Pitch = Winograd<S, V>.KernelPitch(Shape),
    };

    private WinogradTilesKernel<S, V> TilesKernel(float* kernel) => new()
    {
        From = kernel, To = _transformed, Channels = Shape.Channels, Filters = Shape.Filters, Pitch = Winograd<S, V>.KernelPitch(Shape),
    };

    private TurnForGradient<S, V> Turned(float* kernel) => new() { From = kernel, To = _turned, Shape = Shape };

    protected override void ForwardCore(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, DeviceBuffer y, bool train)
    {
        if (train) PrepareTraining();
        if (_product.Scratch != null)
        {
            var product = _product with { Images = images, X = At(x), Kernel = At(kernel), Bias = At(bias), Y = At(y), Which = train ? Which : null };
            if (product.FitsWinograd) product.Transformed = ThreadTransform<WinogradTilesKernel<S, V>>.Of(TilesKernel(At(kernel)), Workers);
            Workers.Run(product, product.Pieces);
        }
        else
        {
            var forward = _winograd with { Images = images, Plain = At(kernel), X = At(x), Bias = At(bias), Y = At(y), Which = train ? Which : null };
            forward.Transformed = ThreadTransform<WinogradKernel<S, V>>.Of(WindowsKernel(At(kernel)), Workers);
            Workers.Run(forward, forward.Pieces);
        }
        GC.KeepAlive(this);
    }

    protected override void BackwardCore(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dkernel,
        DeviceBuffer? dbias, DeviceBuffer? dx)
    {
        PrepareTraining();
        int parts = Parts(images);
        var backward = _backward with { Images = images, Parts = parts, X = At(x), Y = At(y), DY = At(dy), DX = At(dx) };
        backward.KernelSums = _backward.KernelSums.For(parts, images > parts * SparseBackward<S, V>.ImagesAtATime ? parts : Groups);
        if (dx is not null) backward.Turned = ThreadTransform<TurnForGradient<S, V>>.Of(Turned(At(kernel)), Workers);
        Workers.Run(backward, parts);
        backward.KernelSums.Close();
        Workers.Run(new SumAndTurn<S, V> { From = backward.KernelSums, To = At(dkernel), Depth = Shape.Depth, Filters = Shape.Filters },
            SumAndTurn<S, V>.Pieces(Shape.Depth));
        if (dbias is not null)
        {
            var sum = new SumOfParts<S, V> { From = _backward.BiasParts, Parts = parts, Pitch = Shape.Filters, To = At(dbias), Count = Shape.Filters };
            Workers.Run(sum, sum.Pieces);
        }
        GC.KeepAlive(this);
    }
}
