using KerasPort.Engines;

namespace KerasPort.Graphs;

// A convolution of volumes is computed as one of images whose channels are those of all planes that a window reads.
public sealed partial class Graph
{
    /// <summary>
    /// x[volumes, depth, height, width, channels] as images[volumes · outputs, height, width, groups · taps · channels of a group], one for each plane of the
    /// output.
    /// </summary>
    /// <param name="x">The volumes.</param>
    /// <param name="table">The planes that each window reads, window after window.</param>
    /// <param name="taps">The number of planes that a window reads.</param>
    /// <param name="groups">Groups of channels, which stay together.</param>
    internal Tensor Planes(Tensor x, AlongTable table, int taps, int groups)
    {
        var (height, width, channels) = (x.shape[2]!.Value, x.shape[3]!.Value, x.shape[4]!.Value);
        int images = x.shape[0]!.Value * table.Outputs / taps;
        var planes = Reshape(Along(x, 1, table), new Shape(images, taps, height * width, groups, channels / groups));
        return Reshape(Transpose(planes, [0, 2, 3, 1, 4]), (images, height, width, taps * channels));
    }

    /// <summary>The reverse for one group: y[volumes, depth, height, width, channels] = the sum, for each plane, over the windows that read it.</summary>
    /// <param name="images">One image for each window.</param>
    /// <param name="table">The planes that each window reads.</param>
    /// <param name="taps">The number of planes that a window reads.</param>
    /// <param name="volumes">The number of volumes.</param>
    internal Tensor SumOfPlanes(Tensor images, AlongTable table, int taps, int volumes)
    {
        var (height, width, channels) = (images.shape[1]!.Value, images.shape[2]!.Value, images.Columns / taps);
        var planes = Transpose(Reshape(images, (images.shape[0], height * width, taps, channels)), [0, 2, 1, 3]);
        return Along(Reshape(planes, new Shape(volumes, table.Outputs, height, width, channels)), 1, table.Transposed);
    }

    /// <summary>kernel[taps, height, width, a, b] as a kernel of images, [height, width, taps · a, b].</summary>
    internal Tensor PlaneKernel(Tensor kernel)
    {
        int[] shape = kernel.shape.ToArray();
        return Reshape(Transpose(kernel, [1, 2, 0, 3, 4]), (shape[1], shape[2], shape[0] * shape[3], shape[4]));
    }
}
