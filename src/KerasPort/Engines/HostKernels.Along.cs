namespace KerasPort.Engines;

public partial class HostKernels<T, M>
{
    /// <inheritdoc/>
    protected override void AlongCore(AlongTable table, int outer, int inner, DeviceBuffer x, DeviceBuffer y)
    {
        var (from, to) = (Fetch(x), new T[outer * table.Outputs * inner]);
        for (int o = 0; o < outer; o++)
            for (int j = 0; j < table.Outputs; j++)
                for (int k = table.Starts[j]; k < table.Starts[j + 1]; k++)
                    for (int i = 0; i < inner; i++)
                        to[(o * table.Outputs + j) * inner + i] += T.CreateChecked(table.Weights[k]) * from[(o * table.Inputs + table.At[k]) * inner + i];
        Store(to, y);
    }
}
