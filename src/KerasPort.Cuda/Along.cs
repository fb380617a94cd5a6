using System.Runtime.CompilerServices;
using ILGPU;
using KerasPort.Engines;

namespace KerasPort.Cuda;

internal sealed partial class CudaKernels
{
    // Indices are sent as floats, which represent whole numbers exactly up to here.
    private const int MostPlaces = 1 << 24;

    private readonly ConditionalWeakTable<AlongTable, DeviceBuffer> _tables = [];

    protected override void AlongCore(AlongTable table, int outer, int inner, DeviceBuffer x, DeviceBuffer y)
    {
        int entries = table.Starts[^1], count = outer * table.Outputs * inner;
        if (Math.Max(entries, table.Inputs) >= MostPlaces)
        {
            base.AlongCore(table, outer, inner, x, y);
            return;
        }
        if (!_tables.TryGetValue(table, out var sent))
        {
            sent = Allocate(table.Starts.Length + 2 * entries);
            Write([.. table.Starts.Select(s => (float)s), .. table.At.Select(a => (float)a), .. table.Weights], sent);
            _tables.Add(table, sent);
        }
        _card.Launch(new AlongSum
        {
            Table = At(sent).View, From = At(x).View, To = At(y).View, Inputs = table.Inputs, Outputs = table.Outputs, Inner = inner,
            Entries = entries, Count = count,
        }, count);
    }

    /// <summary>One thread per value of y, which adds its entries in order.</summary>
    private struct AlongSum : IKernel
    {
        public ArrayView<float> Table, From, To;
        public int Inputs, Outputs, Inner, Entries, Count;

        public readonly void Run()
        {
            int at = Index;
            if (at >= Count) return;
            int i = at % Inner, j = at / Inner % Outputs, o = at / Inner / Outputs, places = Outputs + 1;
            float sum = 0;
            for (int k = (int)Table[j]; k < (int)Table[j + 1]; k++)
                sum += Table[places + Entries + k] * From[((long)o * Inputs + (int)Table[places + k]) * Inner + i];
            To[at] = sum;
        }
    }
}
