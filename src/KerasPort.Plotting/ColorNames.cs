using System.Globalization;
using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>Colours in matplotlib's notation.</summary>
internal static class ColorNames
{
    public static readonly Color Black = new(0, 0, 0), White = new(255, 255, 255), Clear = new(255, 255, 255, 0);

    /// <summary>The colours of successive lines: C0 to C9.</summary>
    public static readonly Color[] Cycle =
    [
        .. new[] { "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf" }.Select(Hex),
    ];

    private static readonly string[] s_tab = ["blue", "orange", "green", "red", "purple", "brown", "pink", "gray", "olive", "cyan"];

    /// <exception cref="ValueError">The name is unknown.</exception>
    public static Color Parse(string name) => TryParse(name)
        ?? throw new ValueError($"{PythonText.Repr(name)} is not a valid value for color: expected a name such as 'red', 'r', 'C0' or 'tab:blue', "
            + "'#1f77b4', or '0.5' for a grey");

    /// <summary>The colour of a name; <c>null</c> where it is unknown.</summary>
    public static Color? TryParse(string name)
    {
        string lower = name.ToLowerInvariant().Replace("grey", "gray");
        switch (lower)
        {
            case "b": return Of(0, 0, 1);
            case "g": return Of(0, 0.5, 0);
            case "r": return Of(1, 0, 0);
            case "c": return Of(0, 0.75, 0.75);
            case "m": return Of(0.75, 0, 0.75);
            case "y": return Of(0.75, 0.75, 0);
            case "k": return Of(0, 0, 0);
            case "w": return Of(1, 1, 1);
            case "none": return Clear;
        }
        if (lower is ['c', var digit] && char.IsAsciiDigit(digit)) return Cycle[digit - '0'];
        if (lower.StartsWith("tab:", StringComparison.Ordinal) && Array.IndexOf(s_tab, lower[4..]) is >= 0 and var tab) return Cycle[tab];
        if (lower is ['#', ..] && lower.Length is 4 or 7 or 9 && lower[1..].All(char.IsAsciiHexDigit)) return Hex(lower);
        if (double.TryParse(lower, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double gray) && gray is >= 0 and <= 1)
            return Of(gray, gray, gray);
        // The web's colour names, which .NET has along with those of system colours.
        var known = System.Drawing.Color.FromName(lower);
        return known.IsKnownColor && !known.IsSystemColor && known.A == 255 ? new Color(known.R, known.G, known.B) : null;
    }

    /// <summary>Red, green and blue, from 0 to 1.</summary>
    public static Color Of(double red, double green, double blue) => new(Byte(red), Byte(green), Byte(blue));

    private static byte Byte(double part) => part is >= 0 and <= 1 ? (byte)Math.Round(part * 255)
        : throw new ValueError($"Red, green and blue should be within 0-1 range. Received: {PythonText.Repr(part)}");

    private static Color Hex(string text)
    {
        if (text.Length == 4) text = $"#{text[1]}{text[1]}{text[2]}{text[2]}{text[3]}{text[3]}";
        byte At(int i) => byte.Parse(text.AsSpan(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new Color(At(1), At(3), At(5), text.Length == 9 ? At(7) : (byte)255);
    }
}
