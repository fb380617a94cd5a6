using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>A box in each image, of a size that is given and at a place that is drawn, as random erasing and cut-mix have them.</summary>
internal sealed class Boxes(int images)
{
    private readonly float[] _left = new float[images], _right = new float[images], _top = new float[images], _bottom = new float[images];

    /// <summary>Draws the places, across and then down; sizes are parts of the width and of the height.</summary>
    public void Draw(SeedGenerator seeds, int width, int height, float[] across, float[] down)
    {
        Draw(seeds, width, across, _left, _right);
        Draw(seeds, height, down, _top, _bottom);
    }

    /// <summary>How much of an image its box covers.</summary>
    public float Share(int image, int height, int width) => (_right[image] - _left[image]) * (_bottom[image] - _top[image]) / (width * height);

    /// <summary>1 for pixels within the box of an image, of those only that count where that is said, else 0.</summary>
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

    /// <summary>Images, a pixel a row.</summary>
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
