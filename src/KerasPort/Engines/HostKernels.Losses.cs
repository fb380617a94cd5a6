namespace KerasPort.Engines;

public partial class HostKernels<T, M>
{
    /// <inheritdoc/>
    protected override void SoftmaxCore(int rows, int columns, DeviceBuffer y)
    {
        var values = Fetch(y);
        for (int r = 0; r < rows; r++)
        {
            var row = values.AsSpan(r * columns, columns);
            var (max, sum) = MaxAndSum(row);
            for (int i = 0; i < columns; i++) row[i] = T.Exp(row[i] - max) / sum;
        }
        Store(values, y);
    }

    /// <inheritdoc/>
    protected override void SoftmaxGradientCore(int rows, int columns, DeviceBuffer y, DeviceBuffer dy)
    {
        var (values, gradients) = (Fetch(y), Fetch(dy));
        for (int r = 0; r < rows; r++)
        {
            var dot = T.Zero;
            for (int i = r * columns; i < (r + 1) * columns; i++) dot += values[i] * gradients[i];
            for (int i = r * columns; i < (r + 1) * columns; i++) gradients[i] = values[i] * (gradients[i] - dot);
        }
        Store(gradients, dy);
    }

    /// <inheritdoc/>
    protected override void SparseCrossentropyOfLogitsCore(
        int rows, int classes, DeviceBuffer logits, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient)
    {
        var (all, targets, values, gradients) = (Fetch(logits), Fetch(labels), new T[rows], new T[rows * classes]);
        for (int r = 0; r < rows; r++)
        {
            var z = all.AsSpan(r * classes, classes);
            int label = Class(double.CreateChecked(targets[r]), r, classes);
            var (max, sum) = MaxAndSum(z);
            values[r] = T.Log(sum) - (z[label] - max);
            for (int i = 0; i < classes; i++) gradients[r * classes + i] = (T.Exp(z[i] - max) / sum - (i == label ? T.One : T.Zero)) / T.CreateChecked(rows);
        }
        Store(values, losses);
        if (gradient is not null) Store(gradients, gradient);
    }

    /// <inheritdoc/>
    protected override void SparseCrossentropyOfProbabilitiesCore(
        int rows, int classes, DeviceBuffer probabilities, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient)
    {
        T low = T.CreateChecked(1e-7), high = T.One - low;
        var (all, targets, values, gradients) = (Fetch(probabilities), Fetch(labels), new T[rows], new T[rows * classes]);
        for (int r = 0; r < rows; r++)
        {
            var p = all.AsSpan(r * classes, classes);
            int label = Class(double.CreateChecked(targets[r]), r, classes);
            var sum = T.Zero;
            foreach (var value in p) sum += T.Clamp(value, low, high);
            values[r] = T.Log(sum) - T.Log(T.Clamp(p[label], low, high));
            for (int i = 0; i < classes; i++)
                gradients[r * classes + i] = p[i] < low || p[i] > high ? T.Zero : (T.One / sum - (i == label ? T.One / p[i] : T.Zero)) / T.CreateChecked(rows);
        }
        Store(values, losses);
        if (gradient is not null) Store(gradients, gradient);
    }

    /// <inheritdoc/>
    protected override void ArgMaxCore(int rows, int columns, DeviceBuffer x, DeviceBuffer? labels, DeviceBuffer y)
    {
        var (all, targets, found) = (Fetch(x), labels is null ? null : Fetch(labels), new T[rows]);
        for (int r = 0; r < rows; r++)
        {
            int largest = 0;
            for (int i = 1; i < columns; i++) if (all[r * columns + i] > all[r * columns + largest]) largest = i;
            T place = T.CreateChecked(largest);
            found[r] = targets is null ? place : place == targets[r] ? T.One : T.Zero;
        }
        Store(found, y);
    }

    /// <inheritdoc/>
    protected override void SegmentSumsCore(int rows, int columns, int segments, DeviceBuffer x, DeviceBuffer segment, DeviceBuffer sums)
    {
        var (all, named, added) = (Fetch(x), Fetch(segment), new T[segments * columns]);
        for (int r = 0; r < rows; r++)
        {
            if (!T.IsInteger(named[r]) || named[r] < T.Zero || named[r] >= T.CreateChecked(segments)) continue;
            int s = int.CreateChecked(named[r]);
            for (int i = 0; i < columns; i++) added[s * columns + i] += all[r * columns + i];
        }
        Store(added, sums);
    }

    private static (T Max, T Sum) MaxAndSum(ReadOnlySpan<T> row)
    {
        var (max, sum) = (row[0], T.Zero);
        foreach (var value in row) max = T.Max(max, value);
        foreach (var value in row) sum += T.Exp(value - max);
        return (max, sum);
    }
}
