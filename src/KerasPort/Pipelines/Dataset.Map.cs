using KerasPort.Pipelines;

namespace KerasPort;

/// <content>Methods that take functions of one tensor, or of as many as an element has.</content>
public abstract partial class Dataset
{
    /// <summary>The results of a function for each element.</summary>
    /// <param name="map_func">The function, of tensors that hold values: <c>(image, label) => (image / 255.0, label)</c>, <c>layer.Apply(image)</c>.</param>
    /// <param name="num_parallel_calls">
    /// Concurrent calls; <c>tf.data.AUTOTUNE</c> for as many as there are cores. A function that draws random numbers from a layer is always called for
    /// one element after the other, so that each element gets the same numbers.
    /// </param>
    /// <param name="deterministic">Has no effect: elements stay in order.</param>
    /// <exception cref="ValueError">The number isn't positive; during a pass, when elements have not as many tensors as the function arguments.</exception>
    public Dataset map(Func<Tensor, Tensor> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(1, x => map_func(x[0]), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    public Dataset map(Func<Tensor, (Tensor, Tensor)> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(1, x => Element.Of(map_func(x[0])), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    public Dataset map(Func<Tensor, (Tensor, Tensor, Tensor)> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(1, x => Element.Of(map_func(x[0])), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    public Dataset map(Func<Tensor, Tensor, Tensor, Tensor> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(3, x => map_func(x[0], x[1], x[2]), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    public Dataset map(Func<Tensor, Tensor, Tensor> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(2, x => map_func(x[0], x[1]), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    public Dataset map(Func<Tensor, Tensor, (Tensor, Tensor)> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(2, x => Element.Of(map_func(x[0], x[1])), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    public Dataset map(Func<Tensor, Tensor, (Tensor, Tensor, Tensor)> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(2, x => Element.Of(map_func(x[0], x[1])), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    public Dataset map(Func<Tensor, Tensor, Tensor, (Tensor, Tensor)> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(3, x => Element.Of(map_func(x[0], x[1], x[2])), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    public Dataset map(Func<Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(3, x => Element.Of(map_func(x[0], x[1], x[2])), num_parallel_calls);

    // Functions that are declared with dictionaries. Lambda expressions, whose types C# infers, go to the overloads with tensors above. A function of a
    // tensor would also be called with a dictionary, which converts to one, so that those of dictionaries come last.

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    [OverloadResolutionPriority(-2)]
    public Dataset map(Func<Dictionary<string, Tensor>, Dictionary<string, Tensor>> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(1, x => map_func(Named(x[0])), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    [OverloadResolutionPriority(-2)]
    public Dataset map(Func<Dictionary<string, Tensor>, (Dictionary<string, Tensor>, Tensor)> map_func,
        long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(1, x => Element.Of(map_func(Named(x[0]))), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    [OverloadResolutionPriority(-1)]
    public Dataset map(Func<Tensor, Dictionary<string, Tensor>> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(1, x => map_func(x[0]), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    [OverloadResolutionPriority(-1)]
    public Dataset map(Func<Tensor, (Dictionary<string, Tensor>, Tensor)> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(1, x => Element.Of(map_func(x[0])), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    [OverloadResolutionPriority(-2)]
    public Dataset map(Func<Dictionary<string, Tensor>, Tensor, (Dictionary<string, Tensor>, Tensor)> map_func,
        long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(2, x => Element.Of(map_func(Named(x[0]), x[1])), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    [OverloadResolutionPriority(-2)]
    public Dataset map(Func<Dictionary<string, Tensor>, Tensor, (Dictionary<string, Tensor>, Tensor, Tensor)> map_func,
        long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(2, x => Element.Of(map_func(Named(x[0]), x[1])), num_parallel_calls);

    /// <inheritdoc cref="map(Func{Tensor, Tensor}, long?, bool?)"/>
    [OverloadResolutionPriority(-1)]
    public Dataset map(Func<Tensor, Tensor, (Dictionary<string, Tensor>, Tensor)> map_func, long? num_parallel_calls = null, bool? deterministic = null) =>
        Map(2, x => Element.Of(map_func(x[0], x[1])), num_parallel_calls);

    /// <summary>The elements for which a function is true (a tensor that isn't 0).</summary>
    /// <exception cref="ValueError">During a pass, when elements don't have as many tensors as the function has arguments.</exception>
    public Dataset filter(Func<Tensor, Tensor> predicate) => new FilterDataset(this, x => IsTrue(predicate(Element.Arguments(x, 1)[0])));

    /// <inheritdoc cref="filter(Func{Tensor, Tensor})"/>
    public Dataset filter(Func<Tensor, bool> predicate) => new FilterDataset(this, x => predicate(Element.Arguments(x, 1)[0]));

    /// <inheritdoc cref="filter(Func{Tensor, Tensor})"/>
    public Dataset filter(Func<Tensor, Tensor, Tensor> predicate) => new FilterDataset(this, x =>
    {
        var all = Element.Arguments(x, 2);
        return IsTrue(predicate(all[0], all[1]));
    });

    /// <inheritdoc cref="filter(Func{Tensor, Tensor})"/>
    public Dataset filter(Func<Tensor, Tensor, bool> predicate) => new FilterDataset(this, x =>
    {
        var all = Element.Arguments(x, 2);
        return predicate(all[0], all[1]);
    });

    /// <summary>Applies a function to the data set as a whole.</summary>
    public Dataset apply(Func<Dataset, Dataset> transformation_func) => transformation_func(this);

    /// <summary>Maps with one of the library's own functions, which draws no random numbers and so may run in parallel.</summary>
    /// <param name="what">What it does, in a few words.</param>
    /// <param name="function">The function.</param>
    /// <param name="parallel">Concurrent calls.</param>
    /// <param name="waiting">The most results that are being computed; a few per thread by default.</param>
    internal Dataset Map(string what, Func<Tensor, Tensor> function, int parallel, int? waiting = null) =>
        new MapDataset(this, function, parallel, what, waiting);

    private MapDataset Map(int count, Func<IReadOnlyList<Tensor>, Tensor> function, long? parallel) => new(this, x => function(Element.Arguments(x, count)),
        parallel is null ? 1 : Parallel(parallel, Environment.ProcessorCount, "num_parallel_calls"), null);

    // A dictionary of its own, which the function may change, as TensorFlow gives it.
    private static Dictionary<string, Tensor> Named(Tensor features) => new(features.items());

    private static bool IsTrue(Tensor value) => value.numpy().item() != 0;
}
