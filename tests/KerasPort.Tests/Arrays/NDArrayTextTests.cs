using System.Runtime.InteropServices;
using System.Text.Json;

namespace KerasPort.Tests.Arrays;

/// <summary>Arrays are printed as numpy prints them (<c>numpy-text.json</c>).</summary>
public class NDArrayTextTests
{
    [Fact]
    public void Arrays_print_as_in_numpy() =>
        Assert.All(Fixtures.Cases("numpy-text.json"), @case => Assert.Equal(@case.GetProperty("str").GetString(), Read(@case).ToString()));

    [Fact]
    public void Arrays_in_lists_print_as_in_numpy() =>
        Assert.All(Fixtures.Cases("numpy-text.json").Where(@case => @case.GetProperty("repr").ValueKind == JsonValueKind.String),
            @case => Assert.Equal($"[{@case.GetProperty("repr").GetString()}]", PythonText.Str(new[] { Read(@case) })));

    [Fact]
    public void A_slice_and_scaled_bytes_print_what_they_hold()
    {
        var images = new NDArray([0, 51, 102, 255, 1, 2, 3, 4], 2, 2, 2);
        Assert.Equal("[[1 2]\n [3 4]]", images[1].ToString());
        Assert.Equal("[[0.  0.2]\n [0.4 1. ]]", (new NDArray(new byte[] { 0, 51, 102, 255 }, 2, 2) / 255.0).ToString());
    }

    private static NDArray Read(JsonElement @case)
    {
        int[] shape = [.. @case.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        byte[] data = @case.GetProperty("data").GetBytesFromBase64();
        NDArray flat = @case.GetProperty("dtype").GetString() switch
        {
            "uint8" => new NDArray(data, data.Length),
            "int32" => new NDArray(MemoryMarshal.Cast<byte, int>(data).ToArray(), data.Length / 4),
            "int64" => new NDArray(MemoryMarshal.Cast<byte, long>(data).ToArray(), data.Length / 8),
            _ => new NDArray(MemoryMarshal.Cast<byte, float>(data).ToArray(), data.Length / 4),
        };
        return flat.reshape(shape);
    }
}
