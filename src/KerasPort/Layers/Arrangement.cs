namespace KerasPort.Layers;

/// <summary>How a model, or the <c>call</c> of a class of one's own, takes or gives tensors: one, a list, a dictionary, or one for each argument.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Names">The keys of a dictionary, in the order of the tensors.</param>
/// <param name="Listed">The keys as the dictionary lists them, where that is another order.</param>
internal sealed record Arrangement(Arrangement.Kinds Kind, string[]? Names = null, string[]? Listed = null)
{
    internal enum Kinds { One, List, Dictionary, Arguments }

    public static Arrangement One { get; } = new(Kinds.One);

    public static Arrangement List { get; } = new(Kinds.List);

    public static Arrangement Arguments { get; } = new(Kinds.Arguments);

    public static Arrangement ByName(string[] names) => new(Kinds.Dictionary, names);

    /// <summary>A dictionary whose tensors are in the order of the sorted keys, as those of a functional model are.</summary>
    public static Arrangement Sorted(string[] names)
    {
        string[] sorted = [.. names.Order(StringComparer.Ordinal)];
        return new(Kinds.Dictionary, sorted, sorted.AsSpan().SequenceEqual(names) ? null : names);
    }

    /// <summary>The tensors as the single value that <c>call</c> takes or gives.</summary>
    public Tensor Together(Tensor[] tensors) => Kind == Kinds.One ? Tensor.Of(tensors) : Tensor.Several(AsListed(tensors), Listed ?? Names);

    /// <summary>Values for the tensors, in the order in which a dictionary lists them.</summary>
    public T[] AsListed<T>(T[] values) => Listed is null ? values : [.. Listed.Select(name => values[Array.IndexOf(Names!, name)])];

    /// <summary>Their shapes, likewise.</summary>
    public Shapes Together(Shape[] shapes) => new(shapes, Names);

    /// <summary>For each tensor of this arrangement its place in another one; <c>null</c> if that is of another kind.</summary>
    public int[]? PlacesOf(Arrangement other, int count)
    {
        if (other.Kind != Kind) return null;
        if (Names is null) return [.. Enumerable.Range(0, count)];
        // As in Keras, a dictionary may have further keys, which are ignored.
        return Names.All(other.Names!.Contains) ? [.. Names.Select(name => Array.IndexOf(other.Names!, name))] : null;
    }

    public override string ToString() => Kind switch
    {
        Kinds.One => "one tensor",
        Kinds.List => "a list of tensors",
        Kinds.Dictionary => $"a dictionary of {string.Join(", ", Names!)}",
        _ => "tensors as arguments of their own",
    };
}
