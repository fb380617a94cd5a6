namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// numpy's matmul for tensors of any rank: the last two axes are matrices, those before are broadcast; a vector is a row on the left, a column on the
    /// right.
    /// </summary>
    internal Tensor MatMulOfAll(Tensor x, Tensor y)
    {
        if (x.shape.Rank == 0 || y.shape.Rank == 0) throw new ValueError($"matmul needs axes. Received: x1.shape={x.shape}, x2.shape={y.shape}");
        if (y.shape.Rank == 2 && x.shape.Rank >= 2) return MatMul(x, y);
        bool isRow = x.shape.Rank == 1, isColumn = y.shape.Rank == 1;
        if (isRow) x = Reshape(x, (1, x.Size));
        if (isColumn) y = Reshape(y, (y.Size, 1));
        if (x.shape[^1] != y.shape[^2])
            throw new ValueError($"Inner dimensions (x1.shape[-1] and x2.shape[-2]) must be equal, but received x1.shape={x.shape} and x2.shape={y.shape}");
        var batch = Broadcast.Shape(x.shape[..^2], y.shape[..^2]);
        Tensor Matrices(Tensor t) => Reshape(Repeat(t, new Shape([.. batch, .. t.shape[^2..]])), new Shape(batch.Size, t.shape[^2], t.shape[^1]));
        int? rows = x.shape[^2], columns = y.shape[^1];
        int?[] last = isRow ? isColumn ? [] : [columns] : isColumn ? [rows] : [rows, columns];
        return Reshape(Products(Matrices(x), Matrices(y)), new Shape([.. batch, .. last]));
    }

    /// <summary>The sum of products over the given axes of x and y. The result has the other axes of x, then those of y.</summary>
    internal Tensor TensorDot(Tensor x, Tensor y, int[] axesOfX, int[] axesOfY)
    {
        static int[] From0(int[] axes, Shape shape) => Array.ConvertAll(axes, axis => ((Axes)axis).Of(shape)[0]);
        var (ofX, ofY) = (From0(axesOfX, x.shape), From0(axesOfY, y.shape));
        if (ofX.Length != ofY.Length || !ofX.Zip(ofY).All(pair => x.shape[pair.First] == y.shape[pair.Second]))
            throw new ValueError(
                $"Axes that are summed over must be as long as one another. Received: x1.shape={x.shape}, x2.shape={y.shape}, "
                    + $"axes=([{string.Join(", ", axesOfX)}], [{string.Join(", ", axesOfY)}])");
        int[] leftX = [.. Enumerable.Range(0, x.shape.Rank).Except(ofX)], leftY = [.. Enumerable.Range(0, y.shape.Rank).Except(ofY)];
        Shape rows = new([.. leftX.Select(axis => x.shape[axis])]), columns = new([.. leftY.Select(axis => y.shape[axis])]);
        int sum = ofX.Aggregate(1, (product, axis) => product * x.shape[axis]!.Value);
        var (a, b) = (Reshape(Transpose(x, [.. leftX, .. ofX]), (rows.Size, sum)), Reshape(Transpose(y, [.. ofY, .. leftY]), (sum, columns.Size)));
        return Reshape(Dense(a, b, null), new Shape([.. rows, .. columns]));
    }

    /// <summary>Einstein's sum of products of tensors: <c>bij,bjk-&gt;bik</c>. Several are contracted from left to right, two at a time.</summary>
    /// <exception cref="ValueError">The subscripts are malformed or don't match the operands.</exception>
    internal Tensor Einsum(string subscripts, Tensor[] operands) =>
        Einsum(Subscripts.Of(subscripts, [.. operands.Select(x => x.shape.Rank)]), operands);

    /// <inheritdoc cref="Einsum(string, Tensor[])"/>
    internal Tensor Einsum(Subscripts subscripts, Tensor[] operands)
    {
        var size = new Dictionary<char, int>();
        foreach (var (own, tensor) in subscripts.Operands.Zip(operands))
            foreach (var (at, label) in own.Index())
                if (!size.TryAdd(label, tensor.shape[at]!.Value) && size[label] != tensor.shape[at])
                    throw new ValueError($"Axis '{label}' has lengths {size[label]} and {tensor.shape[at]}. "
                        + $"Received: subscripts={string.Join(",", subscripts.Operands)}->{subscripts.Result}");
        string[] labels = subscripts.Operands;
        var (x, all) = Alone(operands[0], labels[0], Wanted(1));
        for (int i = 1; i < operands.Length; i++)
        {
            var (y, others) = Alone(operands[i], labels[i], all + Wanted(i + 1));
            (x, all) = Alone(x, all, others + Wanted(i + 1));
            (x, all) = Joined(x, all, y, others, Wanted(i + 1));
        }
        return Transpose(x, [.. subscripts.Result.Select(label => all.IndexOf(label))]);

        // The letters that later operands and the result need.
        string Wanted(int from) => subscripts.Result + string.Concat(labels.Skip(from));

        int Size(string of) => of.Aggregate(1, (product, label) => product * size[label]);

        (Tensor, string) Joined(Tensor x, string ofX, Tensor y, string ofY, string wanted)
        {
            string batch = string.Concat(ofX.Where(label => ofY.Contains(label) && wanted.Contains(label))),
                sum = string.Concat(ofX.Intersect(ofY).Except(batch));
            string rows = string.Concat(ofX.Except(ofY)), columns = string.Concat(ofY.Except(ofX)), order = batch + rows + columns;
            Tensor In(Tensor of, string from, string to) => Transpose(of, [.. to.Select(label => from.IndexOf(label))]);
            var a = Reshape(In(x, ofX, batch + rows + sum), (Size(batch), Size(rows), Size(sum)));
            var b = Reshape(In(y, ofY, batch + sum + columns), (Size(batch), Size(sum), Size(columns)));
            return (Reshape(Products(a, b), new Shape([.. order.Select(label => (int?)size[label])])), order);
        }

        // An operand by itself: a letter that occurs twice takes the diagonal, and axes whose letter occurs nowhere else are summed.
        (Tensor, string) Alone(Tensor operand, string own, string others)
        {
            while (own.GroupBy(label => label).FirstOrDefault(label => label.Count() > 1) is { Key: var twice })
            {
                int first = own.IndexOf(twice), second = own.IndexOf(twice, first + 1);
                operand = KerasOps.Diagonal(0, first, second).Nodes(this, [operand]);
                own = own.Remove(second, 1).Remove(first, 1) + twice;
            }
            int[] alone = [.. own.Index().Where(entry => !others.Contains(entry.Item)).Select(entry => entry.Index)];
            return (alone.Length == 0 ? operand : Sum(operand, alone), string.Concat(own.Where(others.Contains)));
        }
    }
}
