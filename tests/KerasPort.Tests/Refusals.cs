namespace KerasPort.Tests;

/// <summary>Checks the refusal of wrong arguments: a <see cref="ValueError"/> of one line.</summary>
internal static class Refusals
{
    /// <summary>Checks that a call is refused with these words.</summary>
    public static void Refused(string words, Func<object?> call) => Assert.Contains(words, Refused(call));

    public static void Refused(string words, Action call) => Assert.Contains(words, Refused(call));

    /// <summary>The message of the refusal.</summary>
    public static string Refused(Func<object?> call) => Refused(() => { call(); });

    public static string Refused(Action call)
    {
        string message = Assert.Throws<ValueError>(call).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
