namespace KerasPort;

/// <summary>Strings that stand for objects, as in <c>compile(optimizer: "adam")</c>: a closed list a kind.</summary>
internal static class Named
{
    /// <summary>The object of that name, never another one in its place.</summary>
    /// <exception cref="ValueError">The name is unknown; the message lists the known ones.</exception>
    public static T Get<T>(string name, string kind, Dictionary<string, Func<T>> known) => Find(name, kind, known)();

    /// <summary>What stands under that name.</summary>
    /// <exception cref="ValueError">The name is unknown; the message lists the known ones.</exception>
    public static T Find<T>(string name, string kind, Dictionary<string, T> known) =>
        known.TryGetValue(name, out var found) ? found
        : throw new ValueError($"Could not interpret {kind} identifier: {name}. Expected one of: {string.Join(", ", known.Keys)}");
}
