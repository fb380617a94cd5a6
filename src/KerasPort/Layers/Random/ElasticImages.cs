using KerasPort.Engines;

namespace KerasPort.Layers;

/// <summary>Images whose pixels move by a distance of their own, which is the same down and to the right.</summary>
internal sealed class ElasticImages(int images, int height, int width, int channels, ImageFill fill, bool bilinear, float fillValue)
{
    private const int Parts = 4;

    private readonly float[] _spare = new float[height * width];
    private float[] _bell = [];

    /// <summary>The distances: normal noise [images, height, width], blurred by a Gaussian kernel whose width grows with the image and the scale.</summary>
    public void Moves(float[] noise, float scale, float[] moves)
    {
        float reach = Math.Max(height, width) * (0.1f * scale), spread = Math.Min(height, width) * (0.05f * scale);
        int size = 6 * (int)spread | 1;
        if (_bell.Length != size) _bell = new float[size];
        Bell.Fill(_bell, spread);
        for (int image = 0; image < images; image++)
        {
            var to = moves.AsSpan(image * height * width, height * width);
            Blur(noise.AsSpan(image * height * width, height * width), _spare, height, width, 1, width);
            Blur(_spare, to, width, height, width, 1);
            for (int i = 0; i < to.Length; i++) to[i] *= spread * reach;
        }
    }

    /// <summary>Blurs lines of pixels; pixels outside of the image are 0.</summary>
    private void Blur(ReadOnlySpan<float> from, Span<float> to, int lines, int length, int step, int line)
    {
        int before = _bell.Length / 2;
        for (int l = 0; l < lines; l++)
            for (int i = 0; i < length; i++)
            {
                float sum = 0;
                int first = Math.Max(0, before - i), end = Math.Min(_bell.Length, length + before - i);
                for (int k = first; k < end; k++) sum += from[l * line + (i + k - before) * step] * _bell[k];
                to[l * line + i * step] = sum;
            }
    }

    /// <summary>The images, moved.</summary>
    public void Move(float[] x, float[] moves, float[] y)
    {
        Span<int> from = stackalloc int[Parts];
        Span<float> share = stackalloc float[Parts];
        Array.Clear(y);
        for (int pixel = 0; pixel < moves.Length; pixel++)
            for (int part = Find(pixel, moves[pixel], from, share) - 1; part >= 0; part--)
                for (int c = 0; c < channels; c++) y[pixel * channels + c] += share[part] * (from[part] < 0 ? fillValue : x[from[part] + c]);
    }

    /// <summary>The gradient of the images, from that of the moved images.</summary>
    public void MoveBack(float[] dy, float[] moves, float[] dx)
    {
        Span<int> from = stackalloc int[Parts];
        Span<float> share = stackalloc float[Parts];
        Array.Clear(dx);
        for (int pixel = 0; pixel < moves.Length; pixel++)
            for (int part = Find(pixel, moves[pixel], from, share) - 1; part >= 0; part--)
                for (int c = 0; from[part] >= 0 && c < channels; c++) dx[from[part] + c] += share[part] * dy[pixel * channels + c];
    }

    /// <summary>The source pixels that a pixel is interpolated from: their places, -1 outside of the image, and their shares.</summary>
    /// <returns>The number of source pixels.</returns>
    private int Find(int pixel, float move, Span<int> from, Span<float> share)
    {
        int image = pixel / (height * width);
        float y = pixel / width % height + move, x = pixel % width + move;
        if (!bilinear)
        {
            (from[0], share[0]) = (At(image, (int)MathF.Round(y), (int)MathF.Round(x)), 1);
            return 1;
        }
        int top = (int)MathF.Floor(y), left = (int)MathF.Floor(x);
        float down = y - top, across = x - left;
        for (int part = 0; part < Parts; part++)
        {
            bool isUpper = part >= 2, isLeft = part % 2 == 1;
            from[part] = At(image, isUpper ? top : top + 1, isLeft ? left : left + 1);
            share[part] = (isUpper ? 1 - down : down) * (isLeft ? 1 - across : across);
        }
        return Parts;
    }

    private int At(int image, int y, int x)
    {
        bool isInside = y >= 0 && y < height && x >= 0 && x < width;
        return fill == ImageFill.Constant && !isInside ? -1 : ((image * height + Inside(y, height)) * width + Inside(x, width)) * channels;
    }

    private int Inside(int place, int count)
    {
        if (fill == ImageFill.Wrap) return (place % count + count) % count;
        if (fill != ImageFill.Reflect) return Math.Clamp(place, 0, count - 1);
        // As in Keras, the mirror at the end lies at the last pixel's edge, but that at the beginning lies at the first pixel's middle.
        int within = Math.Abs(place) % (2 * count);
        return within < count ? within : 2 * count - within - 1;
    }
}
