using KerasPort.Metrics;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// y[…] = 1 where fewer than k elements along the last axis of x are larger than x[…, label]; else 0, also where an element isn't finite or the label is
    /// out of range.
    /// </summary>
    internal Tensor InTopK(Tensor x, Tensor labels, int k)
    {
        var rows = Reshape(x, (x.Rows, x.Columns));
        var isLabel = Equal(Places(rows), Reshape(labels, (x.Rows, 1)));
        var larger = SumColumns(Greater(rows, SumColumns(Map(new WhereOne(0), rows, isLabel))));
        // x - x is 0, or NaN where x isn't finite; a label out of range adds more than the number of classes.
        var odd = Add(SumColumns(Subtract(rows, rows)), Scale(Shift(Scale(SumColumns(isLabel), -1), 1), 2f * x.Columns + k));
        return Reshape(Map(new IsBelow(k), Add(larger, odd)), labels.shape);
    }

    /// <summary>x[rows, columns] where it is among the k largest of its row, of equal ones the first; else another number.</summary>
    internal Tensor OnlyTopK(Tensor x, int k, float other)
    {
        var (places, left) = (Places(x), x);
        Tensor? taken = null;
        for (int i = 0; i < Math.Min(k, x.Columns); i++)
        {
            var largest = Equal(places, Reshape(ArgMax(left), (x.Rows, 1)));
            taken = taken is null ? largest : Add(taken, largest);
            left = Map(default(UnlessTaken), left, largest);
        }
        return taken is null ? x : Map(new WhereOne(other), x, taken);
    }

    /// <summary>Known numbers as a row.</summary>
    internal Tensor Row(IEnumerable<double> numbers)
    {
        float[] row = [.. numbers.Select(number => (float)number)];
        return Add(new ConstantNode(new NDArray(row)), row.Length);
    }

    /// <summary>0, 1, 2 … along each row.</summary>
    private Tensor Places(Tensor x) => Spread(Row(Enumerable.Range(0, x.Columns).Select(i => (double)i)), x.shape);
}
