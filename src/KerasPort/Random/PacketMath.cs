namespace KerasPort.Random;

/// <summary>
/// Sine and cosine as TensorFlow computes them for vectors, every operation rounded to float32. Source: Eigen's packet math; the
/// reduction is Cody and Waite's, with π/2 in four parts.
/// </summary>
internal static class PacketMath
{
    /// <summary>Numbers in a vector.</summary>
    public const int Width = 8;

    /// <summary>Sine and cosine of a moderate angle.</summary>
    public static (float Sin, float Cos) SinCos(float angle)
    {
        const float whole = 12582912;       // 1.5 · 2²³: adding a float to it rounds that to a whole number
        float x = Math.Abs(angle), y = x * 0.636619746685028076171875f + whole;
        int n = BitConverter.SingleToInt32Bits(y);
        y -= whole;
        x = y * -1.5703125f + x;
        x = y * -0.000483989715576171875f + x;
        x = y * 1.62865035235881805419921875e-07f + x;
        x = y * 5.5644315544167710640977020375430583953857421875e-11f + x;
        float square = x * x, even = 2.4372266125283204019069671630859375e-05f, odd = -0.0001959234114083702898469196984621021329076029360294342041015625f;
        even = even * square + -0.00138865201734006404876708984375f;
        even = even * square + 0.041666619479656219482421875f;
        even = even * square + -0.5f;
        even = even * square + 1;
        odd = odd * square + 0.00833268736556168516937947998712843400426208972930908203125f;
        odd = odd * square + -0.16666662039822982555037356178218033164739608764648437500f;
        odd = odd * square * x + x;
        bool swaps = (n & 1) == 1;
        float sin = (swaps ? even : odd) * ((n >> 1 & 1) == 1 ? -1 : 1) * (float.IsNegative(angle) ? -1 : 1);
        return (sin, (swaps ? odd : even) * ((n + 1 >> 1 & 1) == 1 ? -1 : 1));
    }
}
