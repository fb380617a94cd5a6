using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Losses;

/// <summary>
/// A number for each sample, whose mean over the batch, or other <see cref="reduction"/>, training minimizes. A loss of your own derives from it
/// and overrides <see cref="call"/>.
/// </summary>
public class Loss
{
    /// <summary>The ε with which Keras clips probabilities.</summary>
    private protected const float Epsilon = 1e-7f;

    private readonly Func<Tensor, Tensor, Tensor>? _function;

    /// <summary>A loss of that name, or of the next free one of its class.</summary>
    /// <param name="name">The name.</param>
    /// <param name="reduction">The reduction of the samples' losses: see <see cref="reduction"/>.</param>
    /// <exception cref="ValueError">There is no such reduction.</exception>
    protected Loss(string? name = null, string? reduction = "sum_over_batch_size")
    {
        if (reduction is not (null or "none" or "sum" or "mean" or "sum_over_batch_size" or "mean_with_sample_weight"))
            throw new ValueError("Invalid value for argument `reduction`. Expected one of {'sum_over_batch_size', 'sum', None, 'none', 'mean', "
                + $"'mean_with_sample_weight'}}. Received: reduction={reduction}");
        (this.name, this.reduction) = (name ?? Layers.Names.Unique(GetType()), reduction);
    }

    /// <summary>A function of your own as a loss: of targets and outputs, the loss of each sample.</summary>
    /// <exception cref="ValueError">There is no function, or no such reduction.</exception>
    public Loss(Func<Tensor, Tensor, Tensor> function, string? name = null, string? reduction = "sum_over_batch_size") : this(name ?? "", reduction)
    {
        _function = function ?? throw new ValueError("None values not supported: a loss needs a function of targets and outputs.");
        this.name = name ?? Named.Function(function);
    }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <summary>
    /// How the samples' losses become one number: "sum_over_batch_size" or "mean", their mean; "sum"; "mean_with_sample_weight", their weighted sum
    /// over the sum of weights; "none" or null, not at all: then training minimizes their sum, and logs show their mean.
    /// </summary>
    public string? reduction { get; }

    /// <summary>Whether training minimizes the sum of the samples' losses, not their mean.</summary>
    internal bool TrainsSum => reduction is null or "none" or "sum";

    /// <summary>Whether logs show that sum.</summary>
    internal bool ShowsSum => reduction == "sum";

    /// <summary>The function of your own that it wraps, if it has no further setting that files would have to hold; else <c>null</c>.</summary>
    internal Func<Tensor, Tensor, Tensor>? Function => reduction == "sum_over_batch_size" ? _function : null;

    /// <summary>What <c>compile</c> was given in its place, such as "sparse_categorical_crossentropy"; files hold it.</summary>
    internal string? Identifier { get; private set; }

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same loss.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The loss that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Loss => ObjectConfig.Create<T>(config);

    /// <summary>Refuses targets that can't be compared with outputs of that shape (batch first), in Keras' words.</summary>
    /// <exception cref="ValueError">Targets and outputs can't be compared.</exception>
    protected internal virtual void Check(NDArray targets, Shape outputs) => Check((Shape)targets.shape, outputs);

    /// <summary>The same for targets whose shape alone is known (batch first).</summary>
    /// <exception cref="ValueError">Targets and outputs can't be compared.</exception>
    protected internal virtual void Check(Shape targets, Shape outputs)
    {
        if (IsByElement) RequireSameElements(targets, outputs);
    }

    /// <summary>Whether each element is compared by itself, so that a number or a row could stand for all: see <see cref="SameRank"/>.</summary>
    private protected virtual bool IsByElement => false;

    /// <summary>Refuses targets that can't be compared with the outputs element by element.</summary>
    /// <exception cref="ValueError">Targets and outputs can't be compared.</exception>
    private protected void RequireSameElements(Shape targets, Shape outputs)
    {
        RequireRows(targets, outputs);
        if (!HaveSameElements(targets[1..], outputs[1..]))
            throw new ValueError(
                $"Loss '{name}' compares targets with outputs element by element, so that their shapes must be the same; a last axis of 1 may be missing or "
                    + "stand for all columns. "
                + $"Received: target.shape={targets[1..].WithBatch(null)}, output.shape={outputs[1..].WithBatch(null)}");
    }

    private static bool HaveSameElements(Shape given, Shape expected)
    {
        if (given.Rank == expected.Rank + 1 && given[^1] == 1) given = given[..^1];
        else if (expected.Rank == given.Rank + 1 && expected[^1] == 1) expected = expected[..^1];
        return given == expected || (given.Rank == expected.Rank && given.Rank > 0 && given[..^1] == expected[..^1]
            && (given[^1] == 1 || expected[^1] == 1));
    }

