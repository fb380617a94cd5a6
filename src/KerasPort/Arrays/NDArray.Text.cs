using System.Globalization;

namespace KerasPort;

public sealed partial class NDArray
{
    private static int LineWidth => PrintOptions.Current.LineWidth;

    private static int Threshold => PrintOptions.Current.Threshold;

    private static int EdgeItems => PrintOptions.Current.EdgeItems;

    private static int Precision => PrintOptions.Current.Precision;

    /// <summary>The text that numpy prints: aligned columns, lines of 75 characters, the middle of a large array left out.</summary>
    public override string ToString() => _named is not null ? _named.ToString() : _several is not null ? SeveralText() : ndim == 0 ? PythonText.Str(Scalar())
        : size == 0 ? "[]" : Body(" ", "", LineWidth);

    /// <summary>The text that numpy prints, with that separator between elements, and lines indented by the length of the prefix.</summary>
    internal string Written(string separator, string prefix) => size == 0 ? "[]" : Body(separator, prefix, LineWidth);

    /// <summary>Whether numpy has a scalar here, not an array without axes, as where one element is picked.</summary>
    private bool _isScalar;

    /// <summary>An array without axes as the scalar that numpy has in its place; others unchanged.</summary>
    internal NDArray AsScalar()
    {
        _isScalar = ndim == 0;
        return this;
    }

    /// <summary>The text that numpy shows for an array inside of a list or tuple: <c>array([1., 2.], dtype=float32)</c>.</summary>
    internal string Repr()
    {
        if (_isScalar) return PythonText.Repr(Scalar());
        const string prefix = "array(";
        bool implied = dtype.Type is ElementType.Bool or ElementType.Int64 or ElementType.Float64 && size > 0;
        string suffix = implied ? ")" : ",";
        string body = size > 0 ? Body(", ", prefix, LineWidth - suffix.Length) : _shape is [0] ? "[]" : $"[], shape={shape}";
        string text = prefix + body + suffix;
        return implied ? text : WithType(text, prefix, $"{dtype}");
    }

    /// <summary>The text <c>array([…],</c> with the type behind it, on a line of its own if it doesn't fit.</summary>
    internal static string WithType(string text, string prefix, string dtype)
    {
        string type = $"dtype={dtype})";
        bool wraps = text.Length - (text.LastIndexOf('\n') + 1) + type.Length + 1 > LineWidth;
        return text + (wraps ? "\n" + new string(' ', prefix.Length) : " ") + type;
    }

    /// <summary>The one element of an array of size 1, as a value of its type.</summary>
    internal object Scalar() => dtype == DType.float32 ? (float)ElementAt(0) : dtype == DType.float64 ? ElementAt(0) : _store.Elements.GetValue(_offset)!;

    /// <summary>One element of a vector, as a value of its type.</summary>
    internal object ScalarAt(int index) => this[index].Scalar();

    private string Integer(int index) => _store.Elements is bool[] flags
        // numpy pads True to the five letters of False.
        ? flags[_offset + index] ? ndim == 0 ? "True" : " True" : "False"
        : ((IFormattable)_store.Elements.GetValue(_offset + index)!).ToString(null, CultureInfo.InvariantCulture);

    private string Body(string separator, string prefix, int width)
    {
        bool summarized = size > Threshold;
        Func<int, string> element = PrintOptions.Current.Writer(dtype) is { } written ? i => written(ElementAt(i))
            : dtype.IsInexact ? FloatFormat(Shown(summarized)) : IntegerFormat(Shown(summarized));
        return ndim == 0 ? element(0) : Laid(_shape, element, separator, prefix, width);
    }

    /// <summary>The elements, each a word, in the brackets and lines of numpy; the middle of a large array is left out.</summary>
    internal static string Laid(int[] shape, Func<int, string> element, string separator, string prefix, int width)
    {
        bool summarized = SizeOf(shape) > Threshold;
        return Nested(0, 0, new string(' ', prefix.Length + 1), width);

        string Nested(int axis, int first, string indent, int width)
        {
            int length = shape[axis], step = SizeOf(shape[(axis + 1)..]);
            bool cut = summarized && length > 2 * EdgeItems, innermost = axis == shape.Length - 1;
            string lines = "", line = indent;
            for (int i = 0; i < length; i++)
            {
                bool gap = cut && i == EdgeItems;
                if (gap) i = length - EdgeItems - 1;
                string word = gap ? "..." : innermost ? element(first + i * step) : Nested(axis + 1, first + i * step, indent + " ", width - 1);
                // The bracket or separator behind a word must fit too; a word alone on its line is never moved.
                if (innermost && line.Length + word.Length > width - 1 && line.Length > indent.Length)
                {
                    lines += line.TrimEnd() + "\n";
                    line = indent;
                }
                line += word;
                if (i == length - 1) break;
                line += innermost ? separator : separator.TrimEnd() + new string('\n', shape.Length - 1 - axis) + indent;
            }
            return "[" + (lines + line)[indent.Length..] + "]";
        }
    }

