using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using KerasPort.Layers;

namespace KerasPort.Saving.Hdf5;

/// <summary>The element types of datasets and attributes that Keras' files use.</summary>
internal enum Hdf5Type
{
    Float32, Float64, Float16, Int32, Int64, FixedString, VariableString,

    /// <summary>Two opaque bytes, in which Keras stores bfloat16; the attribute "dtype" says so.</summary>
    TwoBytes,

    /// <summary>Another valid type, whose values aren't read.</summary>
    Other,
}

/// <summary>Elements in a file: type, shape and position, which was checked to lie within the file.</summary>
internal sealed class Hdf5Value(
    Hdf5File file, string place, Hdf5Type type, int elementSize, long[] shape,
    ReadOnlyMemory<byte> data, Dictionary<string, Hdf5Value>? attributes = null)
{
    private const int MostText = 4 << 20;

    public Hdf5Type Type => type;

    public IReadOnlyList<long> Shape => shape;

    /// <summary>Reads floats, which must have exactly that shape; other precisions are rounded to 32 bits, as Keras does.</summary>
    public float[] Floats(int[] expected)
    {
        RequireFloats();
        if (!shape.AsSpan().SequenceEqual(Array.ConvertAll(expected, d => (long)d)))
            throw new ModelFormatException(place, $"expected shape {KerasPort.Shape.Of(expected)}, found {Described}");
        return type switch
        {
            Hdf5Type.Float32 => MemoryMarshal.Cast<byte, float>(data.Span).ToArray(),
            Hdf5Type.Float64 => Rounded<double>(value => (float)value),
            Hdf5Type.Float16 => Rounded<Half>(value => (float)value),
            _ => Rounded<ushort>(value => BitConverter.UInt32BitsToSingle((uint)value << 16)),
        };
    }

    /// <summary>Reads a weight's values. A whole number may have any integer type, as that differs between Keras' versions.</summary>
    public float[] Of(Variable variable) => variable.dtype == DType.int64 ? [WholeNumber()] : Floats([.. variable.shape]);

    /// <summary>Reads numbers of any type that weights files hold.</summary>
    public NDArray Numbers() => type is Hdf5Type.Int64 or Hdf5Type.Int32 ? WholeNumber()
        : new NDArray(Floats(Array.ConvertAll(shape, d => (int)d)), ArrayShape.Create(Array.ConvertAll(shape, d => (int)d)));

    /// <summary>Requires a type that <see cref="Floats"/> reads.</summary>
    public void RequireFloats()
    {
        bool isBfloat16 = type == Hdf5Type.TwoBytes && attributes is not null && attributes.TryGetValue("dtype", out var called)
            && called.Type is Hdf5Type.FixedString or Hdf5Type.VariableString && called.Text() == "bfloat16";
        if (!isBfloat16 && type is not (Hdf5Type.Float32 or Hdf5Type.Float64 or Hdf5Type.Float16))
            throw new ModelFormatException(place, $"expected float32, found {Described}");
    }

    private float[] Rounded<T>(Func<T, float> round) where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(data.Span);
        var rounded = new float[values.Length];
        for (int i = 0; i < rounded.Length; i++) rounded[i] = round(values[i]);
        return rounded;
    }

    /// <summary>A single whole number.</summary>
    public long WholeNumber() => (shape.Length, type) switch
    {
        (0, Hdf5Type.Int64) => BinaryPrimitives.ReadInt64LittleEndian(data.Span),
        (0, Hdf5Type.Int32) => BinaryPrimitives.ReadInt32LittleEndian(data.Span),
        _ => throw new ModelFormatException(place, $"expected one whole number, found {Described}"),
    };

    /// <summary>A single string.</summary>
    public string Text() => shape.Length == 0 ? Strings()[0] : throw new ModelFormatException(place, $"expected one string, found {Described}");

    /// <summary>Reads a list of strings. Keras writes an empty list as float64.</summary>
    public string[] Strings()
    {
        if (data.Length == 0 && type is Hdf5Type.Float64 or Hdf5Type.FixedString or Hdf5Type.VariableString) return [];
        if (type is not (Hdf5Type.FixedString or Hdf5Type.VariableString) || shape.Length > 1)
            throw new ModelFormatException(place, $"expected strings, found {Described}");
        var strings = new string[data.Length / elementSize];
        long total = 0;
        for (int i = 0; i < strings.Length; i++)
        {
            var element = data.Span.Slice(i * elementSize, elementSize);
            var text = type == Hdf5Type.VariableString ? file.HeapObject(place, element) : element.TrimEnd((byte)0);
            // The total is limited, since many elements may refer to the same bytes of a small file.
            if ((total += text.Length) > MostText) throw new ModelFormatException(place, $"expected at most {MostText} bytes of text");
            strings[i] = Utf8(place, text);
        }
        return strings;
    }

    public string Described => $"{type.ToString().ToLowerInvariant()} {ShapeText(shape)}";

    internal static string ShapeText(long[] shape) => shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";

    internal static string Utf8(string place, ReadOnlySpan<byte> text)
    {
        try
        {
            return s_strictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw new ModelFormatException(place, "expected text in UTF-8");
        }
    }

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}

