using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>A box in each image with a given size and a drawn place, for random erasing and cut-mix.</summary>
internal sealed class Boxes(int images)
{
    private readonly float[] _left = new float[images], _right = new float[images], _top = new float[images], _bottom = new float[images];

    /// <summary>Draws the places, first across, then down; the sizes are shares of the width and the height.</summary>
    public void Draw(SeedGenerator seeds, int width, int height, float[] across, float[] down)
    {
        Draw(seeds, width, across, _left, _right);
        Draw(seeds, height, down, _top, _bottom);
    }

    /// <summary>The share of an image that its box covers.</summary>
    public float Share(int image, int height, int width) => (_right[image] - _left[image]) * (_bottom[image] - _top[image]) / (width * height);

    /// <summary>Marks pixels within an image's box by 1 and others by 0; with <paramref name="counts"/> only for images whose number there isn't 0.</summary>
    public void Mark(int height, int width, float[]? counts, float[] mask)
    {
        Array.Clear(mask);
        for (int image = 0; image < images; image++)
        {
            if (counts?[image] == 0) continue;
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    if (x >= _left[image] && x < _right[image] && y >= _top[image] && y < _bottom[image]) mask[(image * height + y) * width + x] = 1;
        }
    }

    /// <summary>Images as rows, one for each pixel.</summary>
    public static Tensor Pixels(Graph g, Tensor images) => g.Reshape(images, (images.Rows, images.Columns));

    private static void Draw(SeedGenerator seeds, int length, float[] part, float[] first, float[] last)
    {
        Stateless.Uniform(seeds.Next(), 0, 1, first);
        for (int i = 0; i < first.Length; i++)
        {
            float size = part[i] * length, start = first[i] * (length - size);
            (first[i], last[i]) = (start, start + size);
        }
    }
}
