namespace KerasPort.Pictures;

/// <summary>
/// TensorFlow's <c>adjust_hue</c> and <c>adjust_saturation</c> for one pixel. Their operations and their order aren't those of <see cref="Hsv"/>.
/// </summary>
internal static class HueRange
{
    private const int Sectors = 6;

    /// <summary>A pixel with its hue rotated by a share of the circle.</summary>
    public static (float, float, float) Turned((float R, float G, float B) pixel, float delta)
    {
        var (r, g, b) = pixel;
        float most = Math.Max(Math.Max(r, g), b), least = Math.Min(Math.Min(r, g), b), hue = 0;
        if (most != least)
        {
            int sector = r < g ? b < r ? 1 : b > g ? 3 : 2 : b < g ? 0 : b > r ? 4 : 5;
            float middle = sector switch { 1 or 4 => r, 0 or 3 => g, _ => b }, part = (middle - least) / (most - least);
            hue = sector + (sector % 2 == 0 ? part : 1 - part);
        }
        hue += delta * Sectors;
        while (hue < 0) hue += Sectors;
        while (hue >= Sectors) hue -= Sectors;
        int now = (int)hue;
        float share = now % 2 == 0 ? hue - now : 1 - (hue - now), between = least + share * (most - least);
        return Placed(now, most, between, least);
    }

    /// <summary>A pixel with its saturation multiplied by a factor and limited to 1.</summary>
    public static (float, float, float) Saturated((float R, float G, float B) pixel, float factor)
    {
        var (r, g, b) = pixel;
        float value = Math.Max(Math.Max(r, g), b), range = value - Math.Min(Math.Min(r, g), b), part = 1 / (Sectors * range);
        float hue = r == value ? part * (g - b) : g == value ? part * (b - r) + 2f / 6f : part * (r - g) + 4f / 6f;
        if (range <= 0) hue = 0;
        if (hue < 0) hue += 1;
        float saturation = Math.Clamp((value > 0 ? range / value : 0) * factor, 0, 1);
        float color = saturation * value, rest = value - color, sixth = hue * Sectors, even = sixth;
        while (even <= 0) even += 2;
        while (even >= 2) even -= 2;
        var (red, green, blue) = Placed((int)sixth, color, color * (1 - Math.Abs(even - 1)), 0);
        return (red + rest, green + rest, blue + rest);
    }

    private static (float, float, float) Placed(int sector, float most, float middle, float least) => sector switch
    {
        0 => (most, middle, least),
        1 => (middle, most, least),
        2 => (least, most, middle),
        3 => (least, middle, most),
        4 => (middle, least, most),
        _ => (most, least, middle),
    };
}
