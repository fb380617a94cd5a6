using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Changes brightness, contrast, saturation and hue of each image in this order; those without a factor stay.</summary>
public sealed class RandomColorJitter : RandomImageLayer
{
    private readonly RandomImageLayer[] _layers;

    /// <summary>Random colours.</summary>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="brightness_factor">The factor of <see cref="RandomBrightness"/>; without one brightness stays.</param>
    /// <param name="contrast_factor">The factor of <see cref="RandomContrast"/>; without one contrast stays.</param>
    /// <param name="saturation_factor">The factor of <see cref="RandomSaturation"/>; without one saturation stays.</param>
    /// <param name="hue_factor">The factor of <see cref="RandomHue"/>; without one hues stay.</param>
    /// <param name="seed">The seed: the same seed gives the same colours. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomColorJitter(Factor? value_range = null, Factor? brightness_factor = null, Factor? contrast_factor = null, Factor? saturation_factor = null,
        Factor? hue_factor = null, long? seed = null, Shape? input_shape = null, string? name = null) : base(seed, name, input_shape)
    {
        this.value_range = AsGiven(value_range);
        (this.brightness_factor, this.contrast_factor) = (brightness_factor, contrast_factor);
        (this.saturation_factor, this.hue_factor) = (saturation_factor, hue_factor);
        var layers = new List<RandomImageLayer>();
        if (brightness_factor is not null) layers.Add(new RandomBrightness(brightness_factor, this.value_range, seed));
        if (contrast_factor is not null) layers.Add(new RandomContrast(contrast_factor, this.value_range, seed));
        if (saturation_factor is not null) layers.Add(new RandomSaturation(saturation_factor, this.value_range, seed));
        if (hue_factor is not null) layers.Add(new RandomHue(hue_factor, this.value_range, seed));
        _layers = [.. layers];
    }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    /// <summary>The factor of brightness.</summary>
    public Factor? brightness_factor { get; }

    /// <summary>The factor of contrast.</summary>
    public Factor? contrast_factor { get; }

    /// <summary>The factor of saturation.</summary>
    public Factor? saturation_factor { get; }

    /// <summary>The factor of hue.</summary>
    public Factor? hue_factor { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        // All layers share one random state.
        ImageChange[] changes = [.. _layers.Select(layer => layer.Change(g, images, seeds))];
        return new(x => changes.Aggregate(x, (changed, change) => change.Images(changed)));
    }
}
