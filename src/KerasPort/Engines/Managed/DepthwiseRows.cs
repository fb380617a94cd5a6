using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>One tap, or three neighbours in a row, of a phase of <see cref="DepthwiseRows{S,V}"/>: the row that is read, and offsets in floats.</summary>
internal readonly record struct DepthwiseTap(int Row, int From, int Weights, bool IsThree);

/// <summary>
/// The depthwise convolution and its input's gradient, row by row: To[y][x][c] = start[c] + Σ From[·][·][c] · kernel[tap][c] over the taps that lie
/// in the image. A piece is a run of rows.
/// </summary>
/// <remarks>
/// Three neighbouring taps are summed at a time where pixels are neighbours, too: most of what these taps read for one pixel they read for the next.
/// </remarks>
internal unsafe struct DepthwiseRows<S, V> : IRowPieces, IWork where S : struct, ISimd<V> where V : struct
{
    // How far ahead the lines are fetched that are written next: waiting for them would take longer than the sums.
    private const int Ahead = 1 << 11;

    private readonly DepthwiseStrip<S, V> _strip;
    private readonly DepthwiseAxis _down, _across;
    private readonly int _channels, _rows;
    private readonly long _products;
    private int _rowsPerPiece;

    // The phases' taps, those in threes first, and where each phase's end.
    private DepthwiseTap* _taps;
    private int* _ends;

    public DepthwiseRows(in Window2D window, bool isGradient, int images)
    {
        _strip = new DepthwiseStrip<S, V>(window, isGradient);
        (_down, _across) = (_strip.Down, _strip.Across);
        _channels = window.Filters;
        _rows = images * _down.Count(0);
        _products = (long)_across.To * _channels * Taps / _across.StepTo;
    }

    public float* From, To, Kernel, Start;
    public bool HasRelu;

    /// <summary>Room for each thread: a strip's copies, then pointers to the taps of a row and to their weights.</summary>
    public float* Scratch;

    public readonly int Pieces => (_rows + _rowsPerPiece - 1) / _rowsPerPiece;

    public readonly long Work => _rows * _products;

    /// <summary>Floats of a thread's scratch.</summary>
    public readonly long ScratchSize => _strip.CopiesSize + CacheLines.RoundUp(2L * Taps * sizeof(float*) / sizeof(float));

    /// <summary>Floats of the list of taps.</summary>
    public readonly long ListSize => ((long)Taps * sizeof(DepthwiseTap) + (long)Phases * sizeof(int)) / sizeof(float);

    private readonly int Taps => _down.Taps * _across.Taps;

    private readonly int Phases => _down.Phases * _across.Phases;

    /// <summary>Chooses pieces of about that many products each: whole images, or about equal parts of one. Few rows then lie alone at an edge.</summary>
    public void CutByWork(long products)
    {
        int each = (int)Math.Clamp(products / Math.Max(_products, 1), 1, _rows), rows = _down.Count(0), parts = (rows + each - 1) / each;
        _rowsPerPiece = each >= rows ? each / rows * rows : (rows + parts - 1) / parts;
    }

