using System.Runtime.InteropServices;
using KerasPort.Saving;

namespace KerasPort.Pipelines;

/// <summary>A tensor as bytes, as <c>tf.io.serialize_tensor</c> has it: type, dimensions, elements. Source: tensorflow/core/framework/tensor.proto.</summary>
internal static class TensorProto
{
    private const int Content = 4, StringOfIts = 8;

    // TensorFlow's numbers of types, types.proto.
    private static readonly Dictionary<DType, int> s_numbers = new()
    {
        [DType.float32] = 1, [DType.float64] = 2, [DType.int32] = 3, [DType.uint8] = 4, [DType.int16] = 5, [DType.int8] = 6, [DType.@string] = 7,
        [DType.int64] = 9, [DType.@bool] = 10, [DType.uint16] = 17, [DType.float16] = 19, [DType.uint32] = 22, [DType.uint64] = 23,
    };

    /// <summary>The bytes of a tensor.</summary>
    public static byte[] Write(Tensor tensor)
    {
        var shape = new ProtoMessage();
        foreach (int? size in tensor.shape) shape.Add(2, size is 0 or null ? new ProtoMessage() : new ProtoMessage().Add(1, (long)size));
        var all = new ProtoMessage().Add(1, (long)s_numbers[tensor.dtype]).Add(2, shape);
        if (tensor.Texts is { } texts)
            for (int i = 0; i < texts.Count; i++) all.Add(StringOfIts, texts.Bytes(i));
        else if (tensor.numpy().tobytes() is { Length: > 0 } content) all.Add(Content, content);
        return all.ToBytes();
    }

    /// <summary>Parses a tensor.</summary>
    /// <exception cref="ValueError">The bytes aren't a tensor, or one of another type.</exception>
    public static Tensor Read(ReadOnlySpan<byte> bytes, DType type)
    {
        try
        {
            var (number, shape, content, texts) = (0UL, new List<int>(), Array.Empty<byte>(), new List<byte[]>());
            for (var all = new ProtoReader(bytes); all.Next();)
            {
                if (all.Field == 1) number = all.Number;
                else if (all.Field == Content) content = all.Content.ToArray();
                else if (all.Field == StringOfIts) texts.Add(all.Content.ToArray());
                else if (all.Field == 2) Dimensions(all.Content, shape);
                else if (all.Field is > 4 and < 20) throw new FormatException("its elements stand one by one, which only tf.make_tensor_proto does");
            }
            if (number != (ulong)s_numbers[type])
                throw new ValueError("Type mismatch between parsed tensor "
                    + $"({s_numbers.FirstOrDefault(one => (ulong)one.Value == number).Key}) and dtype ({type})");
            long size = shape.Aggregate(1L, (product, d) => checked(product * d));
            if (type == DType.@string)
                return texts.Count == size ? Strings.Of([.. texts], ArrayShape.Create([.. shape]))
                    : throw new FormatException($"{texts.Count} strings are no {size}");
            if (checked(size * type.itemsize) != content.Length) throw new FormatException($"{content.Length} bytes are no {size} elements of {type}");
            var elements = NewElements.Of(type, (int)size);
            content.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(elements), content.Length));
            return Tensor.Holding(NDArray.Of(elements, [.. shape]), type);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new ValueError($"Could not parse `serialized` as a tensor: {e.Message}. What tf.io.serialize_tensor gave is expected.", e);
        }
    }

    private static void Dimensions(ReadOnlySpan<byte> message, List<int> shape)
    {
        for (var dimensions = new ProtoReader(message); dimensions.Next();)
        {
            if (dimensions.Field != 2) continue;
            ulong size = 0;
            for (var one = new ProtoReader(dimensions.Content); one.Next();) if (one.Field == 1) size = one.Number;
            shape.Add(size <= int.MaxValue ? (int)size : throw new FormatException($"a dimension is {size}"));
        }
    }
}
