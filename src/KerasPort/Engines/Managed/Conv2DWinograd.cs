using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    /// <summary>
    /// Sets y to the sums of 3 × 3 windows by minimal filtering. Returns <c>false</c> if the convolution isn't of that kind, or if an output isn't
    /// finite, which infinities cause: the caller then makes the plain sums.
    /// </summary>
    private bool HasWinograd(in Window2D w, int images, float* x, float* kernel, float* bias, bool relu, float* y, [CallerMemberName] string name = "")
    {
        if (!WinogradGrid<S, V>.Fits(w)) return false;
        int pitch = w.Channels * w.Filters + 16;
        var grid = new WinogradGrid<S, V>(w, images);
        var transform = new WinogradTilesKernel<S, V> { From = kernel, Channels = w.Channels, Filters = w.Filters, Pitch = pitch };
        transform.To = Scratch(2, ThreadTransform<WinogradTilesKernel<S, V>>.Room(transform.Size, workers.Threads));
        var transformed = ThreadTransform<WinogradTilesKernel<S, V>>.Of(transform, workers, name);
        int* isOff = Flag(grid, out float* scratch);
        var tiles = new WinogradTiles<S, V>
        {
            Grid = grid, X = x, Kernel = transformed, KernelPitch = pitch, Bias = bias, Relu = relu, Y = y, Scratch = scratch, IsOff = isOff,
        };
        workers.Run(tiles, tiles.Pieces, name);
        return *isOff == 0;
    }

    /// <summary>The same for the kernel's gradient.</summary>
    private bool HasWinogradGradient(in Window2D w, int images, float* x, float* dy, float* dkernel, [CallerMemberName] string name = "")
    {
        if (!WinogradGrid<S, V>.Fits(w)) return false;
        var grid = new WinogradGrid<S, V>(w, images);
        int* isOff = Flag(grid, out float* scratch);
        var taps = new WinogradTaps<S, V> { Grid = grid, X = x, DY = dy, Scratch = scratch };
        taps.Sums = Scratch(2, taps.Groups * WinogradGrid<S, V>.Points * taps.Pitch);
        workers.Run(taps, taps.Groups, name);
        workers.Run(
            new WinogradKernelGradient<S, V> { Grid = grid, Sums = taps.Sums, To = dkernel, Groups = taps.Groups, Pitch = taps.Pitch, IsOff = isOff },
            w.Channels, name);
        return *isOff == 0;
    }

    /// <summary>A cleared flag, and behind it the threads' scratch memory.</summary>
    private int* Flag(in WinogradGrid<S, V> grid, out float* scratch)
    {
        const int line = 16;
        float* all = Scratch(3, line + workers.Threads * grid.ScratchSize);
        *(int*)all = 0;
        scratch = all + line;
        return (int*)all;
    }
}
