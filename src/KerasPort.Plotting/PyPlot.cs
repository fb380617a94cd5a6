namespace KerasPort.Plotting;

/// <summary>C#'s counterpart of <c>import matplotlib.pyplot as plt</c>: <c>using static KerasPort.Plotting.PyPlot;</c> gives plt.</summary>
public static class PyPlot
{
    /// <summary><c>import matplotlib.pyplot as plt</c>.</summary>
    public static PyPlotModule plt { get; } = new();

    /// <summary><c>import matplotlib.gridspec as gridspec</c>.</summary>
    public static GridSpecModule gridspec { get; } = new();

    /// <summary><c>import matplotlib.ticker as ticker</c>.</summary>
    public static TickerModule ticker { get; } = new();

    /// <summary><c>import matplotlib.patches as patches</c>.</summary>
    public static PatchesModule patches { get; } = new();

    /// <summary><c>import matplotlib.patches as mpatches</c>.</summary>
    public static PatchesModule mpatches => patches;

    /// <summary><c>import matplotlib.image as mpimg</c>.</summary>
    public static PyPlotImageModule mpimg { get; } = new();
}
