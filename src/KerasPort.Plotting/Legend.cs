namespace KerasPort.Plotting;

/// <summary>The legend of axes: <c>legend = ax.legend()</c>.</summary>
public sealed class Legend
{
    private readonly Action<LegendBox?> _set;
    private LegendBox _box;

    internal Legend(LegendBox box, Action<LegendBox?> set) => (_box, _set) = (box, set);

    /// <summary>Sets the title.</summary>
    public void set_title(string title) => _set(_box = _box with { Title = title });

    /// <summary>Sets whether it is drawn.</summary>
    public void set_visible(bool b) => _set(b ? _box : null);

    /// <summary>Removes it.</summary>
    public void remove() => _set(null);
}