    /// <summary>Lists the taps of each phase.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void List(float* room)
    {
        _taps = (DepthwiseTap*)room;
        _ends = (int*)(_taps + Taps);
        int count = 0;
        for (int phase = 0; phase < Phases; phase++)
        {
            count += List(phase, true, _taps + count);
            count += List(phase, false, _taps + count);
            _ends[phase] = count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int List(int phase, bool threes, DepthwiseTap* list)
    {
        int count = 0;
        for (int ky = 0; ky < _down.Taps; ky++)
        {
            if (!_down.Reads(phase / _across.Phases, ky, out int row)) continue;
            // In the order of places.
            int next = _across.Lowest;
            for (int i = 0; i < _across.Taps; i++)
            {
                int kx = _across.NextTap < 0 ? _across.Taps - 1 - i : i;
                if (!_across.Reads(phase % _across.Phases, kx, out int place) || place < next) continue;
                bool isThree = _across.ReadsThree(phase % _across.Phases, kx, place);
                if (isThree) next = place + 3;
                if (isThree == threes)
                    list[count++] = new DepthwiseTap(row, (place - _across.Lowest) * _channels, (ky * _across.Taps + kx) * _channels, isThree);
            }
        }
        return count;
    }

    public readonly WrittenRows Written =>
        _down.IsGradient ? default : new() { At = To, Rows = _rows * _across.To, Columns = _channels, Parts = Pieces };

    public readonly WrittenPanel PanelOf(int piece)
    {
        int row = piece * _rowsPerPiece;
        return new() { Part = piece, Row = row * _across.To, Rows = Math.Min(_rowsPerPiece, _rows - row) * _across.To, Columns = _channels };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        float* copies = Scratch + Workers.CurrentThread * ScratchSize;
        int last = Math.Min((piece + 1) * _rowsPerPiece, _rows), rows = _down.Count(0);
        var strip = _strip;
        for (int row = piece * _rowsPerPiece, end; row < last; row = end)
        {
            int image = row / rows, before = image * rows;
            end = Math.Min(last, before + rows);
            strip.Begin(From + (long)image * _down.From * _across.From * _channels, copies);
            while (strip.Next())
                for (int i = row; i < end; i++)
                {
                    strip.Read(i - before);
                    RunRow(image, i - before, strip, (float**)(copies + strip.CopiesSize));
                }
        }
    }

    /// <summary>Computes the pixels of a row, one phase after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void RunRow(int image, int row, in DepthwiseStrip<S, V> strip, float** list)
    {
        for (int phase = 0; phase < Phases; phase++)
        {
            int y = row * _down.StepTo + phase / _across.Phases, x = phase % _across.Phases;
            int pixels = Math.Min(strip.EndColumn, _across.Count(x)) - strip.Column;
            if (y >= _down.To || pixels <= 0) continue;
            float* to = To + (((long)image * _down.To + y) * _across.To + strip.Column * _across.StepTo + x) * _channels;
            int count = 0, threes = 0;
            for (int tap = phase == 0 ? 0 : _ends[phase - 1]; tap < _ends[phase]; tap++)
            {
                int place = row * _down.StepFrom + _taps[tap].Row;
                if (place < 0 || place >= _down.From) continue;
                list[2 * count] = strip.At(place) + _taps[tap].From;
                list[2 * count + 1] = Kernel + _taps[tap].Weights;
                count++;
                if (_taps[tap].IsThree) threes++;
            }
            for (int c = 0, wide; c < _channels; c += wide)
            {
                wide = _channels - c >= 2 * S.Lanes ? 2 * S.Lanes : Math.Min(_channels - c, S.Lanes);
                if (wide > S.Lanes && pixels >= 4) Sum<Four, Two>(list, threes, count, c, to, pixels, wide);
                else if (wide > S.Lanes) Sum<One, Two>(list, threes, count, c, to, pixels, wide);
                else if (pixels >= 4) Sum<Four, One>(list, threes, count, c, to, pixels, wide);
                else Sum<One, One>(list, threes, count, c, to, pixels, wide);
            }
        }
    }

    /// <summary>Computes pixels of a row, of one or two vectors' channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Sum<P, N>(float** taps, int threes, int count, int channel, float* to, int pixels, int wide)
        where P : struct, INumber where N : struct, INumber
    {
        nint step = _channels, stepX = _across.StepFrom * step, stepY = _across.StepTo * step, stepW = _across.NextTap * step;
        V zero = S.Splat(0), begin = zero, beginB = zero;
        if (Start != null)
        {
            begin = S.Load(Start + channel);
            if (N.Value > 1) beginB = S.Load(Start + channel + S.Lanes);
        }
        to += channel;
        for (int pixel = 0, next; pixel < pixels; pixel = next)
        {
            // The last four may include pixels that are done: computing those twice is faster than the rest one by one.
            next = pixel + P.Value;
            pixel = Math.Min(pixel, pixels - P.Value);
            nint at = pixel * stepX + channel;
            V a0 = begin, a1 = begin, a2 = begin, a3 = begin, b0 = beginB, b1 = beginB, b2 = beginB, b3 = beginB;
            int tap = 0;
            for (; tap < threes; tap++)
            {
                float* x = taps[2 * tap] + at, w = taps[2 * tap + 1] + channel;
                V w0 = S.Load(w), w1 = S.Load(w + stepW), w2 = S.Load(w + 2 * stepW);
                V u0 = zero, u1 = zero, u2 = zero;
                if (N.Value > 1) (u0, u1, u2) = (S.Load(w + S.Lanes), S.Load(w + stepW + S.Lanes), S.Load(w + 2 * stepW + S.Lanes));
                V v = S.Load(x), z = N.Value > 1 ? S.Load(x + S.Lanes) : zero;
                a0 = S.Fma(v, w0, a0);
                if (N.Value > 1) b0 = S.Fma(z, u0, b0);
                x += step;
                v = S.Load(x);
                if (N.Value > 1) z = S.Load(x + S.Lanes);
                a0 = S.Fma(v, w1, a0);
                if (N.Value > 1) b0 = S.Fma(z, u1, b0);
                if (P.Value > 1) a1 = S.Fma(v, w0, a1);
                if (P.Value > 1 && N.Value > 1) b1 = S.Fma(z, u0, b1);
                x += step;
                v = S.Load(x);
                if (N.Value > 1) z = S.Load(x + S.Lanes);
                a0 = S.Fma(v, w2, a0);
                if (N.Value > 1) b0 = S.Fma(z, u2, b0);
                if (P.Value == 1) continue;
                a1 = S.Fma(v, w1, a1);
                if (N.Value > 1) b1 = S.Fma(z, u1, b1);
                a2 = S.Fma(v, w0, a2);
                if (N.Value > 1) b2 = S.Fma(z, u0, b2);
                x += step;
                v = S.Load(x);
                if (N.Value > 1) z = S.Load(x + S.Lanes);
                a1 = S.Fma(v, w2, a1);
                if (N.Value > 1) b1 = S.Fma(z, u2, b1);
                a2 = S.Fma(v, w1, a2);
                if (N.Value > 1) b2 = S.Fma(z, u1, b2);
                a3 = S.Fma(v, w0, a3);
                if (N.Value > 1) b3 = S.Fma(z, u0, b3);
                x += step;
                v = S.Load(x);
                if (N.Value > 1) z = S.Load(x + S.Lanes);
                a2 = S.Fma(v, w2, a2);
                if (N.Value > 1) b2 = S.Fma(z, u2, b2);
                a3 = S.Fma(v, w1, a3);
                if (N.Value > 1) b3 = S.Fma(z, u1, b3);
                x += step;
                a3 = S.Fma(S.Load(x), w2, a3);
                if (N.Value > 1) b3 = S.Fma(S.Load(x + S.Lanes), u2, b3);
            }
            for (; tap < count; tap++)
            {
                float* x = taps[2 * tap] + at, w = taps[2 * tap + 1] + channel;
                V v = S.Load(w), u = N.Value > 1 ? S.Load(w + S.Lanes) : zero;
                a0 = S.Fma(S.Load(x), v, a0);
                if (N.Value > 1) b0 = S.Fma(S.Load(x + S.Lanes), u, b0);
                if (P.Value == 1) continue;
                x += stepX;
                a1 = S.Fma(S.Load(x), v, a1);
                if (N.Value > 1) b1 = S.Fma(S.Load(x + S.Lanes), u, b1);
                x += stepX;
                a2 = S.Fma(S.Load(x), v, a2);
                if (N.Value > 1) b2 = S.Fma(S.Load(x + S.Lanes), u, b2);
                x += stepX;
                a3 = S.Fma(S.Load(x), v, a3);
                if (N.Value > 1) b3 = S.Fma(S.Load(x + S.Lanes), u, b3);
            }
            float* y = to + pixel * stepY;
            Store<N>(a0, b0, y, wide);
            if (P.Value == 1) continue;
            Store<N>(a1, b1, y + stepY, wide);
            Store<N>(a2, b2, y + 2 * stepY, wide);
            Store<N>(a3, b3, y + 3 * stepY, wide);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Store<N>(V a, V b, float* y, int wide) where N : struct, INumber
    {
        Prefetch.Fetch(y + Ahead, Math.Max(N.Value * S.Lanes / CacheLines.Floats, 1));
        if (HasRelu) a = Simd<S, V>.Relu(a);
        if (N.Value == 1 && wide < S.Lanes)
        {
            StorePart(a, y, wide);
            return;
        }
        S.Store(a, y);
        if (N.Value > 1) S.Store(HasRelu ? Simd<S, V>.Relu(b) : b, y + S.Lanes);
    }

    /// <summary>Channels that end inside a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void StorePart(V a, float* y, int wide)
    {
        float* aside = stackalloc float[S.Lanes];
        S.Store(a, aside);
        new ReadOnlySpan<float>(aside, wide).CopyTo(new Span<float>(y, wide));
    }
}
