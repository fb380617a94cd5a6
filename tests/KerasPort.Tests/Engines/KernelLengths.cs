using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Engines;

/// <summary>No engine's kernel reads or writes outside of its buffers, whatever lengths a custom layer, loss or optimizer passes.</summary>
public abstract partial class EngineContract
{
    private static readonly Window2D s_conv = new(4, 4, 2, 2, 2, 3, 3, 3, 1, 1, 1, 1, 0, 0);
    private static readonly Window2D s_depthwise = s_conv with { Filters = 4 };
    private static readonly Window2D s_pool = new(4, 4, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 0, 0);

    /// <summary>Each kernel with the lengths of its buffers; a shorter one is refused.</summary>
    private static readonly Dictionary<string, (int[] Lengths, Action<Kernels, DeviceBuffer[]> Run)> s_calls = new()
    {
        ["Write"] = ([6], (k, b) => k.Write(new float[6], b[0])),
        ["Read"] = ([6], (k, b) => k.Read(b[0], new float[6])),
        ["Copy"] = ([6], (k, b) => k.Copy(k.Allocate(6), b[0])),
        ["Gather"] = ([6], (k, b) => k.Gather(Rows(k, 3), k.Load([0, 3]), 0, 2, b[0])),
        ["GatherBatch"] = ([6, 2], (k, b) => k.GatherBatch(Rows(k, 3), Rows(k, 1), k.Load([0, 3]), 0, 2, b[0], b[1])),
        ["GatherBatch of bytes"] = ([6, 2], (k, b) =>
            k.GatherBatch(k.Load(new NDArray(new byte[12], 4, 3)), k.Load(new NDArray(new byte[4])), k.Load([0, 3]), 0, 2, b[0], b[1])),
        ["Conv2D"] = ([64, 54, 3, 24], (k, b) => k.Conv2D(s_conv, 2, b[0], b[1], b[2], true, b[3])),
        ["Conv2DInputGradient"] = ([24, 54, 64], (k, b) => k.Conv2DInputGradient(s_conv, 2, b[0], b[1], b[2])),
        ["Conv2DKernelGradient"] = ([64, 24, 54], (k, b) => k.Conv2DKernelGradient(s_conv, 2, b[0], b[1], b[2])),
        ["Conv2DWeightGradients"] = ([64, 24, 24, 54, 3], (k, b) => k.Conv2DWeightGradients(s_conv, 2, b[0], b[1], b[2], b[3], b[4])),
        ["DepthwiseConv2D"] = ([64, 36, 4, 32], (k, b) => k.DepthwiseConv2D(s_depthwise, 2, b[0], b[1], b[2], true, b[3])),
        ["DepthwiseConv2DInputGradient"] = ([32, 36, 64], (k, b) => k.DepthwiseConv2DInputGradient(s_depthwise, 2, b[0], b[1], b[2])),
        ["DepthwiseConv2DKernelGradient"] = ([64, 32, 36], (k, b) => k.DepthwiseConv2DKernelGradient(s_depthwise, 2, b[0], b[1], b[2])),
        ["MaxPooling2D"] = ([64, 16], (k, b) => k.MaxPooling2D(s_pool, 2, b[0], b[1])),
        ["MaxPooling2DGradient"] = ([64, 16, 16, 64], (k, b) => k.MaxPooling2DGradient(s_pool, 2, b[0], b[1], b[2], b[3])),
        ["MaxPooling2DOf"] = ([16, 64, 2], (k, b) =>
            k.MaxPooling2DOf(s_pool, 2, new Binary<Product>(), new Operands(32, 2, b[0], b[1], b[2]) { OneRow = 0b100 })),
        ["MaxPooling2DGradientOf"] = ([16, 64, 2, 16, 64], (k, b) =>
            k.MaxPooling2DGradientOf(s_pool, 2, new Binary<Product>(), new Operands(32, 2, b[0], b[1], b[2]) { OneRow = 0b100 }, b[3], b[4])),
        ["Dense"] = ([6, 12, 4, 8], (k, b) => k.Dense(2, 3, 4, b[0], b[1], b[2], true, b[3])),
        ["DenseInputGradient"] = ([8, 12, 6], (k, b) => k.DenseInputGradient(2, 3, 4, b[0], b[1], b[2])),
        ["DenseKernelGradient"] = ([6, 8, 12], (k, b) => k.DenseKernelGradient(2, 3, 4, b[0], b[1], b[2])),
        ["DenseGradients"] = ([6, 12, 8, 8, 12, 4, 6], (k, b) => k.DenseGradients(2, 3, 4, b[0], b[1], b[2], b[3], b[4], b[5], b[6])),
        ["SumRows"] = ([8, 4], (k, b) => k.SumRows(2, 4, b[0], b[1])),
        ["SumRowsOf"] = ([4, 8, 2], (k, b) => k.SumRowsOf(new Binary<Product>(), new Operands(2, 4, b[0], b[1], b[2]) { OneColumn = 0b100 })),
        ["SumRowsOf with the second buffer"] = ([4, 8, 4, 4], (k, b) =>
            k.SumRowsOf(new Binary<Product>(), new Operands(2, 4, b[0], b[1], b[2]) { OneRow = 0b100 }, b[3])),
        ["MapAndSumRows"] = ([8, 8, 4, 4], (k, b) =>
            k.MapAndSumRows(new Binary<Product>(), new Operands(2, 4, b[0], b[1], b[2]) { OneRow = 0b100 }, b[3])),
        ["Moments"] = ([8, 4, 4], (k, b) => k.Moments(2, 4, b[0], b[1], b[2])),
        ["SumColumns"] = ([8, 2], (k, b) => k.SumColumns(2, 4, b[0], b[1])),
        ["CopyColumns"] = ([8, 6], (k, b) => k.CopyColumns(2, 3, b[0], 4, 1, b[1], 3, 0)),
        ["Along"] = ([12, 16], (k, b) => k.Along(AlongTable.Take(3, [0, 1, 1, 2]), 2, 2, b[0], b[1])),
        ["Map"] = ([6, 6, 6, 6], (k, b) => k.Map(new AdamFormula(1, 1, 1, 1), 6, b[0], b[1], b[2], b[3])),
        ["Map of a row and a column"] = ([6, 3, 2], (k, b) =>
            k.Map(new Binary<ReluGradient>(), new Operands(2, 3, b[0], b[1], b[2]) { OneRow = 0b010, OneColumn = 0b100 })),
        ["Softmax"] = ([6], (k, b) => k.Softmax(2, 3, b[0])),
        ["SoftmaxGradient"] = ([6, 6], (k, b) => k.SoftmaxGradient(2, 3, b[0], b[1])),
        ["SparseCrossentropyOfLogits"] = ([6, 2, 2, 6], (k, b) => k.SparseCrossentropyOfLogits(2, 3, b[0], b[1], b[2], b[3])),
        ["SparseCrossentropyOfProbabilities"] = ([6, 2, 2, 6], (k, b) => k.SparseCrossentropyOfProbabilities(2, 3, b[0], b[1], b[2], b[3])),
        ["ArgMax"] = ([6, 2, 2], (k, b) => k.ArgMax(2, 3, b[0], b[1], b[2])),
        ["SegmentSums"] = ([6, 2, 12], (k, b) => k.SegmentSums(2, 3, 4, b[0], b[1], b[2])),
        ["RandomUnits"] = ([7], (k, b) => k.RandomUnits(1, 2, 7, b[0])),
        ["RandomNormals"] = ([7], (k, b) => k.RandomNormals(1, 2, 7, b[0])),
        ["TransformImages"] = ([24, 16, 24], (k, b) => k.TransformImages(new(3, 2, 2, ImageFill.Reflect, true, 0), 2, b[0], b[1], b[2])),
    };

