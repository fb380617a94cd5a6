using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>
/// A line's appearance in matplotlib's short form: a colour, a marker and a line style in any order, as in <c>"bo"</c>, <c>"r--"</c>, <c>"g-o"</c>.
/// </summary>
internal readonly record struct LineFormat(Color? Color, char? Marker, string? Style)
{
    /// <summary>The known markers.</summary>
    public const string Markers = ".,ov^<>spP*hHDdxX+|_";

    /// <exception cref="ValueError">A part is unknown, or occurs twice.</exception>
    public static LineFormat Parse(string text)
    {
        if (text is "") return default;
        // A colour's name, unless it is a short form: "blue", "tab:red", "#ff7f0e"; "k" and "0" mean the same either way.
        if (text.Length > 2 && !text.Contains('-') && ColorNames.TryParse(text) is { } named) return new LineFormat(named, null, null);
        var format = new LineFormat();
        for (int i = 0; i < text.Length;)
        {
            string rest = text[i..];
            string? style = rest.StartsWith("--", StringComparison.Ordinal) ? "--" : rest.StartsWith("-.", StringComparison.Ordinal) ? "-."
                : rest[0] is '-' or ':' ? rest[..1] : null;
            if (style is not null)
            {
                if (format.Style is not null) throw Refused("two linestyle symbols");
                format = format with { Style = style };
                i += style.Length;
            }
            else if (rest is ['C', var digit, ..] && char.IsAsciiDigit(digit))
            {
                format = Colored(rest[..2]);
                i += 2;
            }
            else if ("bgrcmykw".Contains(rest[0]))
            {
                format = Colored(rest[..1]);
                i++;
            }
            else if (Markers.Contains(rest[0]))
            {
                if (format.Marker is not null) throw Refused("two marker symbols");
                format = format with { Marker = rest[0] };
                i++;
            }
            else
            {
                throw Refused($"unrecognized character {PythonText.Repr(rest[..1])}");
            }
        }
        return format;

        LineFormat Colored(string name)
        {
            if (format.Color is not null) throw Refused("two color symbols");
            return format with { Color = ColorNames.Parse(name) };
        }

        ValueError Refused(string why) => new($"{PythonText.Repr(text)} is not a valid format string ({why})");
    }

    /// <summary>A line style by name; "" for no line.</summary>
    /// <exception cref="ValueError">The name is unknown.</exception>
    public static string StyleOf(string name) => name switch
    {
        "-" or "solid" => "-",
        "--" or "dashed" => "--",
        "-." or "dashdot" => "-.",
        ":" or "dotted" => ":",
        "" or " " or "none" or "None" => "",
        _ => throw new ValueError($"{PythonText.Repr(name)} is not a valid value for linestyle: expected '-', '--', '-.', ':', 'None' or their names"),
    };

    /// <summary>A marker by its sign; <c>null</c> for none.</summary>
    /// <exception cref="ValueError">The sign is unknown.</exception>
    public static char? MarkerOf(string name) => name is "" or " " or "none" or "None" ? null : name is [var sign] && Markers.Contains(sign) ? sign
        : throw new ValueError($"Unrecognized marker style {PythonText.Repr(name)}: expected one of {string.Join(" ", Markers.AsEnumerable())}");

    /// <summary>The dashes of a style for a line width.</summary>
    public static LinePattern PatternOf(string style, double width) => DashesOf(style, width) is { } dashes ? new LinePattern(dashes, 0, style)
        : LinePattern.Solid;

    /// <summary>The lengths of dashes and gaps; <c>null</c> for a solid line.</summary>
    public static float[]? DashesOf(string style, double width) => style switch
    {
        "--" => [(float)(3.7 * width), (float)(1.6 * width)],
        "-." => [(float)(6.4 * width), (float)(1.6 * width), (float)width, (float)(1.6 * width)],
        ":" => [(float)width, (float)(1.65 * width)],
        _ => null,
    };
}
