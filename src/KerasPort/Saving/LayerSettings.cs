using System.Text.Json;
using KerasPort.Layers;

namespace KerasPort.Saving;

/// <summary>Values that Keras refuses in a layer's configuration, and that a constructor here couldn't tell from others.</summary>
internal static class LayerSettings
{
    /// <summary>Refuses null for a setting that has a value, a list with too few numbers for a layer's axes, and a mask of no length.</summary>
    /// <exception cref="ModelFormatException">The value is one of these.</exception>
    public static void Require(Type type, string key, JsonElement value, string place)
    {
        if (!type.IsSubclassOf(typeof(Layer)) || KnownClasses.IsOwn(type)) return;
        ModelFormatException Expected(string what) => new(place, $"expected {what}, found {ObjectConfig.Quote(value)}");
        if (value.ValueKind == JsonValueKind.Null && HasValue(type, key))
            throw Expected(key == "axis" ? "an axis or a list of them" : "a number or a list of them");
        if (value.ValueKind != JsonValueKind.Array) return;
        if (key == "noise_shape" && type == typeof(Dropout)
            && value.EnumerateArray().Any(size => size.ValueKind == JsonValueKind.Number && size.TryGetDouble(out double length) && length < 1))
            throw Expected("lengths of 1 or more");
        // An array of one number and a number are the same shape.
        if (value.GetArrayLength() == 1 && Lengths(type, key) is > 1 and int lengths) throw Expected($"a number or a list of {lengths}");
    }

    private static bool HasValue(Type type, string key) => key switch
    {
        "dilation_rate" or "groups" or "depth_multiplier" or "pool_size" or "cropping" or "size" => true,
        "strides" => type.IsSubclassOf(typeof(Convolution)),
        "padding" => type.IsSubclassOf(typeof(EdgeLayer)),
        "axis" => type == typeof(Softmax) || type == typeof(LayerNormalization) || type == typeof(RMSNormalization) || type == typeof(UnitNormalization),
        _ => false,
    };

    /// <summary>
    /// The numbers in a list for a window or for edges: one for each axis, which the class has in its name, or one for each end of the only axis.
    /// </summary>
    private static int Lengths(Type type, string key)
    {
        if (!type.IsSubclassOf(typeof(SpatialLayer))) return 1;
        int axes = type.Name.FirstOrDefault(char.IsAsciiDigit, '1') - '0';
        bool isEdge = key is "padding" or "cropping" && type.IsSubclassOf(typeof(EdgeLayer));
        return isEdge ? Math.Max(axes, 2) : key is "kernel_size" or "strides" or "dilation_rate" or "pool_size" or "size" ? axes : 1;
    }
}
