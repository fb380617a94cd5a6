using KerasPort.Activations;
using KerasPort.Engines.Formulas;
using KerasPort.Layers;

namespace KerasPort.Engines;

// The methods that an engine implements. They rely on what the public methods check.
public abstract partial class Kernels
{
    /// <summary><see cref="Allocate"/>.</summary>
    protected abstract DeviceBuffer AllocateCore(int length);

    /// <summary><see cref="Write"/>.</summary>
    protected abstract void WriteCore(ReadOnlySpan<float> source, DeviceBuffer target);

    /// <summary><see cref="Read"/>.</summary>
    protected abstract void ReadCore(DeviceBuffer source, Span<float> target);

    /// <summary><see cref="Copy"/>.</summary>
    protected abstract void CopyCore(DeviceBuffer source, DeviceBuffer target);

    /// <summary><see cref="Gather"/>.</summary>
    protected abstract void GatherCore(DeviceRows source, DeviceOrder order, int start, int count, DeviceBuffer target);

    /// <summary><see cref="GatherBatch"/>.</summary>
    protected virtual void GatherBatchCore(DeviceRows inputs, DeviceRows targets, DeviceOrder order, int start, int count, DeviceBuffer x, DeviceBuffer y)
    {
        GatherCore(inputs, order, start, count, x);
        GatherCore(targets, order, start, count, y);
    }

