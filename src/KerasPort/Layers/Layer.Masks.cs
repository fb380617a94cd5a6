using KerasPort.Graphs;
using KerasPort.Models;

namespace KerasPort.Layers;

// A mask says of each step of a sequence whether it counts: 1 or 0 for each of [batch, steps]. It goes along with the tensor that it is of, as Keras'
// own does: through layers that leave steps where they are, into losses and means of metrics, which count the others alone.
public abstract partial class Layer
{
    private bool? _supportsMasking;
    private bool _saidThatMaskEnds;

    /// <summary>
    /// Whether a mask of the input goes on to the output, as <see cref="compute_mask"/> makes it: so in classes that override that. Others end a mask,
    /// with a warning; a class of one's own sets it where masks just pass.
    /// </summary>
    public bool supports_masking
    {
        get => _supportsMasking ?? PassesMask;
        set => _supportsMasking = value;
    }

    /// <summary>The mask of the output: the input's, unless a class says something else.</summary>
    /// <param name="inputs">What goes in.</param>
    /// <param name="mask">
    /// Its mask: not 0 for each step that counts; <c>null</c> where all do. Of several inputs their masks, if each has one: that of one is its
    /// <c>_keras_mask</c>.
    /// </param>
    public virtual Tensor? compute_mask(Tensor inputs, Tensor? mask = null) => mask;

    /// <summary>Whether a mask passes where nobody has said it.</summary>
    internal virtual bool PassesMask => HasMaskOfItsOwn;

    /// <summary>Whether Keras' layer takes an argument <c>mask</c>, and writes it beside each call; its nodes look at the input's mask.</summary>
    internal virtual bool TakesMask => false;

    /// <summary>Whether outputs may have a mask though inputs have none.</summary>
    internal virtual bool MakesMask => HasMaskOfItsOwn || Inner.Any(layer => layer.MakesMask);

    /// <summary>The mask of the outputs.</summary>
    internal virtual Tensor? MaskOf(Tensor[] inputs) => compute_mask(One(inputs), inputs[0].Mask);

    /// <summary>The masks of the outputs, from the first on. Where several go in and nothing else is said, it is those of the inputs at their places.</summary>
    private IEnumerable<Tensor?> MasksOf(Tensor[] inputs)
    {
        if (!TakesSeveral(inputs.Length)) return [MaskOf(inputs)];
        if (!HasMaskOfItsOwn) return inputs.Select(x => x.Mask);
        Tensor[] masks = [.. inputs.Select(x => x.Mask).OfType<Tensor>()];
        return compute_mask(Takes.Together(inputs), masks.Length == inputs.Length ? Takes.Together(masks) : null)?.All ?? [];
    }

    /// <summary>What a call gives, with its masks.</summary>
    internal Tensor[] CallMasked(Graph g, Tensor[] inputs)
    {
        var outputs = Nodes(g, inputs);
        // A model's layers have passed them on.
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
