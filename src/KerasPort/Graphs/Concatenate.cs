using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>Concatenates tensors along the last axis; the other axes must be equal.</summary>
    /// <exception cref="ValueError">The shapes differ in another axis.</exception>
    public Tensor Concatenate(params Tensor[] parts)
    {
        var first = parts[0].shape;
        foreach (var part in parts)
            if (part.shape.Rank != first.Rank || part.shape[..^1] != first[..^1])
                throw new ValueError("A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. "
                    + $"Received: input_shape=[{string.Join(", ", parts.Select(p => p.shape))}]");
        return Add(new ConcatenateNode(parts), new Shape([.. first[..^1], parts.Sum(p => p.Columns)]));
    }

    /// <summary>Concatenates tensors along an axis; the other axes must be equal.</summary>
    /// <exception cref="ValueError">Other axes differ, or there is no such axis.</exception>
    internal Tensor Concatenate(Tensor[] parts, int axis)
    {
        int along = ((Axes)axis).Of(parts[0].shape)[0];
        var first = parts[0].shape;
        foreach (var part in parts)
            if (part.shape.Rank != first.Rank || part.shape[..along] != first[..along] || part.shape[(along + 1)..] != first[(along + 1)..])
                throw new ValueError("Tensors that are concatenated must have matching shapes except for the concatenation axis. "
                    + $"Received: axis={axis}, shapes=[{string.Join(", ", parts.Select(p => p.shape))}]");
        // The axis and those behind it become one row, in which the tensors lie side by side. Empty tensors, such as x[..0], are left out.
        int rows = first[..along].Size;
        Tensor[] filled = [.. parts.Where(x => x.Size > 0)];
        var all = filled.Length == 0 ? parts[0] : Concatenate([.. filled.Select(x => Reshape(x, (rows, x.Size / rows)))]);
        return Reshape(all, new Shape([.. first[..along], parts.Sum(part => part.shape[along]), .. first[(along + 1)..]]));
    }

    /// <summary><paramref name="count"/> columns from <paramref name="first"/> on.</summary>
    public Tensor Columns(Tensor x, int first, int count) => Add(new ColumnsNode(x, first, count), new Shape([.. x.shape[..^1], count]));
}

/// <summary>y[rows, Σ columns] = the parts[rows, columns] side by side.</summary>
internal sealed class ConcatenateNode(params Tensor[] inputs) : Node(inputs)
{
    public override void Run(Kernels kernels)
    {
        int to = 0;
        foreach (var part in Inputs)
        {
            kernels.CopyColumns(Output.Rows, part.Columns, part.Buffer, part.Columns, 0, Output.Buffer, Output.Columns, to);
            to += part.Columns;
        }
    }

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        int first = 0;
        return [.. Inputs.Select(part =>
        {
            int at = first;
            first += part.Columns;
            return part.NeedsGradient ? g.Columns(dy, at, part.Columns) : null;
        })];
    }
}

/// <summary>y[rows, count] = x[rows, first … first + count].</summary>
internal sealed class ColumnsNode(Tensor x, int first, int count) : Node(x)
{
    public int First => first;

    public override void Run(Kernels kernels) => kernels.CopyColumns(x.Rows, count, x.Buffer, x.Columns, first, Output.Buffer, count, 0);

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [g.Add(new ColumnsGradientNode(dy, first), x.shape)];
}

/// <summary>dx[rows, columns] = dy in the columns that were taken, else 0.</summary>
internal sealed class ColumnsGradientNode(Tensor dy, int first) : Node(dy)
{
    public override void Run(Kernels kernels)
    {
        kernels.Map(new Engines.Formulas.Unary<Constant>(new(0)), Output.Size, Output.Buffer, Output.Buffer);
        kernels.CopyColumns(dy.Rows, dy.Columns, dy.Buffer, dy.Columns, 0, Output.Buffer, Output.Columns, first);
    }
}
