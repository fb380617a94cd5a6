using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Graphs;

namespace KerasPort.Saving;

/// <summary>The arguments of functions between layers that aren't symbolic tensors: numbers, arrays, and the indices of a slice.</summary>
internal static class OperationArguments
{
    private const string Array = "__numpy__", Tensor = "__tensor__", Range = "__slice__", Ellipsis = "__ellipsis__";

    /// <summary>The most elements of an array in a file; its text bounds them too.</summary>
    private const int MostNumbers = 1 << 20;

    /// <exception cref="ValueError">A number is none that JSON has.</exception>
    public static JsonNode Write(Tensor x, string name)
    {
        var values = x.numpy();
        foreach (float value in values.ToFloats())
            if (!float.IsFinite(value)) throw new ValueError($"A constant of function '{name}' is {PythonText.Str((double)value)}, which a file can't hold.");
        return x.Number is { } number ? ConfigValue.Write(number.Boxed)! : new JsonObject
        {
            ["class_name"] = Array,
            ["config"] = new JsonObject { ["value"] = ConfigValue.Write(values), ["dtype"] = values.dtype.name },
        };
    }

    /// <summary>Writes the indices of a slice; a single number stands by itself.</summary>
    public static JsonNode? Write(Slice[] key) => key is [{ Kind: Slice.Kinds.One } one] ? Index(one) : new JsonArray([.. key.Select(Index)]);

    private static JsonNode? Index(Slice slice)
    {
        var (start, stop, step) = slice.Python;
        return slice.Kind switch
        {
            Slice.Kinds.One => start,
            Slice.Kinds.NewAxis => null,
            Slice.Kinds.Ellipsis => new JsonObject { ["class_name"] = Ellipsis, ["config"] = new JsonObject() },
            _ => new JsonObject { ["class_name"] = Range, ["config"] = new JsonObject { ["start"] = start, ["stop"] = stop, ["step"] = step } },
        };
    }

    /// <summary>Reads a number or an array; <c>null</c> for a symbolic tensor.</summary>
    /// <exception cref="ModelFormatException">The argument is malformed.</exception>
    public static Tensor? Constant(JsonElement argument, string place)
    {
        if (Number(argument) is { } number) return number.IsWhole ? (Tensor)(int)number.Value : number.Value;
        switch (ObjectConfig.ClassOf(argument))
        {
            case GraphConfig.TensorClass:
                return null;
            case Array or Tensor:
                var config = ObjectConfig.Required(argument, "config", JsonValueKind.Object, place);
                var type = ObjectConfig.Required(config, "dtype", JsonValueKind.String, place);
                if (type.GetString() is not ("bool" or "uint8" or "int32" or "int64" or "float32" or "float64"))
                    throw new ModelFormatException($"{place}, dtype", $"an array of {ObjectConfig.Quote(type)} is refused", isUnsupported: true);
                if (!config.TryGetProperty("value", out var value)) throw new ModelFormatException(place, "expected 'value', found none");
                return ConfigValue.Numbers(value, $"{place}, value", MostNumbers).astype(type.GetString()!);
            default:
                throw new ModelFormatException(place, $"expected a tensor, a number or an array, found {ObjectConfig.Quote(argument)}", isUnsupported: true);
        }
    }

    /// <summary>Reads a list of numbers, or of lists of them.</summary>
    public static Tensor Numbers(JsonElement list, string place) => ConfigValue.Numbers(list, place, MostNumbers);

    /// <summary>Reads a number, true and false included; <c>null</c> for anything else.</summary>
    public static PythonNumber? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => new(1, IsWhole: true),
        JsonValueKind.False => new(0, IsWhole: true),
        JsonValueKind.Number when value.TryGetInt32(out int whole) => new(whole, IsWhole: !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E')),
        JsonValueKind.Number when value.TryGetDouble(out double number) && double.IsFinite(number) && Math.Abs(number) <= float.MaxValue =>
        new(number, IsWhole: false),
        _ => null,
    };

    /// <summary>Reads the indices of a slice.</summary>
    /// <exception cref="ModelFormatException">The indices are malformed.</exception>
    public static Slice[] Key(JsonElement key, string place)
    {
        if (key.ValueKind != JsonValueKind.Array) return [One(key, place)];
        return key.GetArrayLength() is > 0 and <= 8 ? [.. key.EnumerateArray().Select(index => One(index, place))]
            : throw new ModelFormatException(place, $"expected at most 8 indices, found {ObjectConfig.Quote(key)}");
    }

    private static Slice One(JsonElement index, string place)
    {
        switch (ObjectConfig.ClassOf(index))
        {
            case Ellipsis:
                return Slice.Ellipsis;
            case Range:
                var config = ObjectConfig.Required(index, "config", JsonValueKind.Object, place);
                int? End(string end) => config.TryGetProperty(end, out var value) && value.ValueKind != JsonValueKind.Null ? Whole(value, place) : null;
                return ObjectConfig.Guarded(place, () => new Slice(End("start"), End("stop"), End("step") ?? 1));
            default:
                return index.ValueKind == JsonValueKind.Null ? Slice.NewAxis : Whole(index, place);
        }
    }

    private static int Whole(JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int whole) && whole != int.MinValue ? whole
        : throw new ModelFormatException(place, $"expected an index, a range or null, found {ObjectConfig.Quote(value)}", isUnsupported: true);
}
