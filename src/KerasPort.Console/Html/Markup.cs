using System.Globalization;
using System.Net;
using System.Text;

namespace KerasPort.Console.Html;

/// <summary>HTML or SVG text. Interpolated values are escaped unless they are markup themselves, so that nothing in a report can become a tag.</summary>
internal readonly record struct Markup(string Text)
{
    public static readonly Markup None = new("");

    public static Markup Of(FormattableString text)
    {
        object?[] escaped = Array.ConvertAll(text.GetArguments(), argument => (object?)new Escaped(argument));
        return new(string.Format(CultureInfo.InvariantCulture, text.Format, escaped));
    }

    public static Markup Join(IEnumerable<Markup> parts)
    {
        var all = new StringBuilder();
        foreach (var part in parts) all.Append(part.Text);
        return new(all.ToString());
    }

    /// <summary>A cell of a table, with the heading of its column for narrow screens, where columns are listed below each other.</summary>
    public static Markup Cell(string head, object text) => Of($"<td data-label=\"{head}\">{text}</td>");

    /// <summary>The headings of columns.</summary>
    public static Markup Heads(IEnumerable<string> heads) => Join(heads.Select(head => Of($"<th scope=\"col\">{head}</th>")));

    private sealed class Escaped(object? value) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? culture) => value switch
        {
            Markup markup => markup.Text,
            IEnumerable<Markup> parts => Join(parts).Text,
            IFormattable formattable => WebUtility.HtmlEncode(formattable.ToString(format, culture)),
            _ => WebUtility.HtmlEncode(value?.ToString() ?? ""),
        };
    }
}
