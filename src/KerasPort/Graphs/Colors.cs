namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>RGB images with each pixel changed by a function, such as one of its hue, saturation and value.</summary>
    /// <param name="images">[images, height, width, 3].</param>
    /// <param name="numbers">One number for each image.</param>
    /// <param name="change">Gives the new pixel for a pixel and its image's number.</param>
    /// <exception cref="ValueError">The number of channels isn't 3.</exception>
    internal Tensor ChangeHsv(Tensor images, Tensor numbers, Func<(float R, float G, float B), float, (float R, float G, float B)> change)
    {
        if (images.Columns != 3)
            throw new ValueError($"Invalid channel size: expected 3 (RGB), which have hues. Received input with shape: images.shape={images.shape}");
        int each = images.Size / numbers.Size;
        return OnHost(images.shape, (inputs, output) =>
        {
            var (from, number) = (inputs[0], inputs[1]);
            for (int i = 0; i < from.Length; i += 3)
                (output[i], output[i + 1], output[i + 2]) = change((from[i], from[i + 1], from[i + 2]), number[i / each]);
        }, NoGradientOfHues, images, numbers);
    }

    private static Tensor?[] NoGradientOfHues(Graph g, Node node, Tensor dy) => throw new ValueError(
        $"No gradient is defined for hues and saturations, as in TensorFlow: put layer '{node.Layer}' before all that is trained.");
}
