using KerasPort.Layers;

namespace KerasPort.Engines;

/// <summary>
/// The fused kernels of a model. They have memory of their own, so each is made once, for the most images of any plan. Plans share it, since
/// one of them runs at a time.
/// </summary>
internal sealed class FusedKernels(Kernels kernels)
{
    private readonly List<Known> _known = [];

    /// <summary>The most images of a plan.</summary>
    public int MostImages { get; private set; }

    /// <summary>The fused kernel of the model's convolution of that number, if the engine has one.</summary>
    public ConvReluPool? ConvReluPool(int number, in Window2D convolution, in Window2D pooling, bool inputGradient)
    {
        foreach (var known in _known)
            if (known.Number == number && known.Convolution == convolution && known.Pooling == pooling && known.InputGradient == inputGradient)
                return known.Kernel;
        var kernel = kernels.ConvReluPool(convolution, pooling, MostImages, inputGradient);
        _known.Add(new Known(number, convolution, pooling, inputGradient, kernel));
        return kernel;
    }

    /// <summary>Disposes of all; each is made anew, for more images, when it is next asked for.</summary>
    public void MakeFor(int images)
    {
        foreach (var known in _known) known.Kernel?.Dispose();
        _known.Clear();
        MostImages = images;
    }

    private sealed record Known(int Number, Window2D Convolution, Window2D Pooling, bool InputGradient, ConvReluPool? Kernel);
}