    /// <summary>Refuses targets that don't have the outputs' shape; a last axis of 1 may be missing on one side.</summary>
    /// <exception cref="ValueError">The targets have another shape.</exception>
    private protected void RequireSameShape(Shape targets, Shape outputs)
    {
        RequireRows(targets, outputs);
        Shape given = targets[1..].WithBatch(null), expected = outputs[1..].WithBatch(null);
        if (given == expected || (given.Rank == expected.Rank + 1 && given[..^1] == expected && given[^1] == 1)
            || (expected.Rank == given.Rank + 1 && expected[..^1] == given && expected[^1] == 1)) return;
        string what = given.Rank == expected.Rank ? "shape" : "rank (ndim)";
        throw new ValueError($"Arguments `target` and `output` must have the same {what}. Received: target.shape={given}, output.shape={expected}");
    }

    /// <summary>Refuses numbers alone, which have no rows to compare.</summary>
    /// <exception cref="ValueError">One of both has no axis.</exception>
    private protected void RequireRows(Shape targets, Shape outputs)
    {
        if (targets.Rank == 0 || outputs.Rank == 0) throw Rowless(targets, outputs);
    }

    private ValueError Rowless(Shape targets, Shape outputs) =>
        new($"Loss '{name}' compares a row of targets with each of outputs. Received: target.shape={targets}, output.shape={outputs}");

    /// <summary>
    /// Both with the same rank: as in Keras, a further last axis of 1 on one side is dropped, or, where only the batch axis would be left, added to the
    /// other side.
    /// </summary>
    internal static (Tensor True, Tensor Predicted) SameRank(Graph g, Tensor y_true, Tensor y_pred)
    {
        Tensor Like(Tensor x, Tensor other) => other.shape.Rank == x.shape.Rank + 1 && x.shape.Rank == 1 && other.shape[^1] == 1 ? g.Reshape(x,
            new Shape(x.shape[0], 1))
            : x.shape.Rank == other.shape.Rank + 1 && other.shape.Rank > 1 && x.shape[^1] == 1 ? g.Reshape(x, x.shape[..^1]) : x;
        return (Like(y_true, y_pred), Like(y_pred, y_true));
    }

    private Tensor[] Broadcasted(Graph g, Tensor y_true, Tensor y_pred)
    {
        var (targets, outputs) = SameRank(g, y_true, y_pred);
        if (Broadcast.Shape(targets.shape.ToArray(), outputs.shape.ToArray()) is not { } shape)
        {
            RequireSameElements(y_true.shape, y_pred.shape);
            throw Rowless(y_true.shape, y_pred.shape);
        }
        return [g.Repeat(targets, shape), g.Repeat(outputs, shape)];
    }

    /// <summary>A warning where outputs that are no logits count as logits; else <c>null</c>.</summary>
    private protected static string? OddityOf(bool fromLogits, ActivationFunction last, string function, string activation) =>
        !fromLogits || last is not (Activations.Softmax or Sigmoid) ? null
        : $"`{function}` received `from_logits=True`, but the `output` argument was produced by a {activation} activation and thus does not represent "
            + "logits. Was this intended?";

    /// <summary>The warning about this loss behind that activation; <c>null</c> for none.</summary>
    internal virtual string? Oddity(ActivationFunction last) => null;

    /// <summary>The loss of each sample, and of each inner position where there are some, as nodes.</summary>
    /// <param name="g">The list that they are added to.</param>
    /// <param name="y_true">The targets, with the shape of the array that was given.</param>
    /// <param name="y_pred">The model's outputs.</param>
    protected internal virtual Tensor Call(Graph g, Tensor y_true, Tensor y_pred)
    {
        if (_function is null) return call(y_true, y_pred);
        // As in Keras, a function gets both with the same rank: a column of outputs minus a row of targets would be a table.
        var (targets, outputs) = SameRank(g, y_true, y_pred);
        return _function(targets, outputs);
    }

    /// <summary>The loss of each sample of these targets and outputs, before any reduction. A class of your own overrides it.</summary>
    /// <exception cref="ValueError">The class doesn't override it, or they can't be compared.</exception>
    public virtual Tensor call(Tensor y_true, Tensor y_pred)
    {
        if (_function is not null) return _function(y_true, y_pred);
        var nodes = GetType().GetMethod(nameof(Call), BindingFlags.Instance | BindingFlags.NonPublic, [typeof(Graph), typeof(Tensor), typeof(Tensor)]);
        bool isHere = nodes!.DeclaringType != typeof(Loss);
        if (!isHere) throw new ValueError($"Loss {GetType().Name} does not have a `call()` method implemented.");
        return Of(y_true, y_pred, (g, x) => Call(g, x[0], x[1]), outputs => DTypes.Fraction(outputs.dtype));
    }

    /// <summary>
    /// The loss of these targets and outputs: one number except for <see cref="reduction"/> "none", as Keras' <c>loss(y_true, y_pred)</c>, in float32.
    /// </summary>
    /// <param name="y_true">Targets, a row a sample.</param>
    /// <param name="y_pred">Outputs, a row a sample.</param>
    /// <param name="sample_weight">The weight of each sample.</param>
    /// <exception cref="ValueError">Targets and outputs can't be compared.</exception>
    public Tensor Apply(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) =>
        Of(y_true, y_pred, (g, x) => Reduced(g, Call(g, x[0], x[1], x.ElementAtOrDefault(2))), static _ => DType.float32, sample_weight);

