using System.Runtime.Intrinsics;
using KerasPort.Activations;
using KerasPort.Engines.Formulas;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void DenseCore(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y)
    {
        float* w = RightOperand(At(kernel), inputs, outputs, rows, out int pitch);
        var product = new Product<S, V>
        {
            A = At(x), Grid = RowGrid.Even(inputs), B = w, Terms = Terms.Plain(inputs, 1, pitch),
            C = At(y), PitchC = outputs, Start = At(bias), Rows = rows, Columns = outputs, Relu = relu,
        };
        product.CutSum(Chunks(inputs));
        // For a large kernel each thread reads the rows that it also updates, from its cache; the sums over its rows are then added up.
        if (IsLarge(rows, inputs, outputs) && product.Chunks > 1)
        {
            bool isSparse = IsSparse(rows, inputs, outputs, At(x));
            int bands = Bands(outputs, isSparse ? NarrowestSparseBand : Product<S, V>.PanelWidth), count = Math.Max(Cut(product.Chunks, bands), 2);
            var tree = new SumTree<S, V>
            {
                Count = count, Pitch = Product<S, V>.Padded(outputs), Size = rows * Product<S, V>.Padded(outputs), To = At(y), PitchTo = outputs, Relu = relu,
            };
            tree.Parts = Scratch(1, (long)count * tree.Size);
            tree.Completed = (int*)Scratch(5, (long)count * SumTree<S, V>.MostBlocks);
            if (isSparse)
            {
                var sparse = new SparseDense<S, V>
                {
                    X = At(x), Kernel = w, Bias = At(bias), Tree = tree, Rows = rows, Inputs = inputs, Outputs = outputs,
                    Runs = new CacheLines(inputs, count), Bands = bands,
                };
                workers.Run(sparse, sparse.Runs.Pieces * bands);
            }
            else
            {
                product.CutByWork(long.MaxValue);
                product.PitchC = tree.Pitch;
                bool fetches = (long)inputs * outputs >= WeightsBeyondCache;
                workers.Run(new PartPieces { Product = product, Tree = tree, Bands = bands, FetchesPanels = fetches }, count * bands);
            }
            return;
        }
        Run(ref product);
    }

    /// <summary>
    /// The right operand of a product. Where the product has enough rows to read it often, it is a copy whose rows have room for whole vectors.
    /// </summary>
    private float* RightOperand(float* matrix, int rows, int columns, int productRows, out int pitch)
    {
        const int Often = 256;
        if (productRows >= Often) return Padded(matrix, rows, columns, 0, out pitch);
        pitch = columns;
        return matrix;
    }

    /// <summary>Parts of a sum over a dense layer's inputs, of at most 128 terms; many of them in fours, which threads can share evenly.</summary>
    private static int Chunks(int inputs)
    {
        int chunks = Cut(inputs, 128);
        return chunks > 4 ? Cut(chunks, 4) * 4 : chunks;
    }

    // Weights that the third cache doesn't keep from step to step. Smaller kernels lose a twentieth by fetching ahead, larger ones gain a tenth.
    private const long WeightsBeyondCache = 3 << 20;

    // With narrower bands and fewer parts, more runs of inputs would be too long for one sum: a sparse product adds up the sums of such a run in memory.
    private const int NarrowestSparseBand = 512;

    /// <summary>
    /// Runs of columns that the parts of a sum are cut into, none narrower than so much. Where rows are wide enough for several, the sum has fewer parts:
    /// as many pieces for the threads, and fewer results to write and add up.
    /// </summary>
    private static int Bands(int outputs, int narrowest) => Math.Clamp(outputs / narrowest, 1, 4);

    private static bool IsLarge(int rows, int inputs, int outputs) => (long)inputs * outputs >= 1 << 15 && rows <= SparseProduct<S, V>.Most;

    private static bool IsSparse(int rows, int inputs, int outputs, float* x) =>
        IsWhole(rows, inputs, outputs) && SparseProduct<S, V>.HasZeros(x, rows, inputs);

    /// <summary>Whether a large kernel's rows are whole panels.</summary>
    private static bool IsWhole(int rows, int inputs, int outputs) => IsLarge(rows, inputs, outputs) && outputs % SparseProduct<S, V>.PanelWidth == 0;

    /// <summary>A piece is a part of the sum, a run of its chunks, for all rows and a band of the columns.</summary>
    private struct PartPieces : IPieces, IWork
    {
        public Product<S, V> Product;
        public SumTree<S, V> Tree;
        public int Bands;

        /// <summary>Whether a panel's chunk fetches that of the next panel, whose rows no processor foresees.</summary>
        public bool FetchesPanels;

        public readonly long Work => Product.Work;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int part = piece / Bands, band = piece % Bands, first = Product.Chunks * part / Tree.Count, end = Product.Chunks * (part + 1) / Tree.Count;
            var product = Product.Part(first, end - first, Tree.Parts + (long)part * Tree.Size);
            int begin = product.Pieces * band / Bands, behind = product.Pieces * (band + 1) / Bands, width = Product<S, V>.PanelWidth;
            for (int chunk = 0; chunk < product.Chunks; chunk++)
                for (int panel = begin; panel < behind; panel++)
                {
                    float* row = product.B + (panel + 1 < behind ? chunk : chunk + 1) * product.ChunkB;
                    int next = panel + 1 < behind ? panel + 1 : begin;
                    product.Run(panel, chunk, FetchesPanels ? row + next * width : null);
                }
            for (int turn = 0; turn < 2; turn++)
                Tree.Add(part, Tree.Half(part, turn, product.Rows, begin * width, Math.Min(behind * width, product.Columns), band));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void DenseKernelGradientCore(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel)
    {
        if (IsSparse(rows, inputs, outputs, At(x))) SparseGradient(rows, inputs, outputs, x, dy, new StoredSums<S, V> { To = At(dkernel) });
        else KernelGradient(rows, inputs, outputs, At(x), At(dy), At(dkernel));
    }

    public override bool HasDenseKernelUpdate(int rows, int inputs, int outputs) => IsWhole(rows, inputs, outputs);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void DenseKernelUpdateCore<F>(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, in F formula, in Operands on,
        DeviceBuffer? dx)
    {
        if (IsSparse(rows, inputs, outputs, At(x)))
        {
            SparseGradient(rows, inputs, outputs, x, dy, new UpdatingSums<S, V, F> { Update = new FormulaPiece<S, V, F>(formula, on) }, on[0], dx);
            return;
        }
        if (dx is not null)
        {
            DenseInputGradientCore(rows, inputs, outputs, dy, on[0]!, dx);
            Map(default(Binary<ReluGradient>), rows * inputs, dx, x, dx);
        }
        var gradient = ScratchBuffer(3, inputs * outputs);
        KernelGradient(rows, inputs, outputs, At(x), At(dy), At(gradient));
        Map(formula, on.With(1, gradient));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void KernelGradient(int rows, int inputs, int outputs, float* x, float* dy, float* dkernel, [CallerMemberName] string kernel = "")
    {
        float* b = RightOperand(dy, rows, outputs, inputs, out int pitch);
        var product = new Product<S, V>
        {
            A = x, Grid = RowGrid.Even(1), B = b, Terms = Terms.Plain(rows, inputs, pitch),
            C = dkernel, PitchC = outputs, Rows = inputs, Columns = outputs,
        };
        Run(ref product, kernel: kernel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SparseGradient<E>(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, E ending, DeviceBuffer? weights = null,
        DeviceBuffer? dx = null, [CallerMemberName] string kernel = "") where E : unmanaged, ISumEnding<V>
    {
        float* panels = At(dy);
        if (SparseProduct<S, V>.LinesAhead(outputs) > 0)
        {
            panels = Scratch(0, (long)rows * outputs);
            var copy = new DensePanels<S, V> { From = At(dy), To = panels, Rows = rows, Columns = outputs };
            workers.Run(copy, copy.Pieces, kernel);
        }
        // Cut as the chunks of the forward pass: each thread finds its inputs and weights in its cache.
        var gradient = new SparseDenseKernelGradient<S, V, E>
        {
            X = At(x), DY = panels, Kernel = At(weights), DX = At(dx), Rows = rows, Inputs = inputs, Outputs = outputs, Ending = ending,
            Runs = new CacheLines(inputs, Chunks(inputs)),
        };
        workers.Run(gradient, gradient.Runs.Pieces, kernel);
    }

    /// <remarks>
    /// Computed transposed, dxᵀ = kernel · dyᵀ: the large kernel is then read as it lies, and only dy and dx are turned. A kernel of few outputs,
    /// such as that of classes, is smaller than these and turned itself.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void DenseInputGradientCore(int rows, int inputs, int outputs, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx)
    {
        if (outputs < rows)
        {
            int width = Product<S, V>.Padded(inputs);
            float* columns = Scratch(0, (long)outputs * width);
            Turn(new Transpose { From = At(kernel), PitchFrom = outputs, To = columns, PitchTo = width, Rows = inputs, Columns = outputs });
            var direct = new Product<S, V>
            {
                A = At(dy), Grid = RowGrid.Even(outputs), B = columns, Terms = Terms.Plain(outputs, 1, width),
                C = At(dx), PitchC = inputs, Rows = rows, Columns = inputs,
            };
            Run(ref direct);
            return;
        }
        int pitch = Product<S, V>.Padded(rows);
        float* turned = Scratch(0, (long)outputs * pitch), result = Scratch(1, (long)inputs * pitch);
        Turn(new Transpose { From = At(dy), PitchFrom = outputs, To = turned, PitchTo = pitch, Rows = rows, Columns = outputs });
        var product = new Product<S, V>
        {
            A = At(kernel), Grid = RowGrid.Even(outputs), B = turned, Terms = Terms.Plain(outputs, 1, pitch),
            C = result, PitchC = pitch, Rows = inputs, Columns = rows,
        };
        // In fours, which threads can share evenly.
        int pieces = (int)Math.Min(product.Work / ProductsPerPiece, inputs) + 1;
        var work = new TurnedProduct { Product = product, To = At(dx), Runs = new CacheLines(inputs, pieces > 1 ? Cut(pieces, 4) * 4 : 1) };
        workers.Run(work, work.Runs.Pieces);
    }

    /// <summary>To[column][row] = C[row][column] of a product. A piece is a run of rows, which are turned while they are in the cache.</summary>
    private struct TurnedProduct : IPieces, IWork
    {
        public Product<S, V> Product;
        public float* To;
        public CacheLines Runs;

        public readonly long Work => Product.Work;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int first = Runs.First(piece), rows = Runs.First(piece + 1) - first;
            var product = Product with { A = Product.A + first * Product.Grid.S0, C = Product.C + first * Product.PitchC, Rows = rows, RowsPerPiece = rows };
            for (int panel = 0; panel < product.Pieces; panel++) product.Run(panel);
            var transpose = new Transpose
            {
                From = product.C, PitchFrom = (int)product.PitchC, To = To + first, PitchTo = Product.Rows, Rows = rows, Columns = product.Columns,
                Each = product.Columns,
            };
            transpose.Run(0);
        }
    }

    private void Turn(Transpose transpose, [CallerMemberName] string kernel = "")
    {
        transpose.Each = Math.Max(1, FloatsPerPiece / transpose.Rows / Transpose.Edge) * Transpose.Edge;
        workers.Run(transpose, Cut(transpose.Columns, transpose.Each), kernel);
    }

    /// <summary>Runs a product in pieces of at least the usual size; in about as many as <paramref name="pieces"/>, where those are larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(ref Product<S, V> product, int pieces = int.MaxValue, [CallerMemberName] string kernel = "")
    {
        product.CutByWork(Math.Max(ProductsPerPiece, product.Work / pieces));
        product.HasWholeRows = product.Work < WorthSharing;
        RunRows(product, product.Pieces, kernel);
    }

    /// <summary>To[c][r] = From[r][c], square by square in registers and in blocks that stay in cache; a piece is a run of To's rows.</summary>
    private struct Transpose() : IPieces
    {
        public const int Edge = 16;
        private const int Four = 4;
        public float* From, To;
        public int PitchFrom, PitchTo, Rows, Columns, Each = Edge;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            for (int first = piece * Each, end = Math.Min(first + Each, Columns); first < end; first += Edge) Block(first, Math.Min(first + Edge, end));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Block(int first, int last)
        {
            int whole = first + (last - first) / Four * Four;
            int r = 0;
            for (; r <= Rows - S.Lanes && last - first == Edge; r += S.Lanes)
                for (int c = first; c < last; c += S.Lanes) S.Transpose(From + (long)r * PitchFrom + c, PitchFrom, To + (long)c * PitchTo + r, PitchTo);
            for (; r <= Rows - Four; r += Four)
            {
                float* from = From + (long)r * PitchFrom + first, to = To + (long)first * PitchTo + r;
                for (int c = first; c < whole; c += Four, from += Four, to += Four * (long)PitchTo) Simd128.Transpose(from, PitchFrom, to, PitchTo);
            }
            for (int c = first; c < last; c++)
                for (int rest = c < whole ? r : 0; rest < Rows; rest++) To[(long)c * PitchTo + rest] = From[(long)rest * PitchFrom + c];
        }
    }
}