/// <summary>A group or, with a <see cref="Value"/>, a dataset.</summary>
internal sealed class Hdf5Object(string path)
{
    /// <summary>Its path in the file: <c>/layers/dense/vars</c>.</summary>
    public string Path => path.Length == 0 ? "/" : path;

    public Dictionary<string, Hdf5Object> Children { get; } = [];

    public Dictionary<string, Hdf5Value> Attributes { get; } = [];

    public Hdf5Value? Value { get; set; }

    /// <summary>
    /// The group with members such as <c>layers\dense</c> in groups of their own: Keras 2 on Windows wrote paths with backslashes, which HDF5 takes for names.
    /// </summary>
    /// <exception cref="ModelFormatException">Two members have the same place, or one has too many groups.</exception>
    public Hdf5Object Unfolded()
    {
        if (!Children.Keys.Any(name => name.Contains('\\'))) return this;
        var unfolded = new Hdf5Object(path);
        foreach (var (name, value) in Attributes) unfolded.Attributes[name] = value;
        // Shorter names come first, so that a group is there before what lies in it.
        foreach (var (name, child) in Children.OrderBy(child => child.Key.Length))
        {
            string[] parts = name.Split('\\');
            if (parts.Length > Hdf5File.MostDepth)
                throw new ModelFormatException(child.Path, $"expected at most {Hdf5File.MostDepth} groups inside each other");
            var group = unfolded;
            foreach (string part in parts[..^1])
                group = group.Children.TryGetValue(part, out var known) ? known : group.Children[part] = new Hdf5Object(group.Below(part));
            if (!group.Children.TryAdd(parts[^1], child)) throw new ModelFormatException(child.Path, "expected one object of this place, found two");
        }
        return unfolded;
    }

    /// <summary>The object at a path below this one, or null.</summary>
    public Hdf5Object? Find(string relative)
    {
        var found = this;
        foreach (string name in relative.Split('/'))
            if (!found.Children.TryGetValue(name, out found)) return null;
        return found;
    }

    /// <summary>The group at a path below this one; refused if it is missing or a dataset.</summary>
    public Hdf5Object Group(string relative) => Find(relative) is { Value: null } group ? group
        : throw new ModelFormatException(Below(relative), "expected a group, found " + (Find(relative) is null ? "nothing" : "a dataset"));

    /// <summary>The dataset at a path below this one; refused if it is missing or a group.</summary>
    public Hdf5Value Dataset(string relative) => Find(relative)?.Value
        ?? throw new ModelFormatException(Below(relative), "expected a dataset, found " + (Find(relative) is null ? "nothing" : "a group"));

    /// <summary>An attribute; refused if it is missing.</summary>
    public Hdf5Value Attribute(string name) => Attributes.TryGetValue(name, out var value) ? value
        : throw new ModelFormatException(Path, $"expected an attribute '{name}', found none");

    private string Below(string relative) => $"{path}/{relative}";
}
