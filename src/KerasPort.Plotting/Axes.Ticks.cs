namespace KerasPort.Plotting;

// Ticks and their labels.
public partial class Axes
{
    /// <summary>Sets the positions of the ticks of x, and their labels.</summary>
    /// <param name="ticks">The positions.</param>
    /// <param name="labels">The text of each.</param>
    /// <param name="rotation">The rotation of labels: degrees counterclockwise, or 'vertical'.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'small'.</param>
    /// <param name="ha">The side of a label at its tick: 'left', 'center' or 'right'.</param>
    /// <param name="color">The labels' colour.</param>
    /// <param name="minor">Whether these are the minor ticks, which have no labels.</param>
    /// <exception cref="ValueError">The numbers of labels and ticks differ, or an argument is invalid.</exception>
    public AxisTicks set_xticks(Series ticks, Series? labels = null, Series? rotation = null, Series? fontsize = null, string? ha = null, Paint? color = null,
        bool minor = false) => XTicks.Set(ticks, LabelsOf(labels), rotation, fontsize, ha, color, minor);

    /// <summary>Sets the positions of the ticks of y, and their labels.</summary>
    /// <inheritdoc cref="set_xticks"/>
    public AxisTicks set_yticks(Series ticks, Series? labels = null, Series? rotation = null, Series? fontsize = null, string? ha = null, Paint? color = null,
        bool minor = false) => YTicks.Set(ticks, LabelsOf(labels), rotation, fontsize, ha, color, minor);

    /// <summary>Sets the labels of the ticks that <see cref="set_xticks"/> set.</summary>
    /// <inheritdoc cref="set_xticks"/>
    public AxisTicks set_xticklabels(Series labels, Series? rotation = null, Series? fontsize = null, string? ha = null, Paint? color = null) =>
        XTicks.Set(null, Labels(labels), rotation, fontsize, ha, color);

    /// <summary>Sets the labels of the ticks that <see cref="set_yticks"/> set.</summary>
    /// <inheritdoc cref="set_xticks"/>
    public AxisTicks set_yticklabels(Series labels, Series? rotation = null, Series? fontsize = null, string? ha = null, Paint? color = null) =>
        YTicks.Set(null, Labels(labels), rotation, fontsize, ha, color);

    /// <summary>Shows minor ticks between those with labels.</summary>
    public void minorticks_on() => (XTicks.HasMinor, YTicks.HasMinor) = (true, true);

    /// <summary>Hides minor ticks.</summary>
    public void minorticks_off() => (XTicks.HasMinor, YTicks.HasMinor) = (false, false);

    /// <summary>Changes ticks and their labels.</summary>
    /// <param name="axis">"x", "y" or "both".</param>
    /// <param name="which">"major" or "both".</param>
    /// <param name="labelsize">The font size: points, or a name such as 'large'.</param>
    /// <param name="labelrotation">The rotation of labels.</param>
    /// <param name="rotation">The same as <paramref name="labelrotation"/>.</param>
    /// <param name="labelcolor">The labels' colour.</param>
    /// <param name="colors">The colour of ticks and labels.</param>
    /// <param name="color">The colour of ticks.</param>
    /// <param name="length">The length of ticks in points.</param>
    /// <param name="bottom">Whether ticks are drawn at the bottom.</param>
    /// <param name="left">Whether ticks are drawn on the left.</param>
    /// <param name="labelbottom">Whether the ticks at the bottom have labels.</param>
    /// <param name="labelleft">Whether the ticks on the left have labels.</param>
    /// <param name="top">Whether ticks are drawn at the top, too.</param>
    /// <param name="right">Whether ticks are drawn on the right, too.</param>
    /// <param name="labeltop">Whether the ticks at the top have labels.</param>
    /// <param name="labelright">Whether the ticks on the right have labels.</param>
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

    /// <summary>The x axis.</summary>
    public AxisTicks get_xaxis() => XTicks;

    /// <summary>The y axis.</summary>
    public AxisTicks get_yaxis() => YTicks;

    /// <summary>The tick labels of x, for <c>plt.setp</c>.</summary>
    public AxisTicks get_xticklabels() => XTicks;

    /// <summary>The tick labels of y, for <c>plt.setp</c>.</summary>
    public AxisTicks get_yticklabels() => YTicks;
}
