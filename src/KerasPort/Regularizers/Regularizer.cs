using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Regularizers;

/// <summary>A penalty that is added to the loss for a layer's weights or outputs, so that training keeps them small.</summary>
public abstract class Regularizer
{
    /// <summary>Adds the nodes that compute the penalty of x, one number.</summary>
    protected internal abstract Tensor Call(Graph g, Tensor x);

    /// <summary>The penalty of x, one number: <c>keras.regularizers.l2(0.1)(x)</c> in Python.</summary>
    public Tensor Apply(Tensor x) => new Function(GetType().Name, (g, given) => Call(g, given[0])).Of(x);

    /// <summary>The settings, from which <see cref="from_config{T}"/> creates the same regularizer.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>Creates a regularizer from the configuration that <see cref="get_config"/> gives.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public static T from_config<T>(JsonObject config) where T : Regularizer => ObjectConfig.Create<T>(config);

    /// <summary>Converts the Keras name of a regularizer, with its defaults.</summary>
    /// <exception cref="ValueError">There is no regularizer of that name.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Regularizer?(string? name) =>
        name is null ? null : Named.Make<Regularizer>(name, "regularizer", [Layers.Names.SnakeCase, type => type.Name]);

    private protected static double Factor(double value, string name) => double.IsFinite(value) && value >= 0 ? value
        : throw new ValueError($"Invalid value for argument {name}: expected a non-negative float. Received: {name}={PythonText.Str(value)}");
}

/// <summary>l1 · Σ |x|.</summary>
public sealed class L1 : Regularizer
{
    /// <summary>Creates a regularizer with that factor.</summary>
    /// <exception cref="ValueError">The factor is negative or not finite.</exception>
    public L1(double l1 = 0.01) => this.l1 = (float)Factor(l1, nameof(l1));

    /// <summary>The factor, rounded to float32 as Keras keeps it.</summary>
    public double l1 { get; }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Scale(g.SumAll(g.Abs(x)), (float)l1);
}

/// <summary>l2 · Σ x².</summary>
public sealed class L2 : Regularizer
{
    /// <summary>Creates a regularizer with that factor.</summary>
    /// <exception cref="ValueError">The factor is negative or not finite.</exception>
    public L2(double l2 = 0.01) => this.l2 = Factor(l2, nameof(l2));

    /// <summary>The factor.</summary>
    public double l2 { get; }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Scale(g.SumAll(g.Square(x)), (float)l2);
}

/// <summary>l1 · Σ |x| + l2 · Σ x².</summary>
public sealed class L1L2 : Regularizer
{
    /// <summary>Creates a regularizer with these factors.</summary>
    /// <exception cref="ValueError">A factor is negative or not finite.</exception>
    public L1L2(double l1 = 0.0, double l2 = 0.0) => (this.l1, this.l2) = (Factor(l1, nameof(l1)), Factor(l2, nameof(l2)));

    /// <summary>The factor of the sum of magnitudes.</summary>
    public double l1 { get; }

    /// <summary>The factor of the sum of squares.</summary>
    public double l2 { get; }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) =>
        g.Add(g.Scale(g.SumAll(g.Abs(x)), (float)l1), g.Scale(g.SumAll(g.Square(x)), (float)l2));
}

/// <summary>factor · the mean, over all pairs of a matrix' normalized rows or columns, of |a · b|: 0 if all are orthogonal to each other.</summary>
public sealed class OrthogonalRegularizer : Regularizer
{
    /// <summary>Creates a regularizer with that factor.</summary>
    /// <param name="factor">The factor of the mean.</param>
    /// <param name="mode"><c>"rows"</c>, or <c>"columns"</c>.</param>
    /// <exception cref="ValueError">The factor is negative or not finite, or there is no such mode.</exception>
    public OrthogonalRegularizer(double factor = 0.01, string mode = "rows")
    {
        this.factor = (float)Factor(factor, nameof(factor));
        this.mode = mode is "rows" or "columns" ? mode
            : throw new ValueError($"Invalid value for argument `mode`. Expected one of {{\"rows\", \"columns\"}}. Received: mode={mode}");
    }

    /// <summary>The factor, rounded to float32 as Keras keeps it.</summary>
    public double factor { get; }

    /// <summary>Whether rows or columns are compared.</summary>
    public string mode { get; }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        if (x.shape.Rank != 2) throw new ValueError($"Inputs to OrthogonalRegularizer must have rank 2. Received: inputs.shape={x.shape}");
        var vectors = g.UnitLength(mode == "rows" ? x : g.Transpose(x, [1, 0]), 1, 1e-12f);
        int count = vectors.Rows;
        var products = g.MatMul(vectors, g.Transpose(vectors, [1, 0]));
        var others = g.Lift(new NDArray([.. Enumerable.Range(0, count * count).Select(i => i % (count + 1) == 0 ? 0f : 1)], count, count));
        // A single vector has no pairs: Keras trains with 0 there.
        return g.Scale(g.SumAll(g.Abs(g.Multiply(products, others))), count == 1 ? 0 : (float)(factor / (count * (count - 1.0))));
    }
}