    /// <summary><see cref="Conv2D"/>.</summary>
    protected abstract void Conv2DCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y);

    /// <summary><see cref="Conv2DInputGradient"/>.</summary>
    protected abstract void Conv2DInputGradientCore(in Window2D window, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx);

    /// <summary><see cref="Conv2DKernelGradient"/>.</summary>
    protected abstract void Conv2DKernelGradientCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel);

    /// <summary><see cref="Conv2DWeightGradients"/>. An engine that has such a kernel overrides it.</summary>
    protected virtual void Conv2DWeightGradientsCore(
        in Window2D window, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dkernel, DeviceBuffer? dbias)
    {
        int count = images * window.OutputSize;
        var before = Allocate(count);
        Map(new Binary<ReluGradient>(), count, before, y, dy);
        Conv2DKernelGradientCore(window, images, x, before, dkernel);
        if (dbias is not null) SumRowsCore(images * window.Pixels, window.Filters, before, dbias);
        Free(before);
    }

    /// <summary><see cref="DepthwiseConv2D"/>.</summary>
    protected abstract void DepthwiseConv2DCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu,
        DeviceBuffer y);

    /// <summary><see cref="DepthwiseConv2DInputGradient"/>.</summary>
    protected abstract void DepthwiseConv2DInputGradientCore(in Window2D window, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx);

    /// <summary><see cref="DepthwiseConv2DKernelGradient"/>.</summary>
    protected abstract void DepthwiseConv2DKernelGradientCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel);

    /// <summary><see cref="MaxPooling2D"/>.</summary>
    protected abstract void MaxPooling2DCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y);

    /// <summary><see cref="MaxPooling2DGradient"/>.</summary>
    protected abstract void MaxPooling2DGradientCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx);

    /// <summary><see cref="MaxPooling2DOf"/>. An engine whose plans use it overrides it, so that the results aren't stored.</summary>
    protected virtual void MaxPooling2DOfCore<F>(in Window2D window, int images, in F formula, in Operands on) where F : unmanaged, IFormula
    {
        var all = Allocate(on.Count);
        MapCore(formula, on.With(0, all));
        MaxPooling2DCore(window, images, all, on[0]!);
        Free(all);
    }

    /// <summary><see cref="MaxPooling2DGradientOf"/>. An engine whose plans use it overrides it, so that the results aren't stored.</summary>
    protected virtual void MaxPooling2DGradientOfCore<F>(in Window2D window, int images, in F formula, in Operands on, DeviceBuffer dy, DeviceBuffer dx)
        where F : unmanaged, IFormula
    {
        var all = Allocate(on.Count);
        MapCore(formula, on.With(0, all));
        MaxPooling2DGradientCore(window, images, all, on[0]!, dy, dx);
        Free(all);
    }

    /// <summary><see cref="ConvReluPool"/>.</summary>
    protected virtual ConvReluPool? ConvReluPoolCore(in Window2D convolution, in Window2D pooling, int images, bool inputGradient) => null;

    /// <summary><see cref="Dense"/>.</summary>
    protected abstract void DenseCore(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y);

    /// <summary><see cref="DenseInputGradient"/>.</summary>
    protected abstract void DenseInputGradientCore(int rows, int inputs, int outputs, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx);

    /// <summary><see cref="DenseKernelGradient"/>.</summary>
    protected abstract void DenseKernelGradientCore(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel);

    /// <summary><see cref="DenseGradients"/>. An engine with fewer, larger kernels overrides it.</summary>
    protected virtual void DenseGradientsCore(
        int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? y, DeviceBuffer dy, DeviceBuffer? dkernel, DeviceBuffer? dbias,
        DeviceBuffer? dx)
    {
        if (y is not null) Map(new Binary<ReluGradient>(), rows * outputs, dy, y, dy);
        if (dkernel is not null) DenseKernelGradientCore(rows, inputs, outputs, x, dy, dkernel);
        if (dbias is not null) SumRowsCore(rows, outputs, dy, dbias);
        if (dx is not null) DenseInputGradientCore(rows, inputs, outputs, dy, kernel, dx);
    }

    /// <summary><see cref="SumRows"/>.</summary>
    protected abstract void SumRowsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer y);

    /// <summary><see cref="SumRowsOf{F}(in F, in Operands)"/>. An engine whose plans use it overrides it, so that the results aren't stored.</summary>
    protected virtual void SumRowsOfCore<F>(in F formula, in Operands on) where F : unmanaged, IFormula
    {
        var all = Allocate(on.Count);
        MapCore(formula, on.With(0, all));
        SumRowsCore(on.Rows, on.Columns, all, on[0]!);
        Free(all);
    }

    /// <summary><see cref="SumRowsOf{F}(in F, in Operands, DeviceBuffer)"/>. An engine that takes both sums in one pass overrides it.</summary>
    protected virtual void SumRowsOfCore<F>(in F formula, in Operands on, DeviceBuffer ofSecond) where F : unmanaged, IFormula
    {
        SumRowsOfCore(formula, on);
        SumRowsCore(on.Rows, on.Columns, on[1]!, ofSecond);
    }

    /// <summary><see cref="MapAndSumRows"/>. An engine that does both in one pass overrides it.</summary>
    protected virtual void MapAndSumRowsCore<F>(in F formula, in Operands on, DeviceBuffer sums) where F : unmanaged, IFormula
    {
        MapCore(formula, on);
        SumRowsCore(on.Rows, on.Columns, on[0]!, sums);
    }

    /// <summary><see cref="Moments"/>.</summary>
    protected abstract void MomentsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer sum, DeviceBuffer squares);

    /// <summary><see cref="SumColumns"/>.</summary>
    protected abstract void SumColumnsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer y);

    /// <summary><see cref="CopyColumns"/>.</summary>
    protected abstract void CopyColumnsCore(int rows, int columns, DeviceBuffer x, int xColumns, int from, DeviceBuffer y, int yColumns, int to);

    /// <summary><see cref="Along"/>.</summary>
    protected abstract void AlongCore(AlongTable table, int outer, int inner, DeviceBuffer x, DeviceBuffer y);

    /// <summary><see cref="Map{F}(in F, in Operands)"/>.</summary>
    protected abstract void MapCore<F>(in F formula, in Operands on) where F : unmanaged, IFormula;

    /// <summary><see cref="Softmax"/>.</summary>
    protected abstract void SoftmaxCore(int rows, int columns, DeviceBuffer y);

    /// <summary><see cref="SoftmaxGradient"/>.</summary>
    protected abstract void SoftmaxGradientCore(int rows, int columns, DeviceBuffer y, DeviceBuffer dy);

    /// <summary><see cref="SparseCrossentropyOfLogits"/>.</summary>
    protected abstract void SparseCrossentropyOfLogitsCore(
        int rows, int classes, DeviceBuffer logits, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient);

    /// <summary><see cref="SparseCrossentropyOfProbabilities"/>.</summary>
    protected abstract void SparseCrossentropyOfProbabilitiesCore(
        int rows, int classes, DeviceBuffer probabilities, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient);

    /// <summary><see cref="ArgMax"/>.</summary>
    protected abstract void ArgMaxCore(int rows, int columns, DeviceBuffer x, DeviceBuffer? labels, DeviceBuffer y);

    /// <summary><see cref="SegmentSums"/>.</summary>
    protected abstract void SegmentSumsCore(int rows, int columns, int segments, DeviceBuffer x, DeviceBuffer segment, DeviceBuffer sums);

    /// <summary><see cref="RandomUnits"/>.</summary>
    protected abstract void RandomUnitsCore(ulong key, ulong upper, long block, int count, DeviceBuffer y);

    /// <summary><see cref="RandomNormals"/>.</summary>
    protected abstract void RandomNormalsCore(ulong key, ulong upper, long block, int count, DeviceBuffer y);

    /// <summary><see cref="TransformImages"/>.</summary>
    protected abstract void TransformImagesCore(in ImageTransform transform, int images, DeviceBuffer x, DeviceBuffer transforms, DeviceBuffer y);

    /// <summary><see cref="DenseKernelUpdate"/>.</summary>
    protected virtual void DenseKernelUpdateCore<F>(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, in F formula, in Operands on,
        DeviceBuffer? dx) where F : unmanaged, IFormula =>
        throw new NotSupportedException();

    /// <summary>The class that a label names.</summary>
    /// <exception cref="ValueError">The label names none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected static int Class(double label, int row, int classes) => label >= 0 && label < classes ? (int)label
        : throw new ValueError(
            $"Received a label value of {PythonText.ClassNumber(label)} (row {row} of the batch) which is outside the valid range of [0, {classes}).");
}
