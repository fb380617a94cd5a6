using System.Numerics;

namespace KerasPort.Engines;

/// <summary>The values of pixels outside of an image.</summary>
public enum ImageFill
{
    /// <summary>The image, mirrored at its edges: d c b a | a b c d | d c b a.</summary>
    Reflect,

    /// <summary>The image again: a b c d | a b c d | a b c d.</summary>
    Wrap,

    /// <summary>One value.</summary>
    Constant,

    /// <summary>The pixel at the edge.</summary>
    Nearest,
}

/// <summary>
/// A projective transform of images by eight numbers each: the pixel at x, y comes from (t₀x + t₁y + t₂) / k, (t₃x + t₄y + t₅) / k with
/// k = t₆x + t₇y + 1. The order of operations is that of TensorFlow's ImageProjectiveTransformV3, so that the bits are the same.
/// </summary>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="Channels">Values of a pixel.</param>
/// <param name="Fill">The values outside.</param>
/// <param name="Bilinear">Whether four pixels are interpolated; else the nearest one is taken.</param>
/// <param name="FillValue">The value outside, with <see cref="ImageFill.Constant"/>.</param>
public readonly record struct ImageTransform(int Height, int Width, int Channels, ImageFill Fill, bool Bilinear, float FillValue)
{
    /// <summary>The numbers of a transform.</summary>
    public const int Numbers = 8;

    /// <summary>Values of an image.</summary>
    public int Size => Height * Width * Channels;

    /// <summary>The transform that undoes another one.</summary>
    internal static void Invert(ReadOnlySpan<float> t, Span<float> inverse)
    {
        ((ReadOnlySpan<float>)[t[4] - t[5] * t[7], t[2] * t[7] - t[1], t[1] * t[5] - t[2] * t[4], t[5] * t[6] - t[3], t[0] - t[2] * t[6],
            t[2] * t[3] - t[0] * t[5], t[3] * t[7] - t[4] * t[6], t[1] * t[6] - t[0] * t[7]]).CopyTo(inverse);
        float last = t[0] * t[4] - t[1] * t[3];
        for (int i = 0; i < Numbers; i++) inverse[i] /= last;
    }

    /// <summary>Makes one row of an image.</summary>
    internal void Row<T>(ReadOnlySpan<T> image, ReadOnlySpan<T> t, int row, Span<T> to) where T : IFloatingPointIeee754<T>
    {
        T y = T.CreateChecked(row), one = T.One;
        for (int column = 0; column < Width; column++)
        {
            T x = T.CreateChecked(column), k = t[6] * x + t[7] * y + one;
            T fromX = Inside((t[0] * x + t[1] * y + t[2]) / k, Width), fromY = Inside((t[3] * x + t[4] * y + t[5]) / k, Height);
            var pixel = to.Slice(column * Channels, Channels);
            if (Bilinear) Mix(image, fromX, fromY, pixel);
            else
                for (int c = 0; c < Channels; c++)
                    pixel[c] = Read(image, T.Round(fromY, MidpointRounding.AwayFromZero), T.Round(fromX, MidpointRounding.AwayFromZero), c);
        }
    }

    private void Mix<T>(ReadOnlySpan<T> image, T x, T y, Span<T> to) where T : IFloatingPointIeee754<T>
    {
        T left = T.Floor(x), top = T.Floor(y), right = left + T.One, bottom = top + T.One;
        for (int c = 0; c < Channels; c++)
        {
            T above = (right - x) * Read(image, top, left, c) + (x - left) * Read(image, top, right, c);
            T below = (right - x) * Read(image, bottom, left, c) + (x - left) * Read(image, bottom, right, c);
            to[c] = (bottom - y) * above + (y - top) * below;
        }
    }

    private T Read<T>(ReadOnlySpan<T> image, T y, T x, int channel) where T : IFloatingPointIeee754<T> =>
        y >= T.Zero && x >= T.Zero && y < T.CreateChecked(Height) && x < T.CreateChecked(Width)
            ? image[(int.CreateChecked(y) * Width + int.CreateChecked(x)) * Channels + channel] : T.CreateChecked(FillValue);

    /// <summary>A coordinate along an axis of <paramref name="count"/> pixels, brought into the image as the fill says.</summary>
    private T Inside<T>(T at, int count) where T : IFloatingPointIeee754<T>
    {
        T n = T.CreateChecked(count), last = n - T.One, zero = T.Zero;
        if (Fill == ImageFill.Constant) return at;
        if (Fill != ImageFill.Nearest && count <= 1) return at < zero || at > last ? zero : at;
        if (Fill == ImageFill.Reflect)
        {
            T period = n + n;
            if (at < zero)
            {
                at = period * T.Truncate(-at / period) + at;
                at = at < -n ? at + period : -at - T.One;
            }
            else if (at > last)
            {
                at -= period * T.Truncate(at / period);
                if (at >= n) at = period - at - T.One;
            }
        }
        else if (Fill == ImageFill.Wrap)
        {
            // The period is n, but TensorFlow divides by n - 1.
            if (at < zero) at += n * (T.Truncate(-at / last) + T.One);
            else if (at > last) at -= n * T.Truncate(at / last);
        }
        return at < zero ? zero : at > last ? last : at;
    }
}
