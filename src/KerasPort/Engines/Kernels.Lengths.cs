using KerasPort.Engines.Formulas;
using KerasPort.Layers;

namespace KerasPort.Engines;

/// <content>The checks of buffers, windows and formulas before a kernel runs.</content>
public abstract partial class Kernels
{
    private static long Product(long a, long b) => a * b;

    private static void Require(DeviceBuffer? buffer, long floats, [CallerArgumentExpression(nameof(buffer))] string what = "",
        [CallerMemberName] string kernel = "")
    {
        if (buffer is not null && (floats < 0 || buffer.Length < floats)) throw TooShort(buffer, floats, what, kernel);
    }

    private static ValueError TooShort(DeviceBuffer buffer, long floats, string what, string kernel) => floats < 0
        ? new($"{kernel} was asked for {floats} floats of `{what}`; a number of 0 or more is needed.")
        : new($"{kernel} works on {floats} floats of `{what}`, but the buffer that was given has {buffer.Length}. Give one that is long enough, or a smaller "
            + "count.");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RequireRows(DeviceRows source, DeviceOrder order, int start, int count, DeviceBuffer target, [CallerMemberName] string kernel = "")
    {
        if (start < 0 || count < 0 || start > order.Count - count)
            throw new ValueError($"{kernel} was asked for {count} rows from {start} on of an order of {order.Count}.");
        if (order.Least < 0 || order.Most >= source.Count)
            throw new ValueError(
                $"{kernel} was given an order of rows from {order.Least} to {order.Most}, but the data has the rows from 0 to {source.Count - 1}.");
        Require(target, Product(count, source.Width), kernel: kernel);
    }

    private static void RequireImages(in Window2D w, int images, DeviceBuffer? x, DeviceBuffer y, [CallerMemberName] string kernel = "")
    {
        bool sound = w is { Height: > 0, Width: > 0, Channels: > 0, OutHeight: > 0, OutWidth: > 0, Filters: > 0, KernelHeight: > 0, KernelWidth: > 0 }
            && w is { StrideY: > 0, StrideX: > 0, DilationY: > 0, DilationX: > 0, PadTop: >= 0, PadLeft: >= 0 };
        if (!sound) throw new ValueError($"{kernel} was given a window that can't be: {w}.");
        Require(x, Product(images, Product(w.Height, Product(w.Width, w.Channels))), kernel: kernel);
        Require(y, Product(images, Product(w.OutHeight, Product(w.OutWidth, w.Filters))), kernel: kernel);
    }

    private static void RequireDepthwise(in Window2D w, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer y, [CallerMemberName] string name = "")
    {
        RequireImages(w, images, x, y, name);
        if (w.Filters % w.Channels != 0) throw new ValueError($"{name} was given a window that can't be: {w}.");
        Require(kernel, Product(w.KernelHeight, Product(w.KernelWidth, w.Filters)), kernel: name);
    }

    private static void RequirePooling(in Window2D w, int images, DeviceBuffer? x, DeviceBuffer y, [CallerMemberName] string kernel = "")
    {
        RequireImages(w, images, x, y, kernel);
        // Each window must have a pixel of the image in it.
        bool meets = w.PadTop < w.KernelHeight && w.PadLeft < w.KernelWidth
            && Product(w.OutHeight - 1, w.StrideY) - w.PadTop < w.Height && Product(w.OutWidth - 1, w.StrideX) - w.PadLeft < w.Width;
        if (!meets || w.Filters != w.Channels) throw new ValueError($"{kernel} was given a window that can't be: {w}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RequireDense(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer y,
        [CallerMemberName] string name = "")
    {
        Require(x, Product(rows, inputs), kernel: name);
        Require(kernel, Product(inputs, outputs), kernel: name);
        Require(y, Product(rows, outputs), kernel: name);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RequireLabels(int rows, int classes, DeviceBuffer outputs, DeviceBuffer labels, DeviceBuffer values, DeviceBuffer? gradient,
        [CallerMemberName] string kernel = "")
    {
        Require(outputs, Product(rows, classes), kernel: kernel);
        Require(labels, rows, kernel: kernel);
        Require(values, rows, kernel: kernel);
        Require(gradient, Product(rows, classes), kernel: kernel);
    }

    private static void RequireSum<F>(in Operands on) where F : unmanaged, IFormula
    {
        RequireResults<F>("summed");
        on.Require(F.Reads, 0);
        Require(on[0], on.Columns);
    }

    private static void RequirePoolingOf<F>(in Window2D w, int images, in Operands on, [CallerMemberName] string kernel = "") where F : unmanaged, IFormula
    {
        RequireResults<F>("pooled");
        RequirePooling(w, images, null, on[0]!, kernel);
        on.Require(F.Reads, 0);
        if (on.Columns != w.Channels || on.Rows != Product(images, Product(w.Height, w.Width)))
            throw new ValueError($"{kernel} was given a formula over {on.Rows} x {on.Columns} values for {images} images of {w.Height} x {w.Width} pixels "
                + $"with {w.Channels} channels: its rows must be their pixels, its columns the channels.");
    }

    private static void RequireResults<F>(string become) where F : unmanaged, IFormula
    {
        if (F.Writes != 1 || (F.Reads & 1) != 0)
            throw new ValueError($"{typeof(F).Name}'s results can't be {become}: it must write its first buffer alone, and not read it.");
    }
}
