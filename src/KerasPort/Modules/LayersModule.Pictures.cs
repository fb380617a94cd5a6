using KerasPort.Layers;

namespace KerasPort;

/// <content>Layers that transform pictures, most of them at random.</content>
public sealed partial class LayersModule
{
    /// <inheritdoc cref="Layers.AugMix(Factor, int, int, Factor, double, bool, string, long?, Shape?, string?)"/>
    public AugMix AugMix(Factor? value_range = null, int num_chains = 3, int chain_depth = 3, Factor? factor = null, double alpha = 1.0,
        bool all_ops = true, string interpolation = "bilinear", long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(value_range, num_chains, chain_depth, factor, alpha, all_ops, interpolation, seed, input_shape, name);

    /// <inheritdoc cref="Layers.AutoContrast(Factor, Shape?, string?)"/>
    public AutoContrast AutoContrast(Factor? value_range = null, Shape? input_shape = null, string? name = null) =>
        new(value_range, input_shape, name);

    /// <inheritdoc cref="Layers.ContrastLimitedAdaptiveHistogramEqualization(Factor, double, Factor, Shape?, string?)"/>
    public ContrastLimitedAdaptiveHistogramEqualization ContrastLimitedAdaptiveHistogramEqualization(Factor? value_range = null,
        double clip_limit = 4.0, Factor? tile_grid_size = null, Shape? input_shape = null, string? name = null) =>
        new(value_range, clip_limit, tile_grid_size, input_shape, name);

    /// <inheritdoc cref="Layers.CutMix(Factor, long?, Shape?, string?)"/>
    public CutMix CutMix(Factor? factor = null, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(factor, seed, input_shape, name);

    /// <inheritdoc cref="Layers.Equalization(Factor, int, Shape?, string?)"/>
    public Equalization Equalization(Factor? value_range = null, int bins = 256, Shape? input_shape = null, string? name = null) =>
        new(value_range, bins, input_shape, name);

    /// <inheritdoc cref="Layers.MaxNumBoundingBoxes(int, int, string, Shape?, string?)"/>
    public MaxNumBoundingBoxes MaxNumBoundingBoxes(int max_number, int fill_value = -1, string? bounding_box_format = null, Shape? input_shape = null,
        string? name = null) =>
        new(max_number, fill_value, bounding_box_format, input_shape, name);

    /// <inheritdoc cref="Layers.MixUp(double, long?, Shape?, string?)"/>
    public MixUp MixUp(double alpha = 0.2, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(alpha, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandAugment(Factor, int, Factor, string, long?, Shape?, string?)"/>
    public RandAugment RandAugment(Factor? value_range = null, int num_ops = 2, Factor? factor = null, string interpolation = "bilinear",
        long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(value_range, num_ops, factor, interpolation, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomColorDegeneration(Factor, Factor, long?, Shape?, string?)"/>
    public RandomColorDegeneration RandomColorDegeneration(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null,
        string? name = null) =>
        new(factor, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomColorJitter(Factor, Factor, Factor, Factor, Factor, long?, Shape?, string?)"/>
    public RandomColorJitter RandomColorJitter(Factor? value_range = null, Factor? brightness_factor = null, Factor? contrast_factor = null,
        Factor? saturation_factor = null, Factor? hue_factor = null, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(value_range, brightness_factor, contrast_factor, saturation_factor, hue_factor, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomCrop(int, int, long?, Shape?, string?)"/>
    public RandomCrop RandomCrop(int height, int width, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(height, width, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomElasticTransform(Factor, Factor, string, string, double, Factor, long?, Shape?, string?)"/>
    public RandomElasticTransform RandomElasticTransform(Factor? factor = null, Factor? scale = null, string interpolation = "bilinear",
        string fill_mode = "reflect", double fill_value = 0.0, Factor? value_range = null, long? seed = null, Shape? input_shape = null,
        string? name = null) =>
        new(factor, scale, interpolation, fill_mode, fill_value, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomErasing(Factor, Factor, NDArray, Factor, long?, Shape?, string?)"/>
    public RandomErasing RandomErasing(Factor? factor = null, Factor? scale = null, NDArray? fill_value = null, Factor? value_range = null,
        long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(factor, scale, fill_value, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomGaussianBlur(Factor, Factor, Factor, Factor, long?, Shape?, string?)"/>
    public RandomGaussianBlur RandomGaussianBlur(Factor? factor = null, Factor? kernel_size = null, Factor? sigma = null, Factor? value_range = null,
        long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(factor, kernel_size, sigma, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomGrayscale(double, long?, Shape?, string?)"/>
    public RandomGrayscale RandomGrayscale(double factor = 0.5, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(factor, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomHue(Factor, Factor, long?, Shape?, string?)"/>
    public RandomHue RandomHue(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(factor, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomInvert(Factor, Factor, long?, Shape?, string?)"/>
    public RandomInvert RandomInvert(Factor? factor = null, Factor? value_range = null, long? seed = null, Shape? input_shape = null,
        string? name = null) =>
        new(factor, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomPerspective(Factor, double, string, double, long?, Shape?, string?)"/>
    public RandomPerspective RandomPerspective(Factor? factor = null, double scale = 1.0, string interpolation = "bilinear", double fill_value = 0.0,
        long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(factor, scale, interpolation, fill_value, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomPosterization(Factor, Factor, long?, Shape?, string?)"/>
    public RandomPosterization RandomPosterization(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null,
        string? name = null) =>
        new(factor, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomSaturation(Factor, Factor, long?, Shape?, string?)"/>
    public RandomSaturation RandomSaturation(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null,
        string? name = null) =>
        new(factor, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomSharpness(Factor, Factor, long?, Shape?, string?)"/>
    public RandomSharpness RandomSharpness(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null,
        string? name = null) =>
        new(factor, value_range, seed, input_shape, name);

    /// <inheritdoc cref="Layers.RandomShear(Factor, Factor, string, string, double, long?, Shape?, string?)"/>
    public RandomShear RandomShear(Factor? x_factor = null, Factor? y_factor = null, string interpolation = "bilinear", string fill_mode = "reflect",
        double fill_value = 0.0, long? seed = null, Shape? input_shape = null, string? name = null) =>
        new(x_factor, y_factor, interpolation, fill_mode, fill_value, seed, input_shape, name);

    /// <inheritdoc cref="Layers.Solarization(Factor, Factor, Factor, long?, Shape?, string?)"/>
    public Solarization Solarization(Factor? addition_factor = null, Factor? threshold_factor = null, Factor? value_range = null, long? seed = null,
        Shape? input_shape = null, string? name = null) =>
        new(addition_factor, threshold_factor, value_range, seed, input_shape, name);
}