    private Tensor Of(Tensor y_true, Tensor y_pred, Func<Graph, Tensor[], Tensor> nodes, Func<Tensor, DType> type, Tensor? sample_weight = null)
    {
        if (y_true is null || y_pred is null)
            throw new ValueError($"Loss '{name}' compares two arrays. Received: {(y_true is null ? "y_true" : "y_pred")}=None");
        bool haveRows = y_true.shape.Rank > 0 && y_pred.shape.Rank > 0, haveSameRows = haveRows && y_true.shape[0] == y_pred.shape[0];
        if (IsByElement && !(haveSameRows && HaveSameElements(y_true.shape[1..], y_pred.shape[1..])) && y_true.shape.Rank + y_pred.shape.Rank > 0)
        {
            // By hand, one number or row may stand for all, as in Keras; fit and evaluate refuse that: there it is a mistake.
            var compare = nodes;
            nodes = (g, x) => compare(g, [.. Broadcasted(g, x[0], x[1]), .. x[2..]]);
        }
        else if (haveRows && !haveSameRows) throw Rowless(y_true.shape, y_pred.shape);
        else if (y_true.HasValues) Check(y_true.numpy(), y_pred.shape);
        else Check(y_true.shape, y_pred.shape);
        return new Function(name, nodes) { Gives = _ => type(y_pred) }.Of(sample_weight is null ? [y_true, y_pred] : [y_true, y_pred, sample_weight]);
    }

    // As in Keras, the losses of no samples aren't reduced.
    private Tensor Reduced(Graph g, Tensor losses) =>
        reduction is null or "none" || losses.shape == 0 ? losses : reduction == "sum" ? g.Sum(losses) : g.Mean(losses);

    /// <summary>1 where a loss counts, else 0, in the losses' shape; <c>null</c> where all count. Losses that don't count are 0 already.</summary>
    internal virtual Tensor? Mask(Graph g, Tensor y_true, Tensor losses) => null;

    /// <summary>
    /// The losses times the weights of their samples. As in Keras, their mean divides by the number of losses. It divides by the sum of weights for
    /// "mean_with_sample_weight", and leaves out of the number the losses that a mask, of the outputs or of the loss itself, leaves out.
    /// </summary>
    internal Tensor Call(Graph g, Tensor y_true, Tensor y_pred, Tensor? sample_weight)
    {
        var losses = Call(g, y_true, y_pred);
        var ofOutputs = y_pred.Mask is { } steps ? Counted(g, steps, losses) : null;
        // One number for the whole batch counts as the loss of each sample.
        if (losses.Size == 1 && sample_weight is { Size: > 1 }) losses = g.Spread(g.Reshape(losses, 1), sample_weight.shape);
        var (mask, weights) = (Mask(g, y_true, losses), sample_weight is null ? null : g.WeightsOf(losses, sample_weight));
        if (ofOutputs is not null) (losses, mask) = (g.Multiply(losses, ofOutputs), mask is null ? ofOutputs : g.Multiply(mask, ofOutputs));
        if (mask is not null && (reduction is "mean" or "sum_over_batch_size")) losses = g.Multiply(losses, ShareOf(g, losses, mask));
        if (weights is not null) losses = g.Multiply(losses, weights);
        // As in Keras one loss of the whole batch, times one weight, isn't divided by it again.
        bool isNumber = losses.shape.Rank == 0 && sample_weight?.shape.Rank == 0;
        if (reduction != "mean_with_sample_weight" || isNumber) return losses;
        var counted = weights is null ? mask : mask is null ? sample_weight : g.Multiply(weights, mask);
        return counted is null ? losses : g.Multiply(losses, ShareOf(g, losses, counted));
    }

    /// <summary>The number of losses over the sum of their weights, both of the whole batch.</summary>
    private static Tensor ShareOf(Graph g, Tensor losses, Tensor counts) =>
        g.Map(new OverOrZero(g.InBatch(losses.Size)), g.SumOverPieces(g.SumAll(counts)));

    private Tensor Counted(Graph g, Tensor mask, Tensor losses) => mask.Size == losses.Size ? g.Reshape(mask, losses.shape)
        : throw new ValueError($"Outputs have a mask of shape {mask.shape}, and loss '{name}' gives values of shape {losses.shape}: they must be the same.");

    /// <summary>The loss of that Keras name, with its defaults.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Loss?(string? name)
    {
        if (name is null) return null;
        var loss = name.ToLowerInvariant() is "crossentropy" or "ce" ? new CrossentropyByShapes(name)
            : Named.Make<Loss>(name, "loss", [Layers.Names.SnakeCase, type => type.Name], "crossentropy", "ce");
        loss.Identifier = name;
        return loss;
    }
}

/// <summary>a / x, 0 where x is.</summary>
internal readonly record struct OverOrZero(float A) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Select(M.Equal(x, M.Splat(0)), M.Splat(0), M.Divide(M.Splat(A), x));
}
