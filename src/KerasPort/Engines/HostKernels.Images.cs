using KerasPort.Random;

namespace KerasPort.Engines;

public partial class HostKernels<T, M>
{
    /// <inheritdoc/>
    protected override void TransformImagesCore(in ImageTransform transform, int images, DeviceBuffer x, DeviceBuffer transforms, DeviceBuffer y)
    {
        var (from, numbers, to) = (Fetch(x), Fetch(transforms), new T[images * transform.Size]);
        int row = transform.Width * transform.Channels;
        for (int image = 0; image < images; image++)
            for (int i = 0; i < transform.Height; i++)
                transform.Row<T>(from.AsSpan(image * transform.Size, transform.Size), numbers.AsSpan(image * ImageTransform.Numbers, ImageTransform.Numbers),
                    i, to.AsSpan(image * transform.Size + i * row, row));
        Store(to, y);
    }

    /// <inheritdoc/>
    protected override void RandomNormalsCore(ulong key, ulong upper, long block, int count, DeviceBuffer y)
    {
        var normals = new float[count];
        Philox.Normals(key, upper, block, normals);
        Store(Array.ConvertAll(normals, T.CreateChecked), y);
    }
}
