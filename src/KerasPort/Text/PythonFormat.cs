using System.Collections;
using System.Globalization;
using System.Text;

namespace KerasPort;

/// <summary>Python's <c>str.format</c>: the template, its replacement fields and its errors.</summary>
internal sealed class PythonFormat
{
    private readonly object?[] _args;
    private readonly IReadOnlyDictionary<string, object?>? _named;
    private int _next;
    private bool? _automatic;

    private PythonFormat(object?[] args, IReadOnlyDictionary<string, object?>? named) => (_args, _named) = (args, named);

    /// <summary>The template with its fields replaced by arguments, in order or by name.</summary>
    /// <exception cref="KeyNotFoundException">A name is missing; the message is that name as Python writes it.</exception>
    public static string Format(string template, object?[] args, IReadOnlyDictionary<string, object?>? named = null) =>
        new PythonFormat(args, named).Expand(template, depth: 2);

    /// <summary>A value after the conversion <c>!s</c>, <c>!r</c> or <c>!a</c>.</summary>
    /// <exception cref="ValueError">There is no such conversion.</exception>
    public static string Convert(object? value, char conversion) => conversion switch
    {
        's' => PythonText.Str(value),
        'r' => PythonText.Repr(value),
        'a' => PythonText.Ascii(PythonText.Repr(value)),
        _ => throw new ValueError($"Unknown conversion specifier {conversion}"),
    };

    /// <summary>The values by name, if the last one is a dictionary or of <c>new { name = value }</c>; else null.</summary>
    public static IReadOnlyDictionary<string, object?>? Names(object?[] args) => args is not [.., { } last] ? null : last switch
    {
        IDictionary map => map.Keys.OfType<string>().ToDictionary(key => key, key => map[key]),
        Logs logs => logs.ToDictionary(entry => entry.Key, entry => (object?)entry.Value),
        _ when last.GetType() is { Namespace: null } type && type.Name.StartsWith("<>", StringComparison.Ordinal) =>
            type.GetProperties().ToDictionary(property => property.Name, property => property.GetValue(last)),
        _ => null,
    };

    // A specifier may itself contain fields ({:{}}), but those may not.
    private string Expand(string template, int depth)
    {
        if (depth == 0) throw new ValueError("Max string recursion exceeded");
        var text = new StringBuilder();
        for (int at = 0; at < template.Length;)
        {
            char c = template[at++];
            if (c is not ('{' or '}'))
            {
                text.Append(c);
            }
            else if (at < template.Length && template[at] == c)
            {
                text.Append(c);
                at++;
            }
            else
            {
                if (c == '}' || at == template.Length) throw new ValueError($"Single '{c}' encountered in format string");
                text.Append(Field(template, ref at, depth));
            }
        }
        return text.ToString();
    }

    // The field after an opening brace, up to and including the closing one: name [!conversion] [:specifier].
    private string Field(string template, ref int at, int depth)
    {
        int end = template.AsSpan(at).IndexOfAny("{}!:");
        if (end < 0) throw new ValueError("expected '}' before end of string");
        string name = template.Substring(at, end);
        at += end;
        char delimiter = template[at++];
        if (delimiter == '{') throw new ValueError("unexpected '{' in field name");

        char? conversion = null;
        if (delimiter == '!')
        {
            if (at == template.Length) throw new ValueError("end of string while looking for conversion specifier");
            conversion = template[at++];
            if (at == template.Length) throw new ValueError("unmatched '{' in format spec");
            delimiter = template[at++];
            if (delimiter is not (':' or '}')) throw new ValueError("expected ':' after conversion specifier");
        }

        string specifier = "";
        if (delimiter == ':')
        {
            int from = at;
            for (int open = 1; open > 0; at++)
            {
                if (at == template.Length) throw new ValueError("unmatched '{' in format spec");
                open += template[at] switch { '{' => 1, '}' => -1, _ => 0 };
            }
            specifier = template[from..(at - 1)];
        }

        object? value = Argument(name);
        if (conversion is char kind) value = Convert(value, kind);
        if (specifier.Contains('{')) specifier = Expand(specifier, depth - 1);
        return PythonFormatSpecifier.Apply(value, specifier);
    }

    private object? Argument(string name)
    {
        bool automatic = name.Length == 0;
        if (_named is not null && !automatic && !name.All(char.IsAsciiDigit))
            return _named.TryGetValue(name, out object? value) ? value : throw new KeyNotFoundException(PythonText.Repr(name));
        if (!automatic && !name.All(char.IsAsciiDigit))
            throw new ValueError($"format takes positional arguments only, so a field is empty or a number; got '{{{name}}}'.");
        if (_automatic is not null && _automatic != automatic)
        {
            throw new ValueError(automatic ? "cannot switch from manual field specification to automatic field numbering"
                : "cannot switch from automatic field numbering to manual field specification");
        }
        _automatic = automatic;
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            index = automatic ? _next++ : throw new ValueError("Too many decimal digits in format string");
        return index < _args.Length ? _args[index]
            : throw new ValueError($"Replacement index {index} out of range for positional args tuple");
    }
}
