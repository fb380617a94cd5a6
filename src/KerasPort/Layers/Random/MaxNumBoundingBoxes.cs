using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// Gives each image the same number of bounding boxes and labels, in a dictionary of "images" and "bounding_boxes": further boxes are cut off, missing
/// ones are filled with a value. Images and other entries stay as they are.
/// </summary>
[OnlySetting("data_format", "channels_last"), NoSetting("fill_value")]
public sealed class MaxNumBoundingBoxes : Layer
{
    /// <summary>A number of boxes.</summary>
    /// <param name="max_number">The number of boxes.</param>
    /// <param name="fill_value">The value of missing boxes and labels. As in Keras, files don't hold it.</param>
    /// <param name="bounding_box_format">The meaning of a box's four numbers, such as "xyxy". It is required if there are boxes, and changes nothing.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    public MaxNumBoundingBoxes(int max_number, int fill_value = -1, string? bounding_box_format = null, Shape? input_shape = null, string? name = null)
        : base(name, input_shape) =>
        (this.max_number, this.fill_value, this.bounding_box_format) = (max_number, fill_value, bounding_box_format);

    /// <summary>The number of boxes.</summary>
    public int max_number { get; }

    /// <summary>The value of missing boxes and labels.</summary>
    public int fill_value { get; }

    /// <summary>The meaning of a box's four numbers.</summary>
    [OnlyWhenGiven]
    public string? bounding_box_format { get; }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => x;

    internal override Tensor? ApplyByName(string[] names, Tensor[] given, bool? training) => Tensor.Several([.. names.Zip(given, (key, value) =>
    {
        if (key != "bounding_boxes") return value;
        if (bounding_box_format is null)
            throw new ValueError("You passed an input with a 'bounding_boxes' key, but you didn't specify a bounding box format. Pass a `bounding_box_format` "
                + "argument to your MaxNumBoundingBoxes layer, e.g. `bounding_box_format='xyxy'`.");
        if (value.Names is not { } parts || !parts.Order().SequenceEqual(["boxes", "labels"]))
            throw new ValueError("Expected `bounding_boxes` to be a dictionary with the keys 'boxes' and 'labels'. "
                + $"Received: {(value.Names is null ? "a tensor" : $"the keys {PythonText.Repr(value.Names)}")}");
        return Tensor.Several([.. value.Parts!.Zip(parts, (part, of) => Fitting(part, of == "boxes" ? 2 : 1))], parts);
    })], names);

    /// <summary>Boxes or labels, cut or filled to the number; a batch axis may precede theirs.</summary>
    private Tensor Fitting(Tensor x, int rank)
    {
        int axis = x.shape.Rank - rank, count = axis is 0 or 1 ? x.shape[axis]!.Value
            : throw new ValueError($"Boxes are [images, boxes, 4], labels [images, boxes], or of one image. Received: a tensor of shape {x.shape}");
        var first = axis == 0 ? x[..Math.Min(count, max_number)] : x[.., ..Math.Min(count, max_number)];
        int[][] widths = [.. Enumerable.Range(0, x.shape.Rank).Select(i => new[] { 0, i == axis ? Math.Max(max_number - count, 0) : 0 })];
        var all = count < max_number ? KerasOps.Pad(widths, "constant", fill_value).Of(first) : first;
        return all.IsOfPlan || all.IsSymbolic ? all : all.numpy().astype(x.dtype);
    }
}
