using KerasPort.Saving;

namespace KerasPort;

/// <summary>Strings that stand for objects, as in <c>compile(optimizer: "adam")</c>: a closed list a kind.</summary>
internal static class Named
{
    /// <summary>The object of that name, never another one in its place.</summary>
    /// <exception cref="ValueError">The name is unknown; the message lists the known ones.</exception>
    public static T Get<T>(string name, string kind, Dictionary<string, Func<T>> known) => Find(name, kind, known)();

    /// <summary>What stands under that name.</summary>
    /// <exception cref="ValueError">The name is unknown; the message lists the known ones.</exception>
    public static T Find<T>(string name, string kind, Dictionary<string, T> known, params IEnumerable<string> others) =>
        known.TryGetValue(name, out var found) ? found
        : throw new ValueError($"Could not interpret {kind} identifier: {name}. Expected one of: {string.Join(", ", known.Keys.Concat(others))}");

    /// <summary>What a function is called, as Keras names a loss after it.</summary>
    public static string Function(Delegate function) => function.Method.Name is var name && name.Contains('<') ? "<lambda>" : name;

    /// <summary>
    /// The public classes of a kind whose settings have defaults, by what <paramref name="nameOf"/> says and by what an
    /// <see cref="AliasAttribute"/> adds: a class is known as soon as it is there.
    /// </summary>
    public static Dictionary<string, Type> Types<T>(params Func<Type, string>[] nameOf)
    {
        var known = new Dictionary<string, Type>();
        foreach (var type in KnownClasses.Of(typeof(T)).Where(ObjectConfig.HasDefaults).OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            var aliases = type.GetCustomAttributes(typeof(AliasAttribute), inherit: false).Cast<AliasAttribute>().SelectMany(alias => alias.Names);
            foreach (string name in nameOf.Select(of => of(type)).Concat(aliases)) known.TryAdd(name, type);
        }
        return known;
    }

    /// <summary>The same, each made with its defaults.</summary>
    public static Dictionary<string, Func<T>> Classes<T>(params Func<Type, string>[] nameOf) where T : class =>
        Types<T>(nameOf).ToDictionary(known => known.Key, known => new Func<T>(() => ObjectConfig.Default<T>(known.Value)));
}

/// <summary>What else a class is called in Keras, beside its name in both spellings: "mse".</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class AliasAttribute(params string[] names) : Attribute
{
    public string[] Names => names;
}
