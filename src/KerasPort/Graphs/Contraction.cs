namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>z[batch, n, m] = Σ over k of x[batch, n, k] · y[batch, k, m].</summary>
    internal Tensor Products(Tensor x, Tensor y)
    {
        int batch = x.shape[0]!.Value, n = x.shape[1]!.Value, k = x.shape[2]!.Value, m = y.shape[2]!.Value;
        if (batch == 1) return Reshape(Dense(Reshape(x, (n, k)), Reshape(y, (k, m)), null), (1, n, m));
        // As in Dot: every product is stored, then added up.
        var right = Reshape(Transpose(y, [0, 2, 1]), new Shape(batch, 1, m, k));
        return Reshape(SumColumns(Multiply(Reshape(x, new Shape(batch, n, 1, k)), right)), (batch, n, m));
    }

    /// <summary>numpy's matmul of tensors of any rank: the last two axes are matrices, those before count for one another; a vector is a row, or a column.</summary>
    internal Tensor MatMulOfAll(Tensor x, Tensor y)
    {
        if (x.shape.Rank == 0 || y.shape.Rank == 0) throw new ValueError($"matmul needs axes. Received: x1.shape={x.shape}, x2.shape={y.shape}");
        if (y.shape.Rank == 2 && x.shape.Rank >= 2) return MatMul(x, y);
        bool isRow = x.shape.Rank == 1, isColumn = y.shape.Rank == 1;
        if (isRow) x = Reshape(x, (1, x.Size));
        if (isColumn) y = Reshape(y, (y.Size, 1));
        if (x.shape[^1] != y.shape[^2]) throw new ValueError($"Inner dimensions (x1.shape[-1] and x2.shape[-2]) must be equal, but received x1.shape={x.shape} and x2.shape={y.shape}");
        var batch = Broadcast.Shape(x.shape[..^2], y.shape[..^2]);
        Tensor Matrices(Tensor t) => Reshape(Repeat(t, new Shape([.. batch, .. t.shape[^2..]])), new Shape(batch.Size, t.shape[^2], t.shape[^1]));
        int? rows = x.shape[^2], columns = y.shape[^1];
        int?[] last = isRow ? isColumn ? [] : [columns] : isColumn ? [rows] : [rows, columns];
        return Reshape(Products(Matrices(x), Matrices(y)), new Shape([.. batch, .. last]));
    }

    /// <summary>The sum over those axes of x and of y of all products: axes of x that are left, then those of y.</summary>
    internal Tensor TensorDot(Tensor x, Tensor y, int[] axesOfX, int[] axesOfY)
    {
        static int[] From0(int[] axes, Shape shape) => Array.ConvertAll(axes, axis => ((Axes)axis).Of(shape)[0]);
        var (ofX, ofY) = (From0(axesOfX, x.shape), From0(axesOfY, y.shape));
        if (ofX.Length != ofY.Length || !ofX.Zip(ofY).All(pair => x.shape[pair.First] == y.shape[pair.Second]))
            throw new ValueError($"Axes that are summed over must be as long as one another. Received: x1.shape={x.shape}, x2.shape={y.shape}, axes=([{string.Join(", ", axesOfX)}], [{string.Join(", ", axesOfY)}])");
        int[] leftX = [.. Enumerable.Range(0, x.shape.Rank).Except(ofX)], leftY = [.. Enumerable.Range(0, y.shape.Rank).Except(ofY)];
        Shape rows = new([.. leftX.Select(axis => x.shape[axis])]), columns = new([.. leftY.Select(axis => y.shape[axis])]);
        int sum = ofX.Aggregate(1, (product, axis) => product * x.shape[axis]!.Value);
        var (a, b) = (Reshape(Transpose(x, [.. leftX, .. ofX]), (rows.Size, sum)), Reshape(Transpose(y, [.. ofY, .. leftY]), (sum, columns.Size)));
        return Reshape(Dense(a, b, null), new Shape([.. rows, .. columns]));
    }

    /// <summary>Einstein's sum of one tensor or two: <c>bij,bjk-&gt;bik</c>.</summary>
    /// <exception cref="ValueError">The subscripts are others, or don't fit.</exception>
    internal Tensor Einsum(string subscripts, Tensor[] operands)
    {
        var (labels, output) = Labels(subscripts, operands);
        // Axes that nobody else has are summed first.
        string[] asked = [.. labels.Select((_, i) => output + string.Concat(labels.Where((_, other) => other != i)))];
        Tensor[] x = [.. operands.Select((operand, i) => Summed(operand, labels[i], asked[i]))];
        string[] left = [.. labels.Select((own, i) => string.Concat(own.Where(label => asked[i].Contains(label))))];
        if (x.Length == 1) return Transpose(x[0], [.. output.Select(label => left[0].IndexOf(label))]);
        string batch = string.Concat(left[0].Where(label => left[1].Contains(label) && output.Contains(label))), sum = string.Concat(left[0].Intersect(left[1]).Except(batch));
        string rows = string.Concat(left[0].Except(left[1])), columns = string.Concat(left[1].Except(left[0]));
        var size = new Dictionary<char, int>();
        foreach (var (own, tensor) in left.Zip(x))
            foreach (var (at, label) in own.Index())
                if (!size.TryAdd(label, tensor.shape[at]!.Value) && size[label] != tensor.shape[at])
                    throw new ValueError($"Axis '{label}' has lengths {size[label]} and {tensor.shape[at]}. Received: subscripts={subscripts}");
        int Size(string of) => of.Aggregate(1, (product, label) => product * size[label]);
        Tensor In(int i, string order) => Transpose(x[i], [.. order.Select(label => left[i].IndexOf(label))]);
        var a = Reshape(In(0, batch + rows + sum), (Size(batch), Size(rows), Size(sum)));
        var b = Reshape(In(1, batch + sum + columns), (Size(batch), Size(sum), Size(columns)));
        string order = batch + rows + columns;
        return Transpose(Reshape(Products(a, b), new Shape([.. order.Select(label => (int?)size[label])])), [.. output.Select(label => order.IndexOf(label))]);

        Tensor Summed(Tensor operand, string own, string others)
        {
            int[] alone = [.. own.Index().Where(entry => !others.Contains(entry.Item)).Select(entry => entry.Index)];
            return alone.Length == 0 ? operand : Sum(operand, alone);
        }
    }

    /// <summary>A letter for each axis of each operand, and of the result; axes that <c>…</c> stands for have letters of their own.</summary>
    private static (string[] Labels, string Output) Labels(string subscripts, Tensor[] operands)
    {
        ValueError Wrong(string why) => new($"einsum can't be computed: {why}. Received: subscripts={subscripts}, shapes {string.Join(", ", operands.Select(x => x.shape))}");
        string[] sides = subscripts.Replace(" ", "").Split("->");
        string[] labels = sides[0].Split(',');
        if (labels.Length != operands.Length || operands.Length > 2 || sides.Length > 2) throw Wrong("there are one or two operands, each with its subscripts");
        int more = labels.Zip(operands).Where(pair => pair.First.Contains("...")).Select(pair => pair.Second.shape.Rank - pair.First.Length + 3).DefaultIfEmpty().Max();
        string all = string.Concat(Enumerable.Range(0, Math.Max(more, 0)).Select(i => (char)('\u0391' + i)));
        for (int i = 0; i < labels.Length; i++)
        {
            int count = operands[i].shape.Rank - labels[i].Length + 3;
            labels[i] = labels[i].Replace("...", count >= 0 && count <= all.Length ? all[(all.Length - count)..] : "");
            if (labels[i].Length != operands[i].shape.Rank) throw Wrong("each axis has one letter");
            if (labels[i].Distinct().Count() < labels[i].Length) throw Wrong("an operand has a letter twice");
        }
        string joined = string.Concat(labels);
        string output = sides.Length > 1 ? sides[1].Replace("...", all) : all + string.Concat(joined.Where(label => !all.Contains(label) && joined.Count(other => other == label) == 1).Order());
        return output.All(label => joined.Contains(label)) && output.Distinct().Count() == output.Length ? (labels, output) : throw Wrong("the result has axes of the operands, each once");
    }
}