    // The elements that are printed: the format depends on them alone.
    private int[] Shown(bool summarized)
    {
        IEnumerable<int> shown = [0];
        foreach (int length in _shape)
        {
            var kept = summarized && length > 2 * EdgeItems
                ? [.. Enumerable.Range(0, EdgeItems), .. Enumerable.Range(length - EdgeItems, EdgeItems)]
                : Enumerable.Range(0, length).ToArray();
            shown = shown.SelectMany(at => kept.Select(i => at * length + i));
        }
        return [.. shown];
    }

    private Func<int, string> IntegerFormat(int[] shown)
    {
        int width = shown.Max(i => Integer(i).Length);
        return i => Integer(i).PadLeft(width);
    }

    // numpy's FloatingFormat with floatmode "maxprec".
    private Func<int, string> FloatFormat(int[] shown)
    {
        var type = dtype;
        var values = Array.ConvertAll(shown, ElementAt);
        var finite = values.Where(double.IsFinite).ToArray();
        var nonZero = finite.Where(v => v != 0).Select(Math.Abs).ToArray();
        bool scientific = false;
        if (nonZero.Length > 0)
        {
            double max = nonZero.Max(), min = nonZero.Min();
            // The limits are doubles, so that float32(0.0001), which lies below 0.0001, counts as smaller; the quotient is rounded to the type.
            scientific = max >= 1e8 || !PrintOptions.Current.Suppress && (min < 0.0001 || Typed(max / min) > 1000.0);
        }

        int left = 0, right = 0, decimals = 0, exponents = 2;
        if (scientific)
        {
            decimals = finite.Max(v => Rounded(v).Digits.Length - 1);
            exponents = finite.Any(v => Math.Abs(Rounded(v).Exponent) >= 100) ? 3 : 2;
            left = finite.Any(double.IsNegative) ? 2 : 1;
            right = decimals + 2 + exponents;
        }
        else
        {
            foreach (string text in finite.Select(Plain))
            {
                int point = text.IndexOf('.');
                left = Math.Max(left, point);
                right = Math.Max(right, text.Length - point - 1);
            }
        }
        if (finite.Length < values.Length)
        {
            int longest = values.Any(double.IsNegativeInfinity) ? 4 : 3;
            left = Math.Max(left, longest - right - 1);
        }

        return i =>
        {
            double v = ElementAt(i);
            if (!double.IsFinite(v)) return PythonFloat.NonFinite(v).PadLeft(left + right + 1);
            if (!scientific)
            {
                string text = Plain(v);
                int point = text.IndexOf('.');
                return (new string(' ', left - point) + text).PadRight(left + right + 1);
            }
            // Every value gets the decimals of the longest, taken from its exact value: float32's 1e-05 prints as 9.9999997e-06 beside 1.2345678.
            var shortest = Shortest(v);
            string digits = shortest.Digits.Length - 1 == decimals
                ? PythonFloat.Sign(v) + PythonFloat.Exponential(shortest.Digits, shortest.Exponent) : PythonFloat.Scientific(v, decimals);
            if (decimals == 0) digits = digits.Insert(digits.IndexOf('e'), ".");
            if (digits.Length - digits.IndexOf('e') - 2 < exponents) digits = digits.Insert(digits.IndexOf('e') + 2, "0");
            return digits.PadLeft(left + right + 1);
        };

        // The shortest digits with at most eight decimals, but always all digits before the point: a large number ends in its exact digits, not in zeros.
        string Plain(double v)
        {
            var (digits, exponent) = Shortest(v);
            int decimals = digits.Length - 1 - exponent;
            if (decimals > Precision) return PythonFloat.Fixed(v, Precision).TrimEnd('0');
            return decimals > 0 ? PythonFloat.Sign(v) + PythonFloat.Positional(digits, exponent) : PythonFloat.Fixed(v, 0) + ".";
        }

        // The shortest digits, rounded to eight decimals.
        (string Digits, int Exponent) Rounded(double v)
        {
            if (Shortest(v) is var whole && whole.Digits.Length <= Precision + 1) return whole;
            var (digits, exponent) = PythonFloat.Significant(v, Precision + 1);
            return (digits.TrimEnd('0'), exponent);
        }

        (string Digits, int Exponent) Shortest(double v) => type == DType.float32 ? PythonFloat.Shortest((float)v)
            : type == DType.float16 ? PythonFloat.Shortest((Half)v) : PythonFloat.Shortest(v);

        double Typed(double v) => type == DType.float32 ? (float)v : type == DType.float16 ? (double)(Half)v : v;
    }
}
