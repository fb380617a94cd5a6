namespace KerasPort.Pictures;

/// <summary>
/// A colour by its hue, on a circle of length 1 that begins at red, its saturation and its value. Operations and their order are those of TensorFlow's
/// <c>rgb_to_hsv</c> and <c>hsv_to_rgb</c>, bit for bit.
/// </summary>
internal readonly record struct Hsv(float Hue, float Saturation, float Value)
{
    public static Hsv Of(float r, float g, float b)
    {
        float value = Math.Max(Math.Max(r, g), b), range = value - Math.Min(Math.Min(r, g), b), part = 1 / range * (1f / 6f);
        float hue = r == value ? part * (g - b) : g == value ? part * (b - r) + 2f / 6f : part * (r - g) + 4f / 6f;
        if (!(range > 0)) hue = 0;
        return new(hue < 0 ? hue + 1 : hue, value > 0 ? range / value : 0, value);
    }

    public (float R, float G, float B) ToRgb()
    {
        float sixth = Hue * 6, white = 1 - Saturation, saturation = Saturation, value = Value;
        float Of(float share) => (white + saturation * Math.Min(Math.Max(share, 0), 1)) * value;
        return (Of(Math.Abs(sixth - 3) - 1), Of(2 - Math.Abs(sixth - 2)), Of(2 - Math.Abs(sixth - 4)));
    }
}
