using KerasPort.Graphs;
using KerasPort.Models;

namespace KerasPort.Layers;

// A mask [batch, steps] says which steps of a sequence count: 1 or 0. It accompanies its tensor, as in Keras: layers that keep the steps in place pass
// it on, and losses and the means of metrics leave out the masked steps.
public abstract partial class Layer
{
    private bool? _supportsMasking;
    private bool _saidThatMaskEnds;

    /// <summary>
    /// Whether the output has a mask, which <see cref="compute_mask"/> makes of the input's: true in classes that override it. Other layers drop the mask
    /// with a warning. A class of one's own sets this to pass masks on unchanged.
    /// </summary>
    public bool supports_masking
    {
        get => _supportsMasking ?? PassesMask;
        set => _supportsMasking = value;
    }

    /// <summary>The mask of the output: the input's, unless a class overrides this.</summary>
    /// <param name="inputs">The input.</param>
    /// <param name="mask">
    /// The input's mask: not 0 for each step that counts; <c>null</c> if all do. Several inputs have several masks, if each has one; that of a single
    /// tensor is its <c>_keras_mask</c>.
    /// </param>
    public virtual Tensor? compute_mask(Tensor inputs, Tensor? mask = null) => mask;

    /// <summary>The default of <see cref="supports_masking"/>.</summary>
    internal virtual bool PassesMask => HasMaskOfItsOwn;

    /// <summary>Whether Keras' layer has an argument <c>mask</c>, which files hold with each call. The nodes of such a layer read the input's mask.</summary>
    internal virtual bool TakesMask => false;

    /// <summary>Whether the outputs may have a mask even if the inputs have none.</summary>
    internal virtual bool MakesMask => HasMaskOfItsOwn || Inner.Any(layer => layer.MakesMask);

    /// <summary>The mask of the outputs.</summary>
    internal virtual Tensor? MaskOf(Tensor[] inputs) => compute_mask(One(inputs), inputs[0].Mask);

    /// <summary>The masks of the outputs in order. By default output i of several has the mask of input i.</summary>
    private IEnumerable<Tensor?> MasksOf(Tensor[] inputs)
    {
        if (!TakesSeveral(inputs.Length)) return [MaskOf(inputs)];
        if (!HasMaskOfItsOwn) return inputs.Select(x => x.Mask);
        Tensor[] masks = [.. inputs.Select(x => x.Mask).OfType<Tensor>()];
        return compute_mask(Takes.Together(inputs), masks.Length == inputs.Length ? Takes.Together(masks) : null)?.All ?? [];
    }

    /// <summary>The outputs of a call, with their masks.</summary>
    internal Tensor[] CallMasked(Graph g, Tensor[] inputs)
    {
        var outputs = Nodes(g, inputs);
        // The layers of a model have passed the masks on already.
        if (this is Operation or Model || outputs.All(y => y.Mask is not null)) return outputs;
        bool isMasked = inputs.Any(x => x.Mask is not null);
        if (supports_masking)
        {
            if (isMasked || MakesMask)
                foreach (var (y, mask) in outputs.Zip(MasksOf(inputs))) y.Mask ??= mask;
        }
        else if (isMasked && !_saidThatMaskEnds)
        {
            _saidThatMaskEnds = true;
            Console.Error.WriteLine($"UserWarning: Layer '{name}' (of type {ClassName}) was passed an input with a mask attached to it. However, this layer "
                + "does not support masking and will therefore destroy the mask information. Downstream layers will not see the mask.");
        }
        return outputs;
    }

    private bool HasMaskOfItsOwn => new Func<Tensor, Tensor?, Tensor?>(compute_mask).Method.DeclaringType != typeof(Layer);
}
