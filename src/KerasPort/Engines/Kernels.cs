using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Graphs.Rewrites;
using KerasPort.Layers;

namespace KerasPort.Engines;

/// <summary>
/// What an engine must be able to compute, at the grain of cuDNN: layers, losses and optimizers are written on these.
/// Row-major, images as [image, height, width, channel], kernels as [height, width, in, out]; float32.
/// The order of every sum follows from the shapes alone, so that the same input gives the same bits on any number of threads.
/// </summary>
/// <remarks>
/// A kernel is two methods. The public one refuses buffers that are too short, with a <see cref="ValueError"/>. It then calls the
/// engine's method, which has the same name with <c>Core</c> behind it and relies on that check.
/// </remarks>
public abstract partial class Kernels : IDisposable
{
    /// <summary>
    /// A buffer of that many floats, all zero, with room behind them for a whole vector. It lives until it is given to <see cref="Free"/>, or as long
    /// as the kernels.
    /// </summary>
    /// <exception cref="ValueError">The length is negative.</exception>
    public DeviceBuffer Allocate(int length) => length >= 0 ? AllocateCore(length) : throw new ValueError($"A buffer can't have {length} floats.");

    /// <summary>Gives an allocated buffer's memory back. Neither it nor a part of it may be used afterwards.</summary>
    public abstract void Free(DeviceBuffer buffer);

    /// <summary>Copies to the device, to the buffer's first floats.</summary>
    public void Write(ReadOnlySpan<float> source, DeviceBuffer target)
    {
        Require(target, source.Length);
        WriteCore(source, target);
    }

    /// <summary>Fills the target with the buffer's first floats, after all kernels that were started before.</summary>
    public void Read(DeviceBuffer source, Span<float> target)
    {
        Require(source, target.Length);
        ReadCore(source, target);
    }

    /// <summary>Copies on the device: all of the source to the target's first floats.</summary>
    public void Copy(DeviceBuffer source, DeviceBuffer target)
    {
        Require(target, source.Length);
        CopyCore(source, target);
    }

    /// <summary>Makes an array's rows (its first axis) available to <see cref="Gather"/>.</summary>
    public abstract DeviceRows Load(NDArray array);

    /// <summary>Makes an order of rows available to <see cref="Gather"/>.</summary>
    public abstract DeviceOrder Load(ReadOnlySpan<int> order);

    /// <summary>Copies <paramref name="count"/> rows of the order, from its <paramref name="start"/>-th on, one behind the other.</summary>
    public void Gather(DeviceRows source, DeviceOrder order, int start, int count, DeviceBuffer target)
    {
        RequireRows(source, order, start, count, target);
        GatherCore(source, order, start, count, target);
    }

    /// <summary>Gathers the same rows of inputs and targets; an engine may do both in one kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GatherBatch(DeviceRows inputs, DeviceRows targets, DeviceOrder order, int start, int count, DeviceBuffer x, DeviceBuffer y)
    {
        RequireRows(inputs, order, start, count, x);
        RequireRows(targets, order, start, count, y);
        GatherBatchCore(inputs, targets, order, start, count, x, y);
    }

    /// <summary>
    /// How many batches' results may wait on the device when no callback acts on each: 1 where reading costs nothing, more where
    /// it means waiting for all that was started before.
    /// </summary>
    public virtual int ResultsAtATime => 1;

    /// <summary>The rewrites that make lists of nodes faster on this engine, in their order.</summary>
    internal virtual IReadOnlyList<Rewrite> Rewrites { get; init; } = [];

    /// <summary>Runs a node and then the moments of its output's rows. An engine may take these while it writes the rows.</summary>
    internal virtual void Run(Node producer, MomentsNode moments)
    {
        producer.Run(this);
        moments.Run(this);
    }

