namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override void TransformImagesCore(in ImageTransform transform, int images, DeviceBuffer x, DeviceBuffer transforms, DeviceBuffer y) =>
        workers.Run(new TransformImage { Transform = transform, X = At(x), Numbers = At(transforms), Y = At(y) }, images);

    /// <summary>A piece is an image.</summary>
    private struct TransformImage : IPieces
    {
        public ImageTransform Transform;
        public float* X, Numbers, Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int image)
        {
            int size = Transform.Size, row = Transform.Width * Transform.Channels;
            var from = new ReadOnlySpan<float>(X + (long)image * size, size);
            var numbers = new ReadOnlySpan<float>(Numbers + image * ImageTransform.Numbers, ImageTransform.Numbers);
            for (int i = 0; i < Transform.Height; i++) Transform.Row(from, numbers, i, new Span<float>(Y + (long)image * size + i * row, row));
        }
    }
}
