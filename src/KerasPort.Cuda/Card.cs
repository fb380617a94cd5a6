using System.Diagnostics;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using KerasPort.Engines;

namespace KerasPort.Cuda;

/// <summary>A kernel: a struct of views and numbers, run by every thread of a launch.</summary>
internal interface IKernel
{
    /// <summary>The work of one thread, which <see cref="Grid"/> and <see cref="Group"/> identify.</summary>
    void Run();
}

/// <summary>
/// A device, its single queue of work, and the kernels compiled for it. Everything asked of the device goes through here, so that
/// its cost can be counted, and its failures are reported in one line.
/// </summary>
internal sealed class Card : IDisposable
{
    /// <summary>The largest number of threads of a group, for which kernels are compiled.</summary>
    public const int MostThreads = 256;

    private const int PinnedFloats = 1 << 18;

    private readonly Context _context;
    private readonly Accelerator _accelerator;
    private readonly Dictionary<Type, Delegate> _kernels = [];
    private readonly PageLockedArray1D<float> _pinned;
    private readonly Lock _one = new();     // models on several threads may share a card
    private bool _isDisposed;

    /// <summary>The device that <paramref name="open"/> finds in a context made for KerasPort's kernels.</summary>
    public Card(string name, Action<Context.Builder> choose, Func<Context, Accelerator> open)
    {
        Name = name;
        _context = Context.Create(builder =>
        {
            Configure(builder);
            choose(builder);
        });
        try
        {
            _accelerator = open(_context);
            _pinned = _accelerator.AllocatePageLocked1D<float>(PinnedFloats, uninitialized: true);
        }
        catch (Exception e) when (e is not EngineException)
        {
            _accelerator?.Dispose();
            _context.Dispose();
            throw Failure(e, "could not be opened");
        }
    }

    /// <summary>The name in messages: <c>gpu:0 (NVIDIA H100)</c>.</summary>
    public string Name { get; }

    /// <summary>The number of kernels launched so far.</summary>
    public long Launches { get; private set; }

    /// <summary>The number of bytes copied to the device so far.</summary>
    public long BytesToDevice { get; private set; }

    /// <summary>The number of bytes copied from the device so far.</summary>
    public long BytesToHost { get; private set; }

    /// <summary>The number of times that the host has waited for the device.</summary>
    public long Waits { get; private set; }

    /// <summary>Called before each request to the device, with its name; a test throws here the exception of a lost card.</summary>
    public Action<string>? Asked { get; set; }

    /// <summary>Called with each kernel and its time on the card; while it is set, the host waits for every kernel.</summary>
    public Action<Type, TimeSpan>? Timed { get; set; }

    /// <summary>The kernels used so far.</summary>
    public IEnumerable<Type> Kernels => _kernels.Keys;

