namespace KerasPort.Plotting;

/// <summary>How large words are, in points: what <c>plt.rc</c> changes. What isn't said follows from the font's size.</summary>
internal sealed class LetterSizes
{
    private double? _label, _title, _legend, _xTick, _yTick;

    public double Font { get; private set; } = 10;

    public double Label => _label ?? Font;

    public double Title => _title ?? 1.2 * Font;

    public double Legend => _legend ?? Font;

    public double XTick => _xTick ?? Font;

    public double YTick => _yTick ?? Font;

    /// <exception cref="ValueError">There is no such group here, or it has no such setting.</exception>
    public void Set(string group, double? size, double? labelsize, double? titlesize, double? fontsize)
    {
        (string Name, double? Value)[] given = [.. new[] { (nameof(size), size), (nameof(labelsize), labelsize), (nameof(titlesize), titlesize),
            (nameof(fontsize), fontsize) }
            .Where(setting => setting.Item2 is not null)];
        string[] known = group switch
        {
            "font" => [nameof(size)],
            "axes" => [nameof(labelsize), nameof(titlesize)],
            "legend" => [nameof(fontsize)],
            "xtick" or "ytick" => [nameof(labelsize)],
            _ => throw new ValueError($"`rc` has the groups 'font', 'axes', 'legend', 'xtick' and 'ytick' here. Received: group={PythonText.Repr(group)}"),
        };
        foreach (var (name, value) in given)
        {
            if (!known.Contains(name))
                throw new ValueError($"Unrecognized key \"{group}.{name}\" for group \"{group}\" and name \"{name}\": expected {string.Join(" or ", known)}");
            if (value is not (> 0 and < 1000)) throw new ValueError($"A size is a number of points. Received: {name}={PythonText.Repr(value)}");
        }
        switch (group)
        {
            case "font": Font = size ?? Font; break;
            case "axes": (_label, _title) = (labelsize ?? _label, titlesize ?? _title); break;
            case "legend": _legend = fontsize ?? _legend; break;
            case "xtick": _xTick = labelsize ?? _xTick; break;
            default: _yTick = labelsize ?? _yTick; break;
        }
    }
}