    /// <summary>y = x ∗ kernel + bias, at least 0 with <paramref name="relu"/>.</summary>
    public void Conv2D(in Window2D window, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        RequireImages(window, images, x, y);
        Require(kernel, Product(window.Depth, window.Filters));
        Require(bias, window.Filters);
        Conv2DCore(window, images, x, kernel, bias, relu, y);
    }

    /// <summary>dx of <see cref="Conv2D"/> from dy.</summary>
    public void Conv2DInputGradient(in Window2D window, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        RequireImages(window, images, dx, dy);
        Require(kernel, Product(window.Depth, window.Filters));
        Conv2DInputGradientCore(window, images, dy, kernel, dx);
    }

    /// <summary>dkernel of <see cref="Conv2D"/> from x and dy.</summary>
    public void Conv2DKernelGradient(in Window2D window, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        RequireImages(window, images, x, dy);
        Require(dkernel, Product(window.Depth, window.Filters));
        Conv2DKernelGradientCore(window, images, x, dy, dkernel);
    }

    /// <summary>Whether <see cref="Conv2DWeightGradients"/> is one kernel for this window, faster than the kernels that it replaces.</summary>
    public virtual bool HasConv2DWeightGradients(in Window2D window) => false;

    /// <summary>dkernel and dbias of <see cref="Conv2D"/> with relu, from x, y and dy; dy counts only where y is above 0.</summary>
    public void Conv2DWeightGradients(
        in Window2D window, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dkernel, DeviceBuffer? dbias)
    {
        RequireImages(window, images, x, dy);
        RequireImages(window, images, x, y);
        Require(dkernel, Product(window.Depth, window.Filters));
        Require(dbias, window.Filters);
        Conv2DWeightGradientsCore(window, images, x, y, dy, dkernel, dbias);
    }

    /// <summary>
    /// y[oy, ox, f] = Σ over the window of x ∘ kernel[ky, kx, f], + bias, at least 0 with <paramref name="relu"/>. The number of filters is a multiple
    /// of the number of channels; filter f reads only channel f · channels / filters.
    /// </summary>
    public void DepthwiseConv2D(in Window2D window, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        RequireDepthwise(window, images, x, kernel, y);
        Require(bias, window.Filters);
        DepthwiseConv2DCore(window, images, x, kernel, bias, relu, y);
    }

    /// <summary>dx of <see cref="DepthwiseConv2D"/> from dy.</summary>
    public void DepthwiseConv2DInputGradient(in Window2D window, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        RequireDepthwise(window, images, dx, kernel, dy);
        DepthwiseConv2DInputGradientCore(window, images, dy, kernel, dx);
    }

    /// <summary>dkernel of <see cref="DepthwiseConv2D"/> from x and dy.</summary>
    public void DepthwiseConv2DKernelGradient(in Window2D window, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        RequireDepthwise(window, images, x, dkernel, dy);
        DepthwiseConv2DKernelGradientCore(window, images, x, dy, dkernel);
    }

    /// <summary>
    /// y = the largest x in each window, channel by channel. NaN is passed over. A window without a number above the lowest float gives
    /// that float (not minus infinity), as in TensorFlow.
    /// </summary>
    public void MaxPooling2D(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y)
    {
        RequirePooling(window, images, x, y);
        MaxPooling2DCore(window, images, x, y);
    }

