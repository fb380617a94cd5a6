namespace KerasPort.Layers;

/// <summary>A bell over so many pixels, whose values sum up to 1.</summary>
internal static class Bell
{
    /// <summary>values[i] = e^(-½ · (x / width)²), x from the middle, over the sum of all.</summary>
    public static void Fill(float[] values, float width)
    {
        float sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float x = (i - (values.Length - 1) / 2f) / width;
            sum += values[i] = MathF.Exp(-0.5f * (x * x));
        }
        for (int i = 0; i < values.Length; i++) values[i] /= sum;
    }
}
