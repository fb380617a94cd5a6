using KerasPort.Layers;

namespace KerasPort.Engines;

/// <summary>
/// The fused kernels of a model, which have memory of their own: each is made once, for as many images as any plan has, and shared by plans,
/// of which one runs at a time.
/// </summary>
internal sealed class FusedKernels(Kernels kernels)
{
    private readonly Dictionary<(int Number, Window2D Convolution, Window2D Pooling, bool InputGradient), ConvReluPool?> _known = [];

    /// <summary>The most images of a plan.</summary>
    public int MostImages { get; private set; }

    /// <summary>The fused kernel of the model's so-many-th convolution, if the engine has one.</summary>
    public ConvReluPool? ConvReluPool(int number, in Window2D convolution, in Window2D pooling, bool inputGradient)
    {
        var key = (number, convolution, pooling, inputGradient);
        if (!_known.TryGetValue(key, out var known)) _known[key] = known = kernels.ConvReluPool(convolution, pooling, MostImages, inputGradient);
        return known;
    }

    /// <summary>Makes them anew, for more images, when they are next asked for.</summary>
    public void MakeFor(int images)
    {
        foreach (var kernel in _known.Values) kernel?.Dispose();
        _known.Clear();
        MostImages = images;
    }
}
