using System.Text;
using System.Text.RegularExpressions;

namespace KerasPort;

/// <summary>The styles that a summary uses.</summary>
internal enum TextStyle { Plain, Bold, Symbol, Number, Open, Yes, No }

/// <summary>Text with a style for each character, which is wrapped, cut and written to a terminal as Python's rich does.</summary>
internal sealed partial class StyledText
{
    private readonly string _text;
    private readonly TextStyle[] _styles;

    public StyledText(string text, TextStyle style = TextStyle.Plain)
    {
        _text = text;
        _styles = new TextStyle[text.Length];
        Array.Fill(_styles, style);
    }

    private StyledText(string text, TextStyle[] styles) => (_text, _styles) = (text, styles);

    public int Length => _text.Length;

    public static StyledText operator +(StyledText a, StyledText b) => new(a._text + b._text, [.. a._styles, .. b._styles]);

    public static implicit operator StyledText(string text) => new(text);

    /// <summary>Concatenates texts with a separator between them. Each character is copied once, since a file may list tens of thousands.</summary>
    public static StyledText Join(StyledText separator, IEnumerable<StyledText> texts)
    {
        var (text, styles) = (new StringBuilder(), new List<TextStyle>());
        foreach (var (i, next) in texts.Index())
        {
            if (i > 0) Append(separator);
            Append(next);
        }
        return new(text.ToString(), [.. styles]);

        void Append(StyledText part)
        {
            text.Append(part._text);
            styles.AddRange(part._styles);
        }
    }

    /// <summary>
    /// The lines of the text in a column of this width. A word longer than the column continues on the next line (<paramref name="fold"/>) or ends in an
    /// ellipsis.
    /// </summary>
    public IEnumerable<StyledText> Wrap(int width, bool fold)
    {
        int from = 0;
        foreach (int to in Breaks(width, fold).Append(Length))
        {
            yield return this[from..to].Fit(width);
            from = to;
        }
    }

    /// <summary>The text padded with spaces at the end to this length.</summary>
    public StyledText PadRight(int width, TextStyle style) => this + new StyledText(new string(' ', Math.Max(width - Length, 0)), style);

    /// <summary>The text without trailing spaces, padded with spaces in front to this length.</summary>
    public StyledText AlignRight(int width, TextStyle style)
    {
        var trimmed = this[.._text.TrimEnd().Length];
        return new StyledText(new string(' ', Math.Max(width - trimmed.Length, 0)), style) + trimmed;
    }

    /// <summary>The text without trailing spaces, centred in this width; an odd space goes behind it.</summary>
    public StyledText Center(int width, TextStyle style)
    {
        var trimmed = this[.._text.TrimEnd().Length];
        return (new StyledText(new string(' ', Math.Max(width - trimmed.Length, 0) / 2), style) + trimmed).PadRight(width, style);
    }

    /// <summary>The first characters, at most <paramref name="width"/>.</summary>
    public StyledText Cut(int width) => Length <= width ? this : this[..width];

    /// <summary>Writes the text, with escape sequences around each run of one style.</summary>
    public void WriteTo(TextWriter output, Colors colors)
    {
        for (int from = 0, to; from < Length; from = to)
        {
            for (to = from + 1; to < Length && _styles[to] == _styles[from];) to++;
            string run = _text[from..to];
            output.Write(Code(_styles[from], colors) is string code ? $"\e[{code}m{run}\e[0m" : run);
        }
    }

    /// <summary>The text without its styles.</summary>
    public override string ToString() => _text;

    private StyledText this[Range range] => new(_text[range], _styles[range]);

    // Spaces beyond the width don't count; text that is still longer is cut, and the ellipsis has the style of the text that it replaces.
    private StyledText Fit(int width)
    {
        int end = Math.Max(_text.TrimEnd().Length, Math.Min(Length, width));
        return end <= width ? this[..end] : new StyledText(_text[..(width - 1)] + "…", _styles[..width]);
    }

    // rich's divide_line: the indices at which lines begin. A word includes the spaces after it, which may exceed the width.
    private List<int> Breaks(int width, bool fold)
    {
        var breaks = new List<int>();
        int used = 0;
        foreach (Match match in Word().Matches(_text))
        {
            int start = match.Index, length = match.Value.TrimEnd().Length;
            if (length <= width - used)
            {
                used += match.Length;
                continue;
            }
            if (start > 0) breaks.Add(start);
            used = match.Length;
            if (!fold || length <= width) continue;
            for (; used > width; used -= width) breaks.Add(start += width);
        }
        return breaks;
    }

    // Keras uses colours 33, 34 and 45 of 256; rich takes the nearest of 16 where a terminal has no more.
    private static string? Code(TextStyle style, Colors colors) => (style, colors) switch
    {
        (TextStyle.Plain, _) or (_, Colors.None) => null,
        (TextStyle.Bold, _) => "1",
        (TextStyle.Yes or TextStyle.No, Colors.Monochrome) => "1",
        (_, Colors.Monochrome) => null,
        (TextStyle.Yes, Colors.Standard) => "1;32",
        (TextStyle.Yes, _) => "1;38;5;34",
        (TextStyle.No, _) => "1;91",
        (TextStyle.Symbol, Colors.Standard) => "94",
        (TextStyle.Symbol, _) => "38;5;33",
        (TextStyle.Number, Colors.Standard) => "32",
        (TextStyle.Number, _) => "38;5;34",
        (_, Colors.Standard) => "96",
        _ => "38;5;45",
    };

    [GeneratedRegex(@"\s*\S+\s*")]
    private static partial Regex Word();
}
