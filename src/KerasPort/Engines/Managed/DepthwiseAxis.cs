using KerasPort.Layers;

namespace KerasPort.Engines.Managed;

/// <summary>
/// One axis of <see cref="DepthwiseRows{S,V}"/>: pixel q · <see cref="StepTo"/> + phase of the image that is written reads pixel
/// q · <see cref="StepFrom"/> + place of the image that is read, for each tap. In the gradient, pixels that lie a stride apart were read by the same taps
/// and form a phase; else all pixels do.
/// </summary>
internal readonly record struct DepthwiseAxis(int From, int To, int Taps, int Stride, int Dilation, int Before, bool IsGradient)
{
    public int StepFrom => IsGradient ? 1 : Stride;

    public int StepTo => IsGradient ? Stride : 1;

    public int Phases => Math.Min(StepTo, To);

    /// <summary>No tap reads a place below.</summary>
    public int Lowest => IsGradient ? (Before - (Taps - 1) * Dilation) / Stride : -Before;

    /// <summary>No tap reads a place above.</summary>
    public int Highest => IsGradient ? (Phases - 1 + Before) / Stride : (Taps - 1) * Dilation - Before;

    public int Places => Highest - Lowest + 1;

    /// <summary>Where neighbouring places are read, the step from the tap of one to that of the next.</summary>
    public int NextTap => IsGradient ? -Stride / Dilation : 1;

    public static DepthwiseAxis Down(in Window2D w, bool isGradient) =>
        new(isGradient ? w.OutHeight : w.Height, isGradient ? w.Height : w.OutHeight, w.KernelHeight, w.StrideY, w.DilationY, w.PadTop, isGradient);

    public static DepthwiseAxis Across(in Window2D w, bool isGradient) =>
        new(isGradient ? w.OutWidth : w.Width, isGradient ? w.Width : w.OutWidth, w.KernelWidth, w.StrideX, w.DilationX, w.PadLeft, isGradient);

    /// <summary>Pixels of a phase. The first phase has the most.</summary>
    public int Count(int phase) => (To - phase + StepTo - 1) / StepTo;

    /// <summary>Whether a tap is read by a phase's pixels, and at which place.</summary>
    public bool Reads(int phase, int tap, out int place)
    {
        int at = IsGradient ? phase + Before - tap * Dilation : tap * Dilation - Before;
        place = at / StepTo;
        return at % StepTo == 0;
    }

    /// <summary>Whether the taps from this one on are read at three neighbouring places by pixels that are neighbours there, too.</summary>
    public bool ReadsThree(int phase, int tap, int place)
    {
        int third = tap + 2 * NextTap;
        return StepFrom == 1 && third >= 0 && third < Taps && Reads(phase, third, out int last) && last == place + 2;
    }
}
