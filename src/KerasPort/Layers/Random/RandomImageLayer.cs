using KerasPort.Graphs;
using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// A layer that changes images [height, width, channels], in training and where <c>training</c> isn't given, as in <c>layer.Apply(images)</c>. Its draws
/// equal Keras'. It takes a batch, a single image, or a dictionary of "images" with "labels" or "segmentation_masks" (which are transformed like the
/// images), and gives a dictionary with the same keys.
/// </summary>
[OnlySetting("data_format", "channels_last")]
public abstract class RandomImageLayer : TrainingOnlyLayer
{
    private const string ImagesName = "images", LabelsName = "labels", MasksName = "segmentation_masks", BoxesName = "bounding_boxes";

    private protected RandomImageLayer(long? seed, string? name, Shape? input_shape, bool draws = true) : base(seed, draws, name, input_shape) { }

    private protected RandomImageLayer(long seed, SeedGenerator seeds, string? name, Shape? input_shape) : base(seed, seeds, name, input_shape) { }

    internal override bool TrainsByDefault => true;

    internal sealed override bool PassesMask => false;

    /// <summary>Whether the layer changes images outside of training too.</summary>
    internal virtual bool ChangesAlways => false;

    /// <summary>The number of draws that Keras makes even if the images stay as they are; later draws depend on it.</summary>
    private protected virtual int DrawsAnyway => 0;

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => SizedImages.RequireImages(input_shape);

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => Call(g, [ImagesName], [x])[0];

    /// <summary>The outputs for images and the named entries that accompany them.</summary>
    private Tensor[] Call(Graph g, string[] names, Tensor[] values)
    {
        var images = values[Array.IndexOf(names, ImagesName)];
        if (!(g.Training || g.IsTrainingOpen || ChangesAlways))
        {
            if (DrawsAnyway > 0) g.DrawnAside(Seeds!, PassOver);
            return values;
        }
        bool isOne = images.shape.Rank == 3;
        Tensor Batch(Tensor x) => isOne ? g.Reshape(x, new Shape([1, .. x.shape])) : x;
        Tensor Given(Tensor y) => isOne ? g.Reshape(y, y.shape[1..]) : y;
        var batch = Batch(images);
        if (isOne && !ChangesOne) return values;
        var change = Change(g, batch.shape, Seeds!);
        return [.. names.Zip(values, (name, value) => Of(change, name) is { } function ? Given(function(Batch(value))) : value)];
    }

    internal override Tensor? ApplyByName(string[] names, Tensor[] given, bool? training)
    {
        if (!names.Contains(ImagesName))
            throw new ValueError($"Layer '{name}' ({ClassName}) takes images, or a dictionary with the key 'images'. "
                + $"Received the keys: {PythonText.Repr(names)}");
        if (names.Contains(BoxesName))
            throw new ValueError($"Layer '{name}' ({ClassName}) changes images, labels and segmentation masks, and no bounding boxes: "
                + "leave the key 'bounding_boxes' out.");
        if (given.Any(x => x.IsSymbolic))
            throw new ValueError($"Layer '{name}' ({ClassName}) takes dictionaries of arrays, not of what flows through a model: "
                + "apply it to the images alone.");
        CheckInput(given[Array.IndexOf(names, ImagesName)].shape);
        if (given.FirstOrDefault(x => x.IsOfPlan) is { } inPlan)
        {
            using var mode = inPlan.Graph.In(training);
            return Tensor.Several(Call(inPlan.Graph, names, Array.ConvertAll(given, inPlan.Graph.Lift)), names);
        }
        using var turn = Turns.Take();
        // Entries that don't change keep their dtype too.
        var isSame = new bool[given.Length];
        var made = Eager.Run(given, training, (g, x) =>
        {
            var y = Call(g, names, x);
            for (int i = 0; i < y.Length; i++) isSame[i] = y[i] == x[i];
            return y;
        }, []);
        return Tensor.Several([.. made.Select((y, i) => isSame[i] ? given[i] : y)], names);
    }

    private void PassOver(SeedGenerator seeds)
    {
        for (int i = 0; i < DrawsAnyway; i++) seeds.Next();
    }

    private protected sealed override Tensor Changed(Graph g, Tensor x) => Call(g, x);

    /// <summary>Draws a change of a batch. The nodes that draw are added now; those that change the images are added when the result is called.</summary>
    /// <param name="g">The list of nodes.</param>
    /// <param name="images">The batch's shape: images, height, width, channels.</param>
    /// <param name="seeds">The random state of a layer that draws.</param>
    internal abstract ImageChange Change(Graph g, Shape images, SeedGenerator seeds);

    /// <summary>Whether a single image is changed.</summary>
    private protected virtual bool ChangesOne => true;

    private static Func<Tensor, Tensor>? Of(ImageChange change, string name) => name switch
    {
        ImagesName => change.Images,
        LabelsName => change.Labels,
        MasksName => change.Masks,
        _ => null,
    };

    /// <summary>A factor as a range, checked against bounds.</summary>
    /// <exception cref="ValueError">The factor is out of bounds.</exception>
    private protected static Factor Bounded(Factor factor, int least, int most = 1, string argument = "factor")
    {
        bool isWithin = factor.First <= most && factor.Second >= least;
        return isWithin ? factor.From(least) : throw new ValueError($"The `{argument}` argument should be a number (or a list of two numbers) "
            + $"in the range [{least}, {most}]. Received: factor={factor}");
    }

    /// <summary>The value range with its ends in order.</summary>
    private protected static Factor Sorted(Factor? value_range) => AsGiven(value_range).From(double.NegativeInfinity);

    /// <summary>The value range with its ends as given.</summary>
    private protected static Factor AsGiven(Factor? value_range) => value_range is null or { IsOne: false } ? value_range ?? (0, 255)
        : throw new ValueError($"The `value_range` argument should be a list of two numbers. Received: value_range={value_range}");
}

/// <summary>A drawn change of a batch of images, and of the labels and masks that accompany them.</summary>
/// <param name="Images">Changes the images [images, height, width, channels].</param>
/// <param name="Labels">Changes their labels [images, classes]; <c>null</c> if these stay.</param>
/// <param name="Masks">Changes their segmentation masks [images, height, width, channels]; <c>null</c> if these stay.</param>
internal sealed record ImageChange(Func<Tensor, Tensor> Images, Func<Tensor, Tensor>? Labels = null, Func<Tensor, Tensor>? Masks = null);
