using System.Text.Json;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Engines;

/// <summary>The results of <c>keras.ops.image</c> are the real Keras' (image-ops.json).</summary>
public class ImageOpsTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("image-ops.json")).RootElement;

    private static readonly NDArray s_x = Images(2, 6, 5, 3), s_one = Images(6, 5, 3),
        s_turn = new float[] { 0.9f, 0.2f, 0.3f, -0.1f, 1.1f, -0.4f, 0.01f, 0.002f },
        s_start = np.array([[0.0, 0], [4, 0], [0, 5], [4, 5]]), s_end = np.array([[0.5, 0.25], [3.5, 0.5], [0.25, 4.5], [4.25, 5.5]]);

    public static TheoryData<string> Names => [.. s_recorded.EnumerateObject().Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_of_images_is_that_of_Keras(string name)
    {
        var y = Made(name.Split(' '), name).numpy();
        var recorded = s_recorded.GetProperty(name);
        Assert.Equal(recorded.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()), [.. y.shape]);
        foreach (var (i, (wanted, given)) in Fixtures.Floats(recorded.GetProperty("values")).Zip(y.ToFloats()).Index())
            Assert.True(Math.Abs(wanted - given) <= 2e-5, $"{i}: {given}, Keras {wanted}");
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var image = keras.ops.image;
        Refused("expected eight numbers", () => image.affine_transform(s_x, np.ones(6)));
        Refused("There are 2 images", () => image.affine_transform(s_x, np.ones((3, 8))));
        Refused("`fill_mode`", () => image.affine_transform(s_x, s_turn, fill_mode: "mirror"));
        Refused("Invalid images rank", () => image.affine_transform(np.ones((2, 2)), s_turn));
        Refused("Invalid points", () => image.perspective_transform(s_x, s_start, s_end[..3]));
        Refused("not invertible", () => image.perspective_transform(s_one, s_start, np.zeros((4, 2))));
        Refused("same as the rank", () => image.map_coordinates(s_one, np.ones((2, 4)), 1));
        Refused("order<=1", () => image.map_coordinates(s_one, np.ones((3, 4)), 2));
        Refused("expected 3", () => image.rgb_to_hsv(np.ones((2, 2, 1))));
        Refused("`method`", () => image.scale_and_translate(s_x, (2, 8, 4, 3), [1, 1], [0, 0], [1, 2], "nearest"));
        Refused("each of 2 axes", () => image.scale_and_translate(s_x, (2, 8, 4, 3), [1], [0, 0], [1, 2], "linear"));
    }

    private static Tensor Made(string[] words, string name)
    {
        var image = keras.ops.image;
        NDArray places = np.stack([np.linspace(-1.5, 7, 12), np.linspace(6.5, -2.25, 12)]).astype("float32");
        return words[0] switch
        {
            "affine" when words[1] == "each" => image.affine_transform(s_x, np.stack([s_turn, new float[] { 1, 0, -1.5f, 0, 1, 0.75f, 0, 0 }])),
            "affine" when words[1] == "one" => image.affine_transform(s_one, s_turn),
            "affine" => image.affine_transform(s_x, s_turn, words[2], words[1], 0.25),
            "perspective" when words.Length > 1 => image.perspective_transform(s_one, s_start, s_end, "nearest"),
            "perspective" => image.perspective_transform(s_x, np.stack([s_start, s_start]), np.stack([s_end, s_start]), fill_value: 0.5),
            "map" when words[1] == "volume" => image.map_coordinates(s_one,
                np.stack([places[0, 2..8], places[1, 2..8], np.linspace(0, 2, 6).astype("float32")]), 1),
            "map" => image.map_coordinates(s_one[Ellipsis, 0], places, words[2][0] - '0', words[1], 0.5),
            "elastic" when words[1] == "one" => image.elastic_transform(s_one, 3.0, 1.5, "nearest", seed: 4),
            "elastic" => image.elastic_transform(s_x, 3.0, 1.5, "bilinear", words[1], 0.25, seed: 3),
            "rgb_to_hsv" => image.rgb_to_hsv(s_x),
            "hsv_to_rgb" => image.hsv_to_rgb(s_one),
            "ssim" when words.Length > 1 => image.ssim(Images(9, 9, 1), np.flip(Images(9, 9, 1), axis: 0), 2.0, 7, 1.0),
            "ssim" => image.ssim(Images(2, 14, 13, 2), Images(2, 14, 13, 2) * 0.9f + 0.02f),
            "patches" when words.Length > 1 => image.extract_patches_3d(Images(4, 4, 4, 1), 2),
            "patches" => image.extract_patches_3d(Images(2, 5, 6, 4, 2), (2, 3, 2), strides: (1, 2, 2)),
            "scale" => image.scale_and_translate(s_x, (2, 8, 4, 3), [1.5, 0.7f], [0.5, -0.25], [1, 2], words[1], words[2] == "True"),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    private static NDArray Images(params int[] shape) =>
        new([.. Enumerable.Range(0, shape.Aggregate((a, b) => a * b)).Select(i => (float)(Math.Sin(i * 0.7) * 0.5 + 0.5))], shape);
}