    public static TheoryData<string> Calls => [.. s_calls.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_buffer_that_is_too_short_is_refused(string call)
    {
        var (lengths, run) = s_calls[call];
        using var kernels = Open();
        run(kernels, [.. lengths.Select(kernels.Allocate)]);
        for (int i = 0; i < lengths.Length; i++)
        {
            var buffers = lengths.Select((length, at) => kernels.Allocate(2 * length).Part(1, at == i ? length - 1 : length)).ToArray();
            string message = Assert.Throws<ValueError>(() => run(kernels, buffers)).Message;
            Assert.DoesNotContain('\n', message);
            Assert.Contains($"{lengths[i] - 1}", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_kernel_is_tried_with_a_buffer_that_is_too_short()
    {
        var methods = typeof(Kernels).GetMethods().Where(m => m.DeclaringType == typeof(Kernels) && m.ReturnType == typeof(void)).Select(m => m.Name);
        // The fused update has a separate test, and the others take no length.
        Assert.Equal(["DenseKernelUpdate", "Dispose", "Free"], methods.Except(s_calls.Keys).Order());
    }

    [Fact]
    public void The_fused_update_of_a_dense_kernel_refuses_a_buffer_that_is_too_short()
    {
        using var kernels = Open();
        int[] lengths = [6, 8, 12, 12, 12, 6];
        for (int i = 0; i < lengths.Length; i++)
        {
            var b = lengths.Select((length, at) => kernels.Allocate(at == i ? length - 1 : length)).ToArray();
            Assert.Throws<ValueError>(() => kernels.DenseKernelUpdate(
                2, 3, 4, b[0], b[1], new AdamFormula(1, 1, 1, 1), new Operands(1, 12, b[2], null, b[3], b[4]), b[5]));
        }
    }

    [Theory]
    [InlineData(new[] { 0, 4 }, 0, 2)]      // the data has rows 0 to 3
    [InlineData(new[] { -1, 2 }, 0, 2)]
    [InlineData(new[] { 0, 1 }, 1, 2)]      // the order has two
    [InlineData(new[] { 0, 1 }, -1, 2)]
    [InlineData(new[] { 0, 1 }, 2, 1)]
    [InlineData(new[] { 0, 1 }, 0, -1)]
    [InlineData(new[] { 0, 1 }, int.MaxValue, 2)]
    public void Rows_that_are_not_there_are_not_gathered(int[] order, int start, int count)
    {
        using var kernels = Open();
        var (rows, target) = (Rows(kernels, 3), kernels.Allocate(64));
        Assert.Throws<ValueError>(() => kernels.Gather(rows, kernels.Load(order), start, count, target));
        Assert.Throws<ValueError>(() => kernels.GatherBatch(rows, Rows(kernels, 1), kernels.Load(order), start, count, target, target));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, -1)]
    [InlineData(0, 7)]
    [InlineData(7, 0)]
    [InlineData(6, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_part_that_is_not_in_a_buffer_is_refused(int start, int length)
    {
        using var kernels = Open();
        var buffer = kernels.Allocate(16).Part(4, 6);
        Assert.Throws<ValueError>(() => buffer.Part(start, length));
        Assert.Equal(6, buffer.Part(0, 6).Length);
        Assert.Equal(0, buffer.Part(6, 0).Length);
    }

    [Fact]
    public void Numbers_that_are_negative_or_too_large_are_refused()
    {
        using var kernels = Open();
        var buffer = kernels.Allocate(16);
        Assert.Throws<ValueError>(() => kernels.Allocate(-1));
        Assert.Throws<ValueError>(() => kernels.Map(new Unary<ReluFormula>(), -1, buffer, buffer));
        Assert.Throws<ValueError>(() => kernels.Softmax(1 << 16, 1 << 16, buffer));     // in 32 bits their product is 0
        Assert.Throws<ValueError>(() => kernels.Dense(1 << 16, 1 << 16, 1 << 16, buffer, buffer, null, false, buffer));
        Assert.Throws<ValueError>(() => kernels.MaxPooling2D(s_pool with { OutHeight = 4 }, 1, kernels.Allocate(64), kernels.Allocate(64)));
        Assert.Throws<ValueError>(() => kernels.MaxPooling2D(s_pool with { StrideX = 0 }, 1, kernels.Allocate(64), kernels.Allocate(64)));
        Assert.Throws<ValueError>(() => kernels.DepthwiseConv2D(s_conv, 1, kernels.Allocate(64), kernels.Allocate(64), null, false, kernels.Allocate(64)));
        Assert.Throws<ValueError>(() => kernels.Conv2D(
            s_conv with { PadTop = -1 }, 1, kernels.Allocate(64), kernels.Allocate(64), null, false, kernels.Allocate(64)));
    }

    [Fact]
    public void A_fused_convolution_refuses_what_it_has_no_room_for()
    {
        var conv = new Window2D(6, 6, 16, 4, 4, 16, 3, 3, 1, 1, 1, 1, 0, 0);
        var pool = new Window2D(4, 4, 16, 2, 2, 16, 2, 2, 2, 2, 1, 1, 0, 0);
        using var kernels = Open();
        var fused = kernels.ConvReluPool(conv, pool, 2, true);
        Assert.Equal(FusesConvReluPool, fused is not null);
        if (fused is null) return;
        int[] lengths = [2 * conv.InputSize, conv.Depth * 16, 16, 2 * pool.OutputSize];
        DeviceBuffer[] Buffers(int tooShort) => [.. lengths.Select((length, at) => kernels.Allocate(at == tooShort ? length - 1 : length))];
        var right = Buffers(-1);
        for (int i = 0; i < lengths.Length; i++)
        {
            var b = Buffers(i);
            Assert.Throws<ValueError>(() => fused.Forward(2, b[0], b[1], b[2], b[3], train: true));
            fused.Forward(2, right[0], right[1], right[2], right[3], train: true);
            Assert.Throws<ValueError>(() => fused.Backward(2, right[0], right[1], right[3], b[3], b[1], b[2], b[0]));
        }
        Assert.Throws<ValueError>(() => fused.Forward(
            3, kernels.Allocate(3 * conv.InputSize), right[1], right[2], kernels.Allocate(3 * pool.OutputSize), train: false));
    }

    /// <summary>A label that isn't a class: TensorFlow's error on a processor, its NaN on a card.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(1e9f)]
    [InlineData(float.NaN)]
    public void A_label_that_is_no_class_harms_nothing(float label)
    {
        using var kernels = Open();
        DeviceBuffer outputs = On(kernels, Enumerable.Repeat(0.25f, 6).ToArray()), labels = On(kernels, (float[])[1, label]), losses = kernels.Allocate(2),
            gradient = kernels.Allocate(6);
        foreach (bool logits in (bool[])[true, false])
        {
            try
            {
                if (logits) kernels.SparseCrossentropyOfLogits(2, 3, outputs, labels, losses, gradient);
                else kernels.SparseCrossentropyOfProbabilities(2, 3, outputs, labels, losses, gradient);
                Assert.Equal([false, true], Read(kernels, losses).Select(double.IsNaN));
                Assert.Equal([false, false, false, true, true, true], Read(kernels, gradient).Select(double.IsNaN));
            }
            catch (ValueError error)
            {
                Assert.Contains("which is outside the valid range of [0, 3).", error.Message);
            }
        }
    }

    /// <summary>An update of five weights doesn't change their neighbours.</summary>
    [Fact]
    public void Adam_changes_as_many_weights_as_it_is_told()
    {
        using var kernels = Open();
        DeviceBuffer[] all = [.. Enumerable.Range(0, 4).Select(i => On(kernels, Enumerable.Repeat(i + 2f, 40).ToArray()))];
        var b = all.Select(buffer => buffer.Part(3, 21)).ToArray();
        kernels.Map(new AdamFormula(0.5f, 0.1f, 0.001f, 1e-7f), 21, b[0], b[1], b[2], b[3]);
        for (int i = 0; i < 4; i++)
        {
            double[] after = Read(kernels, all[i]);
            for (int at = 0; at < after.Length; at++) Assert.Equal(i == 1 || at is < 3 or >= 24, after[at] == i + 2);
            Assert.Single(after[3..24].Distinct());
        }
    }

    private static DeviceRows Rows(Kernels kernels, int width) => kernels.Load(new NDArray(new float[4 * width], 4, width));
}
