using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using KerasPort.Models;
using KerasPort.Random;

namespace KerasPort.Tests.Random;

/// <summary>The same seed gives Python's draws, initial weights and row order, bit for bit (seeds.json).</summary>
public sealed class SeedsTests
{
    public static TheoryData<long> RecordedSeeds => [.. Recorded().Select(seed => seed.GetProperty("seed").GetInt64())];

    [Theory]
    [MemberData(nameof(RecordedSeeds))]
    public void Draws_are_Pythons(long seed)
    {
        var random = new MersenneTwister(seed);
        foreach (var draw in Of(seed).GetProperty("python_randint_1_1e9").EnumerateArray()) Assert.Equal(draw.GetInt32(), random.LayerSeed());
    }

    [Theory]
    [MemberData(nameof(RecordedSeeds))]
    public void Initial_weights_are_Pythons(long seed)
    {
        foreach (var model in Of(seed).GetProperty("initial").EnumerateObject())
        {
            Seeds.Set(seed);
            var weights = TestModels.Build(model.Name).get_weights();
            Assert.Equal(model.Value.GetArrayLength(), weights.Length);
            foreach (var (expected, actual) in model.Value.EnumerateArray().Zip(weights))
            {
                Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()), actual.shape);
                Assert.Equal(expected.GetProperty("first").EnumerateArray().Select(v => v.GetSingle()), actual.ToFloats()[..4]);
                Assert.Equal(expected.GetProperty("sha256").GetString(), Sha256(actual.ToFloats().AsSpan()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(RecordedSeeds))]
    public void Row_order_is_Pythons_in_every_epoch(long seed)
    {
        Seeds.Set(seed);
        foreach (var recorded in Of(seed).GetProperty("order").EnumerateArray())
        {
            var order = new int[recorded.GetProperty("rows").GetInt32()];
            foreach (var epoch in recorded.GetProperty("sha256").EnumerateArray())
            {
                Seeds.Shuffle(order);
                Assert.Equal(epoch.GetString(), Sha256(order.AsSpan()));
            }
        }
    }

    [Theory]
    [InlineData("conv")]
    [InlineData("conv_transpose")]
    [InlineData("depthwise_conv")]
    [InlineData("separable_conv")]
    [InlineData("extract_patches")]
    public void A_function_with_a_kernel_draws_no_seed(string function)
    {
        var (images, kernel, mixing) = (np.ones((1, 5, 5, 2)), np.ones((3, 3, 2, 2)), np.ones((1, 1, 4, 3)));
        Seeds.Set(3);
        int expected = Seeds.ForInitializer();
        Seeds.Set(3);
        _ = function switch
        {
            "conv" => keras.ops.conv(images, kernel),
            "conv_transpose" => keras.ops.conv_transpose(images, kernel),
            "depthwise_conv" => keras.ops.depthwise_conv(images, kernel),
            "separable_conv" => keras.ops.separable_conv(images, kernel, mixing),
            _ => keras.ops.image.extract_patches(images, 3),
        };
        Assert.Equal(expected, Seeds.ForInitializer());
    }

    [Fact]
    public void Seeds_outside_the_range_are_refused()
    {
        foreach (long seed in (long[])[-1, 1L << 32])
            Assert.Contains("Seed must be between 0 and 2**32 - 1", Assert.Throws<ValueError>(() => Seeds.Set(seed)).Message);
    }

    private static IEnumerable<JsonElement> Recorded() =>
        JsonDocument.Parse(Fixtures.Text("seeds.json")).RootElement.GetProperty("seeds").EnumerateArray();

    private static JsonElement Of(long seed) => Recorded().Single(s => s.GetProperty("seed").GetInt64() == seed);

    private static string Sha256<T>(Span<T> values) where T : unmanaged =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)));
}
