namespace KerasPort.Plotting;

// Ticks and their labels.
public partial class Axes
{
    /// <summary>Ticks below at these places, with these labels.</summary>
    /// <param name="ticks">The places.</param>
    /// <param name="labels">The text of each.</param>
    /// <param name="rotation">How far labels are turned: degrees, or 'vertical'.</param>
    /// <param name="fontsize">Points, or a name such as 'small'.</param>
    /// <param name="ha">Which side of a label is below its tick: 'left', 'center' or 'right'.</param>
    /// <param name="color">The labels' colour.</param>
    /// <param name="minor">Whether they are the small ticks, which have no labels.</param>
    /// <exception cref="ValueError">There are more or fewer labels than ticks, or an argument is invalid.</exception>
    public AxisTicks set_xticks(Series ticks, Series? labels = null, Series? rotation = null, Series? fontsize = null, string? ha = null, Paint? color = null,
        bool minor = false) => XTicks.Set(ticks, LabelsOf(labels), rotation, fontsize, ha, color, minor);

    /// <summary>Ticks at the left at these places, with these labels.</summary>
    /// <inheritdoc cref="set_xticks"/>
    public AxisTicks set_yticks(Series ticks, Series? labels = null, Series? rotation = null, Series? fontsize = null, string? ha = null, Paint? color = null,
        bool minor = false) => YTicks.Set(ticks, LabelsOf(labels), rotation, fontsize, ha, color, minor);

    /// <summary>Labels for the ticks that <see cref="set_xticks"/> set.</summary>
    /// <inheritdoc cref="set_xticks"/>
    public AxisTicks set_xticklabels(Series labels, Series? rotation = null, Series? fontsize = null, string? ha = null, Paint? color = null) =>
        XTicks.Set(null, Labels(labels), rotation, fontsize, ha, color);

    /// <summary>Labels for the ticks that <see cref="set_yticks"/> set.</summary>
    /// <inheritdoc cref="set_xticks"/>
    public AxisTicks set_yticklabels(Series labels, Series? rotation = null, Series? fontsize = null, string? ha = null, Paint? color = null) =>
        YTicks.Set(null, Labels(labels), rotation, fontsize, ha, color);

    /// <summary>Small ticks between those that have labels.</summary>
    public void minorticks_on() => (XTicks.HasMinor, YTicks.HasMinor) = (true, true);

    /// <summary>No small ticks.</summary>
    public void minorticks_off() => (XTicks.HasMinor, YTicks.HasMinor) = (false, false);

    /// <summary>Ticks and their labels: whether they are there, how long, how large, how far turned, and in which colour.</summary>
    /// <param name="axis">"x", "y" or "both".</param>
    /// <param name="which">"major" or "both".</param>
    /// <param name="labelsize">Points, or a name such as 'large'.</param>
    /// <param name="labelrotation">How far labels are turned.</param>
    /// <param name="rotation">The same as <paramref name="labelrotation"/>.</param>
    /// <param name="labelcolor">The labels' colour.</param>
    /// <param name="colors">The colour of ticks and labels.</param>
    /// <param name="color">The colour of ticks.</param>
    /// <param name="length">Points that a tick is long.</param>
    /// <param name="bottom">Whether there are ticks below.</param>
    /// <param name="left">Whether there are ticks at the left.</param>
    /// <param name="labelbottom">Whether they have labels.</param>
    /// <param name="labelleft">The same at the left.</param>
    /// <param name="top">Whether there are ticks above too.</param>
    /// <param name="right">Whether there are ticks at the right too.</param>
    /// <param name="labeltop">Whether those have labels.</param>
    /// <param name="labelright">The same at the right.</param>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public void tick_params(string axis = "both", string which = "major", Series? labelsize = null, Series? labelrotation = null, Series? rotation = null,
        Paint? labelcolor = null, Paint? colors = null, Paint? color = null, double? length = null, bool? bottom = null, bool? left = null,
        bool? labelbottom = null, bool? labelleft = null, bool? top = null, bool? right = null, bool? labeltop = null, bool? labelright = null)
    {
        if (axis is not ("x" or "y" or "both")) throw new ValueError($"axis must be 'x', 'y' or 'both'. Received: axis={PythonText.Repr(axis)}");
        if (which is not ("major" or "both")) throw new ValueError($"`which` must be 'major' or 'both' here. Received: which={PythonText.Repr(which)}");
        if (axis is not "y") XTicks.Set(labelsize, labelrotation ?? rotation, labelcolor ?? colors, color ?? colors, length, bottom,
            labelbottom, top, labeltop);
        if (axis is not "x") YTicks.Set(labelsize, labelrotation ?? rotation, labelcolor ?? colors, color ?? colors, length, left,
            labelleft, right, labelright);
    }

    /// <summary>The axis below.</summary>
    public AxisTicks get_xaxis() => XTicks;

    /// <summary>The axis at the left.</summary>
    public AxisTicks get_yaxis() => YTicks;

    /// <summary>The labels below, for <c>plt.setp</c>.</summary>
    public AxisTicks get_xticklabels() => XTicks;

    /// <summary>The labels at the left, for <c>plt.setp</c>.</summary>
    public AxisTicks get_yticklabels() => YTicks;
}