    /// <summary>Memory for <paramref name="length"/> elements, all zero.</summary>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long length) where T : unmanaged
    {
        using var alone = _one.EnterScope();
        try
        {
            Ask(nameof(Allocate));
            var memory = _accelerator.Allocate1D<T>(Math.Max(length, 1));
            memory.MemSetToZero();
            return memory;
        }
        catch (CudaException e) when (e.Error != nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY))
        {
            throw Failure(e, Lost);
        }
        catch (Exception e) when (e is AcceleratorException or OutOfMemoryException or ArgumentOutOfRangeException)
        {
            throw Failure(e, $"can't hold {Megabytes(length * Marshal.SizeOf<T>())} more, of {Megabytes(_accelerator.MemorySize)} in all; " +
                "use a smaller batch_size, a smaller model or device cpu");
        }
    }

    /// <summary>Copies to the device.</summary>
    public void Write<T>(ReadOnlySpan<T> source, ArrayView<T> target) where T : unmanaged
    {
        if (source.Length == 0) return;
        using var alone = _one.EnterScope();
        try
        {
            Ask(nameof(Write));
            target.SubView(0, source.Length).CopyFromCPU(_accelerator.DefaultStream, source);
        }
        catch (AcceleratorException e)
        {
            throw Failure(e, Lost);
        }
        BytesToDevice += source.Length * (long)Marshal.SizeOf<T>();
    }

    /// <summary>Copies from the device through pinned memory, once all earlier work is done.</summary>
    public void Read(ArrayView<float> source, Span<float> target)
    {
        using var alone = _one.EnterScope();
        try
        {
            Ask(nameof(Read));
            for (int start = 0; start < target.Length; start += PinnedFloats)
            {
                var part = target.Slice(start, Math.Min(PinnedFloats, target.Length - start));
                source.SubView(start, part.Length).CopyToCPUUnsafeAsync(_accelerator.DefaultStream, ref _pinned.Span[0], part.Length);
                _accelerator.DefaultStream.Synchronize();
                _pinned.Span[..part.Length].CopyTo(part);
                Waits++;
            }
        }
        catch (AcceleratorException e)
        {
            throw Failure(e, Lost);
        }
        BytesToHost += target.Length * (long)sizeof(float);
    }

    /// <summary>Copies within the device.</summary>
    public void Copy(ArrayView<float> source, ArrayView<float> target) =>
        Launch(new CopyFloats { From = source, To = target, Count = source.IntLength }, source.IntLength);

    /// <summary>Starts a kernel on at least <paramref name="threads"/> threads.</summary>
    public void Launch<T>(in T kernel, int threads) where T : struct, IKernel =>
        Launch(kernel, new Index3D((threads + MostThreads - 1) / MostThreads, 1, 1), MostThreads);

    /// <summary>Starts a kernel on groups of <paramref name="threads"/> threads.</summary>
    public void Launch<T>(in T kernel, Index3D groups, int threads) where T : struct, IKernel
    {
        if (groups.Size == 0) return;
        using var alone = _one.EnterScope();
        try
        {
            Ask(nameof(Launch));
            if (!_kernels.TryGetValue(typeof(T), out var compiled))
                _kernels[typeof(T)] = compiled = _accelerator.LoadKernel<T>(Entry, Specialization);
            if (Timed is not null) _accelerator.DefaultStream.Synchronize();
            long started = Stopwatch.GetTimestamp();
            ((Action<AcceleratorStream, KernelConfig, T>)compiled)(_accelerator.DefaultStream, new KernelConfig(groups, new Index3D(threads, 1, 1)), kernel);
            Launches++;
            if (Timed is null) return;
            _accelerator.DefaultStream.Synchronize();
            Timed(typeof(T), Stopwatch.GetElapsedTime(started));
        }
        catch (AcceleratorException e)
        {
            throw Failure(e, Lost);
        }
    }

    private void Ask(string what)
    {
        if (_isDisposed)
            throw new EngineException($"The engine on card {Name} was disposed of while a model still runs on it. " +
                "Compile the model for another engine, or dispose of this one later.");
        Asked?.Invoke(what);
    }

    /// <summary>The launch bounds of every kernel: at most so many threads per group, and two groups per multiprocessor.</summary>
    internal static KernelSpecialization Specialization => new(MostThreads, 2);

    /// <summary>The only entry point, generic over the kernel.</summary>
    internal static void Entry<T>(T kernel) where T : struct, IKernel => kernel.Run();

    /// <summary>Compiler settings. MathMode.Default rounds divisions and roots as IEEE 754 does and keeps denormals.</summary>
    internal static void Configure(Context.Builder builder)
    {
        builder.Optimize(OptimizationLevel.O2).Inlining(InliningMode.Aggressive).Math(MathMode.Default).PageLocking(PageLockingMode.Auto);
        DeviceMath.Register(builder);
        TensorCores.Register(builder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using var alone = _one.EnterScope();
        if (_isDisposed) return;
        _isDisposed = true;
        // A lost card fails again when its memory is freed.
        Try(_pinned.Dispose);
        Try(_accelerator.Dispose);
        Try(_context.Dispose);
    }

    /// <summary>Runs an action that may fail on a lost card, where nothing more can be done about it.</summary>
    internal static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (AcceleratorException)
        {
        }
    }

    private const string Lost = "failed or was lost in the middle of its work; what was trained since the last save is gone (nvidia-smi and dmesg may say why)";

    private EngineException Failure(Exception e, string what) => new($"Card {Name} {what}: {(e is AcceleratorException ? Reason(e) : e.Message)}", e);

    // ILGPU's exceptions for OpenCL have no message.
    private static string Reason(Exception e) => e is ILGPU.Runtime.OpenCL.CLException cl ? cl.Error.ToString() : e.Message;

    private static string Megabytes(long bytes) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1e6:N0} MB");

    private struct CopyFloats : IKernel
    {
        public ArrayView<float> From, To;
        public int Count;

        public readonly void Run()
        {
            int i = Grid.IdxX * MostThreads + Group.IdxX;
            if (i < Count) To[i] = From[i];
        }
    }
}