    /// <summary>
    /// dx = dy at each window's largest value (the first of equals), summed over windows, else 0. A window whose first value is NaN
    /// gives its dy to that value, as in TensorFlow: the search begins with it, and nothing is above NaN.
    /// </summary>
    public void MaxPooling2DGradient(in Window2D window, int images, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
    {
        RequirePooling(window, images, x, y);
        RequirePooling(window, images, dx, dy);
        MaxPooling2DGradientCore(window, images, x, y, dy, dx);
    }

    /// <summary><see cref="MaxPooling2D"/> of a formula's results, which an engine need not store.</summary>
    /// <param name="window">The windows.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="formula">Writes the first buffer, and doesn't read it.</param>
    /// <param name="on">The formula's buffers: rows are the images' pixels, columns the channels. The first is y, which has the pooled images' pixels.</param>
    /// <exception cref="ValueError">A buffer is missing or too short, or the formula writes another one.</exception>
    public void MaxPooling2DOf<F>(in Window2D window, int images, in F formula, in Operands on) where F : unmanaged, IFormula
    {
        RequirePoolingOf<F>(window, images, on);
        MaxPooling2DOfCore(window, images, formula, on);
    }

    /// <summary>dx of <see cref="MaxPooling2DOf"/>, the gradient of the formula's results.</summary>
    /// <param name="window">The windows.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="formula">The formula.</param>
    /// <param name="on">The formula's buffers, with y as the first.</param>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="dx">dx.</param>
    /// <exception cref="ValueError">A buffer is missing or too short, or the formula writes another one.</exception>
    public void MaxPooling2DGradientOf<F>(in Window2D window, int images, in F formula, in Operands on, DeviceBuffer dy, DeviceBuffer dx)
        where F : unmanaged, IFormula
    {
        RequirePoolingOf<F>(window, images, on);
        RequirePooling(window, images, dx, dy);
        MaxPooling2DGradientOfCore(window, images, formula, on, dy, dx);
    }

    /// <summary>
    /// One kernel for a convolution, its relu and the max pooling behind it. It never stores what the pooling throws away.
    /// It is <c>null</c> where the engine has none for these windows; the layers then run one by one.
    /// </summary>
    /// <param name="convolution">The convolution's window.</param>
    /// <param name="pooling">The pooling's window.</param>
    /// <param name="images">The most images at a time.</param>
    /// <param name="inputGradient">Whether the gradient of its input will be asked for.</param>
    public ConvReluPool? ConvReluPool(in Window2D convolution, in Window2D pooling, int images, bool inputGradient) =>
        ConvReluPoolCore(convolution, pooling, images, inputGradient);

    /// <summary>y[rows, outputs] = x[rows, inputs] · kernel[inputs, outputs] + bias, at least 0 with <paramref name="relu"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Dense(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        RequireDense(rows, inputs, outputs, x, kernel, y);
        Require(bias, outputs);
        DenseCore(rows, inputs, outputs, x, kernel, bias, relu, y);
    }

