using ILGPU;
using KerasPort.Engines;

namespace KerasPort.Cuda;

internal sealed partial class CudaKernels
{
    protected override void TransformImagesCore(in ImageTransform transform, int images, DeviceBuffer x, DeviceBuffer transforms, DeviceBuffer y) =>
        _card.Launch(
            new TransformPixel
            {
                Height = transform.Height, Width = transform.Width, Channels = transform.Channels, Fill = (int)transform.Fill,
                Bilinear = transform.Bilinear ? 1 : 0, FillValue = transform.FillValue,
                X = At(x).View, Numbers = At(transforms).View, Y = At(y).View, Count = images * transform.Size,
            },
            images * transform.Size);

    /// <summary>
    /// One thread per value of y; see <see cref="ImageTransform"/> for the order of operations. As in <see cref="DeviceFloat"/>, nothing branches on a float.
    /// </summary>
    internal struct TransformPixel : IKernel
    {
        public int Height, Width, Channels, Fill, Bilinear, Count;
        public float FillValue;
        public ArrayView<float> X, Numbers, Y;

        public readonly void Run()
        {
            int i = Index;
            if (i >= Count) return;
            int channel = i % Channels, pixel = i / Channels, column = pixel % Width, row = pixel / Width % Height, image = pixel / Width / Height;
            int t = image * ImageTransform.Numbers;
            float k = Sum(Numbers[t + 6], column, Numbers[t + 7], row, 1);
            float x = Inside(Sum(Numbers[t], column, Numbers[t + 1], row, Numbers[t + 2]) / k, Width);
            float y = Inside(Sum(Numbers[t + 3], column, Numbers[t + 4], row, Numbers[t + 5]) / k, Height);
            if (Bilinear == 0)
            {
                Y[i] = Read(image, Nearest(y), Nearest(x), channel);
                return;
            }
            float left = MathF.Floor(x), top = MathF.Floor(y), right = left + 1, bottom = top + 1;
            float above = Mix(right - x, Read(image, top, left, channel), x - left, Read(image, top, right, channel));
            float below = Mix(right - x, Read(image, bottom, left, channel), x - left, Read(image, bottom, right, channel));
            Y[i] = Mix(bottom - y, above, y - top, below);
        }

        private static float Sum(float a, float x, float b, float y, float c) => DeviceMath.Add(Mix(a, x, b, y), c);

        private static float Mix(float a, float x, float b, float y) => DeviceMath.Add(DeviceMath.Multiply(a, x), DeviceMath.Multiply(b, y));

        private static float If(float a, float isGreaterThan, float then, float otherwise) =>
            DeviceFloat.Select(DeviceFloat.Greater(a, isGreaterThan), then, otherwise);

        private static float Whole(float a) => DeviceFloat.CopySign(MathF.Floor(DeviceFloat.Abs(a)), a);

        /// <summary>The whole number nearest to a; halves are rounded away from 0.</summary>
        private static float Nearest(float a)
        {
            float size = DeviceFloat.Abs(a), below = MathF.Floor(size);
            return DeviceFloat.CopySign(below + If(0.5f, size - below, 0, 1), a);
        }

        /// <summary>The value at whole coordinates x and y, or the one for outside of the image.</summary>
        private readonly float Read(int image, float y, float x, int channel)
        {
            float isInside = If(y, -1, If(Height, y, If(x, -1, If(Width, x, 1, 0), 0), 0), 0);
            int row = (int)DeviceFloat.Select(isInside, y, 0), column = (int)DeviceFloat.Select(isInside, x, 0);
            return DeviceFloat.Select(isInside, X[((image * Height + row) * Width + column) * Channels + channel], FillValue);
        }

        private readonly float Inside(float at, int count)
        {
            float n = count, last = n - 1;
            if (Fill == (int)ImageFill.Constant) return at;
            if (Fill == (int)ImageFill.Reflect && count > 1)
            {
                float period = n + n;
                float low = DeviceMath.Add(DeviceMath.Multiply(period, Whole(-at / period)), at);
                float high = DeviceMath.Subtract(at, DeviceMath.Multiply(period, Whole(at / period)));
                low = If(-n, low, low + period, -low - 1);
                high = If(n, high, high, period - high - 1);
                at = If(0, at, low, If(at, last, high, at));
            }
            else if (Fill == (int)ImageFill.Wrap && count > 1)
            {
                float low = DeviceMath.Add(at, DeviceMath.Multiply(n, Whole(-at / last) + 1));
                float high = DeviceMath.Subtract(at, DeviceMath.Multiply(n, Whole(at / last)));
                at = If(0, at, low, If(at, last, high, at));
            }
            return If(0, at, 0, If(at, last, last, at));
        }
    }
}
