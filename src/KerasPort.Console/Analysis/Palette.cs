namespace KerasPort.Console.Analysis;

/// <summary>Palettes of 256 colours for the values of a picture.</summary>
internal static class Palette
{
    /// <summary>For pixels of the data set: black to white.</summary>
    public static readonly byte[] Grey = Between((0, 0, 0), (255, 255, 255));

    /// <summary>For activations from 0 on: black over red to light yellow.</summary>
    public static readonly byte[] Heat = Between((0, 0, 4), (66, 10, 104), (147, 38, 103), (221, 81, 58), (252, 165, 10), (252, 255, 164));

    /// <summary>For weights: blue below 0, white at 0, orange above.</summary>
    public static readonly byte[] Signed = Between((5, 72, 130), (103, 169, 207), (247, 247, 247), (244, 165, 66), (166, 72, 3));

    /// <summary>Interpolates between successive colours.</summary>
    private static byte[] Between(params (int R, int G, int B)[] colors)
    {
        var palette = new byte[3 * 256];
        for (int i = 0; i < 256; i++)
        {
            double at = i / 255.0 * (colors.Length - 1);
            int first = Math.Min((int)at, colors.Length - 2);
            var ((r, g, b), (r2, g2, b2)) = (colors[first], colors[first + 1]);
            double share = at - first;
            (palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]) =
                ((byte)Math.Round(r + share * (r2 - r)), (byte)Math.Round(g + share * (g2 - g)), (byte)Math.Round(b + share * (b2 - b)));
        }
        return palette;
    }
}
