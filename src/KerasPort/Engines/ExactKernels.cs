using KerasPort.Engines.Formulas;

namespace KerasPort.Engines;

/// <summary>The kernels' definitions in double, for float64 and integers of 16 bits and more, whose results float32 may not hold.</summary>
internal sealed class ExactKernels : HostKernels<double, DoubleMath>
{
    /// <summary>Makes these the buffer's first values.</summary>
    public static void Write(NDArray source, DeviceBuffer target) => source.ToDoubles().CopyTo(((HostBuffer<double>)target).Values);

    /// <summary>The buffer's values.</summary>
    public static double[] Read(DeviceBuffer source) => ((HostBuffer<double>)source).Values.ToArray();
}
