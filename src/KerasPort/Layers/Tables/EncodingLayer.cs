using System.Text.Json.Nodes;
using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>
/// A layer for columns of a table. It gives each element a place, a whole number (<c>output_mode: "int"</c>); a vector with a 1 at the place of each
/// element (<c>"one_hot"</c>); or a vector for each sample, with a 1 at the places of its elements (<c>"multi_hot"</c>) or their counts
/// (<c>"count"</c>).
/// </summary>
public abstract class EncodingLayer : Layer
{
    private protected EncodingLayer(string output_mode, string[] modes, Shape? input_shape, string? name) : base(name, input_shape) =>
        this.output_mode = modes.Contains(output_mode) ? output_mode
            : throw new ValueError(
                $"Invalid value for argument `output_mode`. Expected one of {string.Join(", ", modes)}. Received: output_mode={output_mode ?? "None"}");

    /// <summary>The kind of output.</summary>
    public string output_mode { get; }

    /// <summary>The dtype in the layer's configuration, if it isn't float32.</summary>
    internal virtual DType? SettingType => null;

    /// <summary>Whether the configuration holds that dtype as a plain name.</summary>
    internal virtual bool IsTypePlain => false;

    internal override DType OutputType => output_mode == "int" ? DType.int64 : DType.float32;

    /// <summary>The number of places.</summary>
    private protected abstract int Depth { get; }

    /// <summary>The place of each element.</summary>
    private protected abstract Tensor Places(Graph g, Tensor[] inputs);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => output_mode switch
    {
        "int" => input_shape,
        "one_hot" => new Shape([.. input_shape.Rank > 1 && input_shape[^1] == 1 ? input_shape[..^1] : input_shape, Depth]),
        _ => input_shape.Rank > 1 ? new Shape([input_shape[0], .. input_shape[2..], Depth]) : Depth,
    };

    internal override Tensor[] Call(Graph g, Tensor[] inputs) => [Encoded(g, Places(g, inputs), null)];

    private protected override Tensor[] ApplyToValues(Tensor[] inputs, bool? training) =>
        Array.ConvertAll(base.ApplyToValues(inputs, training), y => (Tensor)y.numpy().astype(OutputType));

    /// <summary>Places in the form of <see cref="output_mode"/>; those outside of 0 to below the depth have no code.</summary>
    private protected Tensor Encoded(Graph g, Tensor places, Tensor? weights)
    {
        if (output_mode == "int") return places;
        int depth = Depth;
        if (output_mode == "one_hot" && places.shape.Rank > 1 && places.shape[^1] == 1) places = g.Reshape(places, places.shape[..^1]);
        var codes = g.Equal(g.Reshape(places, new Shape([.. places.shape, 1])), g.Row(Enumerable.Range(0, depth).Select(i => (double)i)));
        if (output_mode == "one_hot") return codes;
        if (weights is not null) codes = g.Multiply(codes, g.Reshape(weights, new Shape([.. weights.shape, 1])));
        var counts = g.Sum(codes, places.shape.Rank > 1 ? 1 : 0);
        return output_mode == "multi_hot" ? g.Greater(counts, g.Lift(0)) : counts;
    }
}

/// <summary>
/// An encoding layer that looks places up. Arrays of whole numbers or strings are looked up exactly; in a model, where values are float32, whole
/// numbers are exact up to 2²⁴.
/// </summary>
public abstract class LookupLayer : EncodingLayer
{
    private protected LookupLayer(string output_mode, string[] modes, Shape? input_shape, string? name) : base(output_mode, modes, input_shape, name) { }

    /// <summary>The place of each element of the columns, which have equal lengths.</summary>
    private protected abstract long[] Find(Column[] columns);

    private protected sealed override Tensor Places(Graph g, Tensor[] inputs) => g.OnHost(inputs[0].shape, (x, y) =>
    {
        long[] places = Find(Array.ConvertAll(x, column => (Column)new NDArray(Array.ConvertAll(column, value => Whole(value)))));
        for (int i = 0; i < y.Length; i++) y[i] = places[i];
    }, null, inputs);

    private long Whole(float value) => Math.Abs(value) <= 1 << 24 ? (long)value
        : throw new ValueError($"Layer '{name}' got {PythonText.Str((double)value)} in a model, whose float32 can't tell whole numbers above 16777216 apart: "
            + "apply it to the array before the model.");

    private protected sealed override Tensor[] ApplyToValues(Tensor[] inputs, bool? training) =>
        [Look(Array.ConvertAll(inputs, x => x.Texts is { } texts ? (Column)texts : x.numpy()))];

    private protected Tensor Look(params Column[] columns)
    {
        CheckInput(Array.ConvertAll(columns, column => (Shape)column.shape));
        if (!built) Build(Array.ConvertAll(columns, column => column.shape.Length > 0 ? ((Shape)column.shape)[1..].WithBatch(null) : new Shape(1)));
        if (TextsOf(columns[0]) is { } texts) return texts;
        NDArray places = new(Find(columns), columns[0].shape);
        if (output_mode == "int") return places;
        if (places.ndim == 0) places = places.reshape(1);
        return new Function("Encoded", (g, t) => Coded(g, t[0])) { Gives = _ => CodeType }.Of(places);
    }

    /// <summary>The strings at these places, if the layer gives strings; else <c>null</c>.</summary>
    private protected virtual Tensor? TextsOf(Column column) => null;

    /// <summary>The dtype of the codes of arrays.</summary>
    private protected virtual DType CodeType => DType.float32;

    /// <summary>Places in the form of the output.</summary>
    private protected virtual Tensor Coded(Graph g, Tensor places) => Encoded(g, places, null);

    internal sealed override Tensor[] Call(Graph g, Tensor[] inputs) => [Coded(g, Places(g, inputs))];
}
