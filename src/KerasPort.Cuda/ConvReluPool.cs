using ILGPU;
using ILGPU.Runtime;
using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Cuda;

internal sealed partial class CudaKernels
{
    protected override ConvReluPool? ConvReluPoolCore(in Window2D convolution, in Window2D pooling, int images, bool inputGradient)
    {
        bool halves = pooling is { KernelHeight: 2, KernelWidth: 2, StrideY: 2, StrideX: 2, PadTop: 0, PadLeft: 0 }
            && convolution.OutHeight == 2 * pooling.OutHeight && convolution.OutWidth == 2 * pooling.OutWidth;
        return halves ? new CudaConvReluPool(this, convolution, pooling, images) : null;
    }

    /// <summary>
    /// A convolution whose output is pooled 2 × 2. The four pixels of a pooling window are neighbouring rows of the product, so that one thread
    /// has them all: the layer's full output is never stored, only the index of each window's largest pixel, and the backward pass
    /// computes the full gradient where it fills a tile.
    /// </summary>
    private sealed class CudaConvReluPool : ConvReluPool
    {
        private readonly CudaKernels _kernels;
        private readonly Window2D _convolution, _pooling;
        private readonly ArrayView<byte> _which;

        public CudaConvReluPool(CudaKernels kernels, in Window2D convolution, in Window2D pooling, int images) : base(convolution, pooling, images)
        {
            (_kernels, _convolution, _pooling) = (kernels, convolution, pooling);
            _which = _kernels.AllocateBytes(images * _pooling.OutputSize, this);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && _kernels._memory.Remove(this, out var memory)) Card.Try(memory.Dispose);
        }

        protected override void ForwardCore(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, DeviceBuffer y, bool train)
        {
            int rows = images * _convolution.Pixels;
            _kernels.Multiply(
                new Rows<Patches> { Matrix = Patches.Of(At(x), _convolution, images, byPoolingWindow: true) },
                new Columns<Matrix> { Matrix = Matrix.Of(At(kernel), _convolution.Depth, _convolution.Filters) },
                new Pooled
                {
                    Values = At(y).View,
                    Which = _which,
                    Bias = At(bias ?? kernel).View,
                    HasBias = bias is null ? 0 : 1,
                    Height = rows,
                    Width = _convolution.Filters,
                },
                rows, _convolution.Filters, _convolution.Depth);
        }

        protected override void BackwardCore(int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer y, DeviceBuffer dy,
            DeviceBuffer dkernel, DeviceBuffer? dbias, DeviceBuffer? dx)
        {
            var gradient = new PooledGradient
            {
                Values = At(dy).View,
                Which = _which,
                Height = _pooling.OutHeight,
                Width = _pooling.OutWidth,
                Filters = _convolution.Filters,
                IsAligned = _convolution.Filters % 4 == 0 && At(dy).IsAligned ? 1 : 0,
            };
            _kernels.MultiplyInParts(
                new Columns<Patches> { Matrix = Patches.Of(At(x), _convolution, images, byPoolingWindow: true) },
                new PooledColumns { Gradient = gradient, Pixels = images * _convolution.Pixels },
                At(dkernel), dbias, _convolution.Depth, _convolution.Filters, images * _convolution.Pixels);
            if (dx is not null) _kernels.MultiplyInputGradient(gradient, _convolution, images, kernel, dx);
        }
    }

    /// <summary>
    /// Stored instead of the index, 0 to 3 row by row, of the pixel that gets a window's gradient: no pixel does, because its relu is 0 or the
    /// first pixel is NaN.
    /// </summary>
    private const byte NoPixel = 4;

    /// <summary>Each four rows are a pooling window: stores the largest value after bias and relu, and its index (the first of equals).</summary>
    private struct Pooled : IResult
    {
        public ArrayView<float> Values, Bias;
        public ArrayView<byte> Which;
        public int Height, Width, HasBias;

        public readonly bool WantsColumnSums => false;

        public readonly void Store(int row, int column, Float4 first, Float4 second, Float4 third, Float4 fourth)
        {
            if (row >= Height) return;
            One(row, column, first.X, second.X, third.X, fourth.X);
            One(row, column + 1, first.Y, second.Y, third.Y, fourth.Y);
            One(row, column + 2, first.Z, second.Z, third.Z, fourth.Z);
            One(row, column + 3, first.W, second.W, third.W, fourth.W);
        }

        public readonly void StoreColumnSum(int column, float sum) { }

        private readonly void One(int row, int column, float first, float second, float third, float fourth)
        {
            if (column >= Width) return;
            float bias = HasBias != 0 ? Bias[column] : 0, best = float.MinValue;
            int which = NoPixel;
            Take(first + bias, 0, ref best, ref which);
            Take(second + bias, 1, ref best, ref which);
            Take(third + bias, 2, ref best, ref which);
            Take(fourth + bias, 3, ref best, ref which);
            int at = row / 4 * Width + column;
            Values[at] = best;
            Which[at] = (byte)(DeviceMath.IsPositive(best) && !DeviceMath.IsNaN(first + bias) ? which : NoPixel);
        }

        /// <summary>Updates the largest value; NaN is skipped, so that a window of NaN alone keeps the lowest number.</summary>
        private static void Take(float pixel, int number, ref float best, ref int which)
        {
            float value = DeviceMath.Relu(pixel);
            if (DeviceMath.IsNaN(value) || !(value > best)) return;
            (best, which) = (value, number);
        }
    }

    /// <summary>The gradient of a convolution's full output, from the pooled output's: 0 but for each window's largest pixel.</summary>
    private struct PooledGradient : IGradient
    {
        public ArrayView<float> Values;
        public ArrayView<byte> Which;
        public int Height, Width, Filters, IsAligned;

        public readonly Float4 At(int image, int y, int x, int filter) =>
            Of(((image * Height + y / 2) * Width + x / 2) * Filters + filter, y % 2 * 2 + x % 2, Filters - filter);

        /// <summary>The gradients of pixel 0 to 3 in the windows of four filters, from an index of the pooled output on.</summary>
        public readonly Float4 Of(int at, int pixel, int left)
        {
            if (IsAligned == 0)
                return new Float4(One(at, pixel), left > 1 ? One(at + 1, pixel) : 0, left > 2 ? One(at + 2, pixel) : 0, left > 3 ? One(at + 3, pixel) : 0);
            var four = Values.Cast<Float4>()[at / 4];
            uint which = Which.Cast<uint>()[at / 4], wanted = (uint)pixel;
            return new Float4((which & 255) == wanted ? four.X : 0, (which >> 8 & 255) == wanted ? four.Y : 0,
                (which >> 16 & 255) == wanted ? four.Z : 0, which >> 24 == wanted ? four.W : 0);
        }

        private readonly float One(int at, int pixel) => Which[at] == pixel ? Values[at] : 0;
    }

    /// <summary>The left side for the kernel's gradient: filters outside; the full output's pixels, ordered by pooling windows, are summed over.</summary>
    private struct PooledColumns : ITile
    {
        public PooledGradient Gradient;
        public int Pixels;

        public readonly bool AlongDepth => false;

        public readonly Float4 At(int outer, int depth) => outer >= Gradient.Filters || depth >= Pixels ? default
            : Gradient.Of(depth / 4 * Gradient.Filters + outer, depth % 4, Gradient.Filters - outer);
    }
}
