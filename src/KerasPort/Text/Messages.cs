namespace KerasPort;

/// <summary>Where what models say goes: to the program's output, or nowhere, as Keras' log does unless a program asks for it.</summary>
internal static class Messages
{
    /// <summary>Whether it is shown.</summary>
    public static bool AreShown { get; set; } = true;

    public static TextWriter Out => AreShown ? Console.Out : TextWriter.Null;
}
