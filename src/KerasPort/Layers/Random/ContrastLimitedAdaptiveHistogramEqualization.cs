using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>
/// Equalizes the histogram of each tile of an image with a limit on each count, and interpolates between neighbouring tiles. As in Keras, it does so
/// outside of training too. It has no gradient. Source: Zuiderveld, Contrast limited adaptive histogram equalization (1994).
/// </summary>
public sealed class ContrastLimitedAdaptiveHistogramEqualization : RandomImageLayer
{
    /// <summary>A layer of equalization.</summary>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="clip_limit">The limit of a value's count, as a multiple of its even share of the tile's pixels; no limit for 0 or less.</param>
    /// <param name="tile_grid_size">The number of tiles down and across; 8 and 8 by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public ContrastLimitedAdaptiveHistogramEqualization(Factor? value_range = null, double clip_limit = 4.0, Factor? tile_grid_size = null,
        Shape? input_shape = null, string? name = null) : base(null, name, input_shape, draws: false)
    {
        tile_grid_size ??= (8, 8);
        if (tile_grid_size.IsOne || !tile_grid_size.IsWhole || Math.Min(tile_grid_size.First, tile_grid_size.Second) < 1)
            throw new ValueError($"`tile_grid_size` must be two whole numbers of 1 or more. Received: tile_grid_size={tile_grid_size}");
        (this.value_range, this.clip_limit, this.tile_grid_size) = (AsGiven(value_range), clip_limit, tile_grid_size);
    }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    /// <summary>The limit of a value's count, as a multiple of its even share.</summary>
    public double clip_limit { get; }

    /// <summary>The number of tiles down and across.</summary>
    public Factor tile_grid_size { get; }

    internal override bool ChangesAlways => true;

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds) => new(x =>
    {
        var tiles = new ImageTiles(x.shape[1]!.Value, x.shape[2]!.Value, x.Columns, (int)tile_grid_size.First, (int)tile_grid_size.Second, clip_limit);
        var y = g.OnHost(x.shape, (inputs, output) =>
        {
            for (int at = 0; at < output.Length; at += tiles.Size) tiles.Equalize(inputs[0].AsSpan(at, tiles.Size), output.AsSpan(at, tiles.Size));
        }, null, g.InRange(x, value_range, (0, 255)));
        return g.InRange(y, (0, 255), value_range);
    });
}
