using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace KerasPort;

/// <summary>Values as Python writes them.</summary>
public static class PythonText
{
    /// <summary>
    /// Python's <c>str.format</c>: <c>"Test loss: {}, Test accuracy: {:.2f}".format(loss, accuracy)</c>, with its
    /// positions (<c>{0}</c>), conversions (<c>{!r}</c>) and format specifiers (<c>{:&gt;10,.3f}</c>).
    /// </summary>
    /// <exception cref="ValueError">A replacement without a value, or a specifier that doesn't fit its value.</exception>
    public static string format(this string template, params object?[] args) => PythonFormat.Format(template, args);

    /// <summary>Python's <c>str(value)</c>, which is what <c>print</c> writes.</summary>
    internal static string Str(object? value) => value switch
    {
        string s => s,
        char c => c.ToString(),
        NDArray array => array.ToString(),
        _ => Repr(value),
    };

    /// <summary>Python's <c>repr(value)</c>, which is how a list or tuple shows what it holds.</summary>
    internal static string Repr(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        double d => PythonFloat.Repr(d),
        float f => PythonFloat.Repr(f),
        string s => Quoted(s),
        char c => Quoted(c.ToString()),
        NDArray array => array.Repr(),
        Shape or ArrayShape or Logs => value.ToString()!,
        ITuple { Length: 1 } one => $"({Repr(one[0])},)",
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Repr(tuple[i])))})",
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{Repr(key)}: {Repr(map[key])}"))}}}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Repr))}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // Single quotes unless the text holds these and no double ones.
    private static string Quoted(string text)
    {
        char quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append(@"\n"),
                '\r' => quoted.Append(@"\r"),
                '\t' => quoted.Append(@"\t"),
                _ when c == quote => quoted.Append('\\').Append(c),
                < ' ' or '\x7f' => quoted.Append(CultureInfo.InvariantCulture, $@"\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append(quote).ToString();
    }
}
