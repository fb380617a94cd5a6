using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>
/// A layer over sequences, images or volumes. The channels come last, or right behind the batch if its <c>data_format</c> is "channels_first": then the
/// input is transposed, and the output transposed back, so that derived classes always see the channels last.
/// </summary>
public abstract class SpatialLayer : Layer
{
    private protected SpatialLayer(string? data_format, Shape? input_shape, string? name) : base(name, input_shape) =>
        this.data_format = DataFormat.Of(data_format);

    /// <summary>"channels_last", or "channels_first".</summary>
    public string data_format { get; }

    /// <summary>Whether channels come right behind the batch.</summary>
    internal bool ChannelsFirst => data_format == DataFormat.First;

    /// <inheritdoc/>
    public sealed override Shape compute_output_shape(Shape input_shape) => EndedShape(AsGiven(OutputOf(ChannelsLast(input_shape))));

    /// <inheritdoc/>
    protected internal sealed override IEnumerable<Weight> Weights(Shape input_shape) => WeightsFor(ChannelsLast(input_shape));

    internal sealed override Window2D? WindowOver(Shape input_shape) => WindowOf(ChannelsLast(input_shape));

    /// <inheritdoc/>
    protected internal sealed override Tensor Call(Graph g, Tensor x)
    {
        int rank = x.shape.Rank;
        var turned = ChannelsFirst ? g.Transpose(x, DataFormat.ToLast(rank, ChannelAxis(rank))) : x;
        turned.Mask = x.Mask;
        var y = Computed(g, turned);
        // An output without pixel axes, as of a global pooling, isn't transposed.
        rank = y.shape.Rank;
        return Ended(g, ChannelsFirst && rank > 2 ? g.Transpose(y, DataFormat.ToFirst(rank, ChannelAxis(rank))) : y);
    }

    /// <summary>The output's shape. All shapes here have the batch first and channels last.</summary>
    private protected abstract Shape OutputOf(Shape input);

    /// <summary>The output.</summary>
    private protected abstract Tensor Computed(Graph g, Tensor x);

    /// <summary>The last step, after the channels are back where the layer's output has them.</summary>
    private protected virtual Tensor Ended(Graph g, Tensor y) => y;

    /// <summary>The shape after the last step.</summary>
    private protected virtual Shape EndedShape(Shape output) => output;

    /// <inheritdoc cref="Layer.Weights(Shape)"/>
    private protected virtual IEnumerable<Weight> WeightsFor(Shape input) => [];

    /// <inheritdoc cref="Layer.WindowOver"/>
    private protected virtual Window2D? WindowOf(Shape input) => null;

    /// <summary>The axis of the channels in a tensor of that rank that is "channels_first".</summary>
    private protected virtual int ChannelAxis(int rank) => 1;

    /// <summary>The shape with its channels last.</summary>
    internal Shape ChannelsLast(Shape shape) => Turned(shape, DataFormat.ToLast);

    /// <summary>A shape with its channels last, turned into the layer's data format.</summary>
    internal Shape AsGiven(Shape shape) => Turned(shape, DataFormat.ToFirst);

    private Shape Turned(Shape shape, Func<int, int, int[]> order) => !ChannelsFirst || shape.Rank < 3 ? shape
        : new Shape([.. order(shape.Rank, ChannelAxis(shape.Rank)).Select(axis => shape[axis])]);
}

/// <summary>The place of the channels in a tensor.</summary>
internal static class DataFormat
{
    public const string First = "channels_first", Last = "channels_last";

    /// <summary>The name of a format, read in upper or lower case; "channels_last" by default.</summary>
    /// <exception cref="ValueError">There is no such format.</exception>
    public static string Of(string? data_format) => (data_format ?? Last).ToLowerInvariant() is First or Last ? (data_format ?? Last).ToLowerInvariant()
        : throw new ValueError($"The `data_format` argument must be one of {{'channels_first', 'channels_last'}}. Received: data_format={data_format}");

    /// <summary>The permutation that moves the channels from that axis to the last.</summary>
    public static int[] ToLast(int rank, int channels) => [.. Enumerable.Range(0, rank).Where(axis => axis != channels), channels];

    /// <summary>The permutation that moves the channels from the last axis to that one.</summary>
    public static int[] ToFirst(int rank, int channels) =>
        [.. Enumerable.Range(0, channels), rank - 1, .. Enumerable.Range(channels, rank - 1 - channels)];
}