    /// <summary>dx = dy · kernelᵀ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DenseInputGradient(int rows, int inputs, int outputs, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        RequireDense(rows, inputs, outputs, dx, kernel, dy);
        DenseInputGradientCore(rows, inputs, outputs, dy, kernel, dx);
    }

    /// <summary>dkernel = xᵀ · dy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DenseKernelGradient(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        RequireDense(rows, inputs, outputs, x, dkernel, dy);
        DenseKernelGradientCore(rows, inputs, outputs, x, dy, dkernel);
    }

    /// <summary>
    /// The gradients of a dense layer: those of dkernel, dbias and dx that aren't null. dy may be overwritten. With a relu,
    /// <paramref name="y"/> is its output, and dy counts only where y is above 0.
    /// </summary>
    public void DenseGradients(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? y, DeviceBuffer dy, DeviceBuffer? dkernel,
        DeviceBuffer? dbias, DeviceBuffer? dx)
    {
        RequireDense(rows, inputs, outputs, x, kernel, dy);
        Require(y, Product(rows, outputs));
        Require(dkernel, Product(inputs, outputs));
        Require(dbias, outputs);
        Require(dx, Product(rows, inputs));
        DenseGradientsCore(rows, inputs, outputs, x, kernel, y, dy, dkernel, dbias, dx);
    }

    /// <summary>y[columns] = the sum of the rows of x[rows, columns].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumRows(int rows, int columns, DeviceBuffer x, DeviceBuffer y)
    {
        Require(x, Product(rows, columns));
        Require(y, columns);
        SumRowsCore(rows, columns, x, y);
    }

    /// <summary>y[columns] = the sum over the rows of a formula's results, which an engine need not store.</summary>
    /// <param name="formula">Writes the first buffer, and doesn't read it.</param>
    /// <param name="on">The formula's buffers, with y as the first.</param>
    /// <exception cref="ValueError">A buffer is missing or too short, or the formula writes another one.</exception>
    public void SumRowsOf<F>(in F formula, in Operands on) where F : unmanaged, IFormula
    {
        RequireSum<F>(on);
        SumRowsOfCore(formula, on);
    }

    /// <summary>The same, with the sum over the rows of the second buffer.</summary>
    /// <param name="formula">Writes the first buffer, and doesn't read it.</param>
    /// <param name="on">The formula's buffers, with y as the first.</param>
    /// <param name="ofSecond">ofSecond[columns] = the sum over the rows of the second buffer.</param>
    /// <exception cref="ValueError">A buffer is missing or too short, or the formula writes another one or doesn't read the second at every place.</exception>
    public void SumRowsOf<F>(in F formula, in Operands on, DeviceBuffer ofSecond) where F : unmanaged, IFormula
    {
        RequireSum<F>(on);
        if ((F.Reads & Operands.Second) == 0 || ((on.OneRow | on.OneColumn) & Operands.Second) != 0)
            throw new ValueError($"{typeof(F).Name}'s second buffer can't be summed: the formula must read one value of it for each place.");
        Require(ofSecond, on.Columns);
        SumRowsOfCore(formula, on, ofSecond);
    }

    /// <summary>Runs a formula at every place of its buffers, and sums the rows of the first.</summary>
    /// <param name="formula">Writes the first buffer alone.</param>
    /// <param name="on">The formula's buffers.</param>
    /// <param name="sums">sums[columns] = the sum over the rows of the first buffer.</param>
    /// <exception cref="ValueError">A buffer is missing or too short, or the formula writes another one.</exception>
    public void MapAndSumRows<F>(in F formula, in Operands on, DeviceBuffer sums) where F : unmanaged, IFormula
    {
        if (F.Writes != 1) throw new ValueError($"{typeof(F).Name} can't be summed: it must write its first buffer alone.");
        on.Require(F.Reads, F.Writes);
        Require(sums, on.Columns);
        MapAndSumRowsCore(formula, on, sums);
    }

    /// <summary>The sums that mean and variance of x[rows, columns] come from, column by column.</summary>
    /// <param name="rows">Rows of x.</param>
    /// <param name="columns">Columns of x.</param>
    /// <param name="x">The values.</param>
    /// <param name="sum">sum[columns] = the sum of the rows.</param>
    /// <param name="squares">squares[columns] = the sum of the squares of the rows' distances from their mean.</param>
    public void Moments(int rows, int columns, DeviceBuffer x, DeviceBuffer sum, DeviceBuffer squares)
    {
        Require(x, Product(rows, columns));
        Require(sum, columns);
        Require(squares, columns);
        MomentsCore(rows, columns, x, sum, squares);
    }

    /// <summary>y[rows] = the sum of the columns of x[rows, columns].</summary>
    public void SumColumns(int rows, int columns, DeviceBuffer x, DeviceBuffer y)
    {
        Require(x, Product(rows, columns));
        Require(y, rows);
        SumColumnsCore(rows, columns, x, y);
    }

    /// <summary>Copies a run of columns of each row, from column <paramref name="from"/> of x on, to column <paramref name="to"/> of y on.</summary>
    /// <param name="rows">Rows of both.</param>
    /// <param name="columns">Columns that are copied.</param>
    /// <param name="x">The source.</param>
    /// <param name="xColumns">Columns of x.</param>
    /// <param name="from">The first column of x that is copied.</param>
    /// <param name="y">The target.</param>
    /// <param name="yColumns">Columns of y.</param>
    /// <param name="to">The column of y that it is copied to.</param>
    public void CopyColumns(int rows, int columns, DeviceBuffer x, int xColumns, int from, DeviceBuffer y, int yColumns, int to)
    {
        Require(x, Product(rows, xColumns));
        Require(y, Product(rows, yColumns));
        if (columns < 0 || from < 0 || to < 0 || from > xColumns - columns || to > yColumns - columns)
            throw new ValueError($"{columns} columns from {from} on of {xColumns} can't be copied to those from {to} on of {yColumns}.");
        CopyColumnsCore(rows, columns, x, xColumns, from, y, yColumns, to);
    }

    /// <summary>A linear map along the middle axis: y[outer, outputs, inner] from x[outer, inputs, inner], by the table.</summary>
    public void Along(AlongTable table, int outer, int inner, DeviceBuffer x, DeviceBuffer y)
    {
        Require(x, Product(outer, Product(table.Inputs, inner)));
        Require(y, Product(outer, Product(table.Outputs, inner)));
        if (y.Length > 0 && outer > 0 && inner > 0) AlongCore(table, outer, inner, x, y);
    }

    /// <summary>Runs a formula at every place of its buffers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Map<F>(in F formula, in Operands on) where F : unmanaged, IFormula
    {
        on.Require(F.Reads, F.Writes);
        MapCore(formula, on);
    }

    /// <summary>Runs a formula at the first <paramref name="count"/> places of its buffers.</summary>
    public void Map<F>(in F formula, int count, DeviceBuffer a, DeviceBuffer? b = null, DeviceBuffer? c = null, DeviceBuffer? d = null, DeviceBuffer? e = null,
        DeviceBuffer? f = null) where F : unmanaged, IFormula =>
        Map(formula, new Operands(1, count, a, b, c, d, e, f));

    /// <summary>Softmax of each row, in place.</summary>
    public void Softmax(int rows, int columns, DeviceBuffer y)
    {
        Require(y, Product(rows, columns));
        SoftmaxCore(rows, columns, y);
    }

    /// <summary>dy = y ∘ (dy - Σ dy ∘ y), row by row; y is the softmax.</summary>
    public void SoftmaxGradient(int rows, int columns, DeviceBuffer y, DeviceBuffer dy)
    {
        Require(y, Product(rows, columns));
        Require(dy, Product(rows, columns));
        SoftmaxGradientCore(rows, columns, y, dy);
    }

    /// <summary>
    /// losses = log Σ exp(z) - z[label] of each row of logits; gradient = (softmax(z) - onehot(label)) / rows. A label outside the
    /// classes is an error on a CPU, and gives NaN for its row on a GPU, as in TensorFlow.
    /// </summary>
    /// <exception cref="ValueError">A label is outside the classes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SparseCrossentropyOfLogits(int rows, int classes, DeviceBuffer logits, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient)
    {
        RequireLabels(rows, classes, logits, labels, losses, gradient);
        SparseCrossentropyOfLogitsCore(rows, classes, logits, labels, losses, gradient);
    }

    /// <summary>The same with z = log(q), where q is p clipped to [1e-7, 1 - 1e-7]. The gradient is by p, and 0 where p was clipped.</summary>
    /// <exception cref="ValueError">A label is outside the classes.</exception>
    public void SparseCrossentropyOfProbabilities(
        int rows, int classes, DeviceBuffer probabilities, DeviceBuffer labels, DeviceBuffer losses, DeviceBuffer? gradient)
    {
        RequireLabels(rows, classes, probabilities, labels, losses, gradient);
        SparseCrossentropyOfProbabilitiesCore(rows, classes, probabilities, labels, losses, gradient);
    }

    /// <summary>
    /// y[rows] = the index of the largest value in each row of x[rows, columns], the first of equals. NaN is passed over, except at the first place.
    /// With labels[rows], y = 1 where the index is the label, else 0; a label that is no class number gives 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ArgMax(int rows, int columns, DeviceBuffer x, DeviceBuffer? labels, DeviceBuffer y)
    {
        Require(x, Product(rows, columns));
        Require(labels, rows);
        Require(y, rows);
        ArgMaxCore(rows, columns, x, labels, y);
    }

    /// <summary>
    /// sums[segments, columns] = the sum of those rows of x[rows, columns] for which segment[rows] names that segment, in their order; a row
    /// that names none is left out.
    /// </summary>
    public void SegmentSums(int rows, int columns, int segments, DeviceBuffer x, DeviceBuffer segment, DeviceBuffer sums)
    {
        Require(x, Product(rows, columns));
        Require(segment, rows);
        Require(sums, Product(segments, columns));
        SegmentSumsCore(rows, columns, segments, x, segment, sums);
    }

    /// <summary>
    /// y[i] = the low 23 bits of word i of the generator Philox-4x32-10, as a number in [0, 1).
    /// Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC11).
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="upper">The upper half of the counter, whose lower half counts blocks of four words from 0.</param>
    /// <param name="count">The number of values.</param>
    /// <param name="y">Takes the numbers.</param>
    /// <param name="block">The block of the first number.</param>
    public void RandomUnits(ulong key, ulong upper, int count, DeviceBuffer y, long block = 0)
    {
        Require(y, count);
        RandomUnitsCore(key, upper, block, count, y);
    }

    /// <summary>
    /// y[i] = number i of a standard normal distribution. Each two words of the generator (see <see cref="RandomUnits"/>) give two numbers, the sine's
    /// first.
    /// Source: Box and Muller, A note on the generation of random normal deviates (1958).
    /// </summary>
    public void RandomNormals(ulong key, ulong upper, int count, DeviceBuffer y, long block = 0)
    {
        Require(y, count);
        RandomNormalsCore(key, upper, block, count, y);
    }

    /// <summary>y = the images of x, each transformed by eight numbers: see <see cref="ImageTransform"/>.</summary>
    public void TransformImages(in ImageTransform transform, int images, DeviceBuffer x, DeviceBuffer transforms, DeviceBuffer y)
    {
        if (transform is not { Height: > 0, Width: > 0, Channels: > 0 }) throw new ValueError($"{nameof(TransformImages)} was "
            + $"given images that can't be: {transform}.");
        long size = Product(images, Product(transform.Height, Product(transform.Width, transform.Channels)));
        Require(x, size);
        Require(transforms, Product(images, ImageTransform.Numbers));
        Require(y, size);
        TransformImagesCore(transform, images, x, transforms, y);
    }

    /// <summary>Whether there is a <see cref="DenseKernelUpdate"/> for these shapes.</summary>
    public virtual bool HasDenseKernelUpdate(int rows, int inputs, int outputs) => false;

    /// <summary>
    /// <see cref="DenseKernelGradient"/> and an optimizer's formula on the kernel in one, without storing the gradient. The formula's first buffer is
    /// the kernel, its second the gradient (which <paramref name="on"/> leaves out), and the others are the optimizer's slots. If x is the output of a
    /// relu, <paramref name="dx"/>, unless it is <c>null</c>, receives the gradient of that relu's input: dy · kernelᵀ, with the kernel before the step,
    /// where x is above 0, else 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DenseKernelUpdate<F>(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, in F formula, in Operands on, DeviceBuffer? dx = null)
        where F : unmanaged, IFormula
    {
        RequireDense(rows, inputs, outputs, x, on[0]!, dy);
        on.Require(F.Reads & ~Operands.Second, F.Writes);
        if (on.Count != Product(inputs, outputs))
            throw new ValueError($"A kernel of {inputs} x {outputs} can't be updated by a formula over {on.Count} values.");
        if (dx is not null) Require(dx, Product(rows, inputs));
        DenseKernelUpdateCore(rows, inputs, outputs, x, dy, formula, on, dx);
    }

    /// <summary>Frees the device's memory and threads.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing) { }
}
